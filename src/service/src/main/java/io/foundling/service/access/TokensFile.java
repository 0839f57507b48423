package io.foundling.service.access;

import io.foundling.console.access.token.IssuedToken;
import io.foundling.service.config.ConfigurationException;
import io.foundling.topology.yaml.TextFile;
import io.foundling.topology.yaml.YamlReader;
import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file of tokens: a list of entries under the key {@code tokens}, as {@code foundling token new} prints them. It is
 * apart from the configuration so that a mistake elsewhere in that does not keep a token from being revoked, and so
 * that it may have other owners.
 */
public final class TokensFile {

    private static final String KEY = "tokens";

    private final Path path;

    public TokensFile(Path path) {
        this.path = path;
    }

    /** Whether it can be read again: a pipe or a device has nothing to read the second time. */
    public boolean isRegular() {
        return !Files.exists(path) || Files.isRegularFile(path);
    }

    /**
     * Returns what is in the file.
     *
     * @throws ConfigurationException if it cannot be read
     */
    String text() {
        try {
            return TextFile.read(path);
        } catch (FileSystemException unreadable) {
            throw new ConfigurationException(
                    path.toString(),
                    List.of(unreadable.getReason() + ", expected a YAML file with tokens; see console.tokensFile"));
        }
    }

    /**
     * Returns the tokens that are in the file now.
     *
     * @throws ConfigurationException if it cannot be read, or has problems
     */
    public List<IssuedToken> tokens() {
        return tokens(text());
    }

    /**
     * Returns the tokens of a text; none if its list is empty. A text without a list is one that is still being
     * written.
     *
     * @throws ConfigurationException if it has problems; it lists all of them, and shows no value that may be a secret
     */
    public List<IssuedToken> tokens(String text) {
        List<String> problems = new ArrayList<>();
        Optional<YamlValue> document =
                YamlReader.read(text, (line, sentence) -> problems.add("line " + line + ": " + sentence));
        List<IssuedToken> tokens = document.map(TokensFile::entries).orElse(List.of());
        if (document.isEmpty() && problems.isEmpty()) {
            problems.add("is empty, expected the key tokens; to revoke all tokens, write tokens: []");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(path.toString(), problems);
        }
        return tokens;
    }

    private static List<IssuedToken> entries(YamlValue document) {
        YamlSection section = document.section();
        List<YamlValue> items = section.required(KEY).flatMap(YamlValue::items).orElse(List.of());
        section.close();
        TokenEntries entries = new TokenEntries();
        items.forEach(entries::add);
        return entries.tokens();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
