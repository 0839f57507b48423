package io.foundling.service.config;

import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.text.DurationText;
import io.foundling.topology.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * The configuration file of a process that runs on: as it was read at the start, and what has changed in it since. The
 * environment overrides both alike.
 */
public final class ConfigFile {

    private final ConfigReader reader;
    private final Path path;
    private final boolean isRegular;
    private final String textAtStart;
    private final ConfigValues atStart;
    private final ServiceConfig config;

    ConfigFile(ConfigReader reader, Path path) {
        this.reader = reader;
        this.path = path;
        isRegular = Files.isRegularFile(path);
        textAtStart = ConfigReader.text(path);
        atStart = reader.written(path.toString(), textAtStart);
        config = ConfigReader.config(path.toString(), atStart);
    }

    /** Returns the configuration at the start. */
    public ServiceConfig config() {
        return config;
    }

    /** Whether it was a regular file at the start. A pipe or a device has nothing to read the second time. */
    public boolean isRegular() {
        return isRegular;
    }

    /** Returns what was in the file at the start. */
    public String textAtStart() {
        return textAtStart;
    }

    /** Returns the first 12 characters that {@code sha256sum} prints of a file with this content. */
    public static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /**
     * Returns what is in the file now. To open a pipe might never end.
     *
     * @throws ConfigurationException if it cannot be read
     */
    public String text() {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw refused("is no regular file, expected a YAML file");
        }
        return ConfigReader.text(path);
    }

    /**
     * Returns what another content of the file changes. A file without a document is still being written, or was cut off,
     * unless it had none at the start.
     *
     * @throws ConfigurationException if it has problems, in policies or elsewhere; it lists all of them
     */
    public Change change(String text) {
        if (YamlReader.isEmpty(text) && !YamlReader.isEmpty(textAtStart)) {
            throw refused("is empty, expected a document as at the start; to remove all policies, write policies: []");
        }
        ConfigValues written = reader.written(path.toString(), text);
        PolicySet policies =
                ConfigReader.config(path.toString(), written).ledger().policySet();
        List<String> tooLong = policies.expectations().stream()
                .filter(each -> each.within().compareTo(remembered()) > 0)
                .map(this::tooLong)
                .toList();
        if (!tooLong.isEmpty()) {
            throw new ConfigurationException(path.toString(), tooLong);
        }
        return new Change(policies, ChangedKeys.between(atStart, written));
    }

    private ConfigurationException refused(String problem) {
        return new ConfigurationException(path.toString(), List.of(problem));
    }

    /** The retention that counts is that of the start. */
    private Duration remembered() {
        return config.ledger().retention().remembered();
    }

    private String tooLong(Expectation expectation) {
        return ("policies[].expect.within of '%s' is %s, expected at most %s until the next start, because the"
                        + " retention of the file counts from then on; start all instances again, or shorten it")
                .formatted(expectation.name(), DurationText.of(expectation.within()), DurationText.of(remembered()));
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /**
     * What has changed since the start.
     *
     * @param policies all of them
     * @param otherKeys keys apart from those of policies with another value than at the start, in the order of the
     *     reference
     */
    public record Change(PolicySet policies, List<String> otherKeys) {}
}
