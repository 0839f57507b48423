package io.foundling.service.access;

import io.foundling.console.access.Role;
import io.foundling.console.access.token.IssuedToken;
import io.foundling.console.access.token.TokenSecret;
import io.foundling.service.config.ValueType;
import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the entries of the file of tokens, one after the other. One with a problem is left out, and the problem is
 * noted.
 */
final class TokenEntries {

    private static final String ROLES =
            Arrays.stream(Role.values()).map(Role::name).collect(Collectors.joining(", "));
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SOURCE = Pattern.compile("[^\\p{C}]{1,1024}");

    private final List<IssuedToken> tokens = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    List<IssuedToken> tokens() {
        return List.copyOf(tokens);
    }

    void add(YamlValue item) {
        YamlSection entry = item.section();
        Optional<String> name = once(
                entry.required("name"),
                text -> ValueType.name().parser().apply(text),
                "expected " + ValueType.name().expected());
        Optional<String> hash = once(
                entry.required("sha256"),
                text -> Optional.of(text.toLowerCase(Locale.ROOT))
                        .filter(each -> HASH.matcher(each).matches()),
                "expected the 64 hexadecimal digits that 'foundling token new' prints");
        Optional<Set<Role>> roles = entry.required("roles")
                .flatMap(list -> items(list, TokenEntries::role, "expected one or more of " + ROLES));
        Optional<YamlValue> writtenSources = entry.optional("sources");
        Optional<Set<String>> sources =
                writtenSources.flatMap(list -> items(list, TokenEntries::source, "expected names of sources"));
        Optional<YamlValue> writtenEnd = entry.optional("expires");
        Optional<Instant> end = writtenEnd.flatMap(
                value -> value(value, TokenEntries::instant, "expected a time such as 2027-01-31T12:00:00Z"));
        entry.close();
        boolean isComplete =
                writtenSources.isPresent() == sources.isPresent() && writtenEnd.isPresent() == end.isPresent();
        if (name.isPresent() && hash.isPresent() && roles.isPresent() && isComplete) {
            tokens.add(new IssuedToken(name.get(), hash.get(), roles.get(), sources, end));
        }
    }

    /** Reads a value that no two entries may share. */
    private Optional<String> once(
            Optional<YamlValue> written, Function<String, Optional<String>> parser, String expected) {
        Optional<String> value = written.flatMap(each -> value(each, parser, expected));
        value.ifPresent(text -> {
            Integer first = lines.putIfAbsent(text, written.get().line());
            if (first != null) {
                written.get().problem(written.get().path() + " is that of line " + first + ", too; it must be unique");
            }
        });
        return value;
    }

    /** Reads a list of at least one item. */
    private static <T> Optional<Set<T>> items(YamlValue list, Function<String, Optional<T>> parser, String expected) {
        Optional<List<YamlValue>> written = list.items();
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Set<T> read = new HashSet<>();
        written.get().forEach(item -> value(item, parser, expected).ifPresent(read::add));
        if (written.get().isEmpty()) {
            list.problem(list.path() + " is empty, " + expected + ", or no such key");
        }
        return read.isEmpty() ? Optional.empty() : Optional.of(read);
    }

    private static <T> Optional<T> value(YamlValue written, Function<String, Optional<T>> parser, String expected) {
        Optional<String> text = written.text();
        Optional<T> value = text.filter(each -> !isSecret(each)).flatMap(parser);
        if (text.isPresent() && value.isEmpty()) {
            written.problem(written.path()
                    + (isSecret(text.get())
                            ? " holds a token itself, " + expected
                                    + "; whoever can read this file has that token, so revoke it"
                            : " is not as it must be, " + expected));
        }
        return value;
    }

    private static boolean isSecret(String text) {
        return text.contains(TokenSecret.PREFIX);
    }

    private static Optional<Role> role(String text) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(text))
                .findFirst();
    }

    private static Optional<String> source(String text) {
        return SOURCE.matcher(text).matches() && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
