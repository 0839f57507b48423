package io.foundling.service.config;

import static io.foundling.service.config.ConfigKeys.key;
import static io.foundling.service.config.ConfigKeys.optional;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The keys of {@code console}. */
final class ConsoleKeys {

    static final ConfigKey<String> DATABASE = key(
            "console.database",
            ValueType.database(),
            "jdbc:sqlite:foundling-console.db",
            "JDBC URL of the database of the read model: a file of SQLite, for one console, or a database of PostgreSQL, for"
                    + " several");
    static final ConfigKey<String> USER =
            optional("console.user", ValueType.text(), "user of the database; needs Create and Usage on its schema");
    static final ConfigKey<Path> PASSWORD_FILE =
            optional("console.passwordFile", ValueType.file(), "file that holds the user's password");
    static final ConfigKey<Long> MAX_SIZE = key(
            "console.maxSize",
            ValueType.size("1MiB", "1024GiB"),
            "10GiB",
            "how large the file of SQLite may become; the oldest events, violations and dead letters are deleted before");
    static final ConfigKey<Duration> TRAIL = key(
            "console.trail",
            ValueType.duration("1m", "36500d"),
            "30d",
            "how long events, violations and dead letters are kept in the database, also when their topics have forgotten"
                    + " them");

    static final ConfigKey<String> HOST = key(
            "console.host",
            ValueType.text(),
            "127.0.0.1",
            "address on which the API and the pages are served; another one than this machine's own needs console.tokensFile or"
                    + " console.oidc");
    static final ConfigKey<Integer> PORT =
            key("console.port", ValueType.number(0, 65_535), "8090", "port on which they are served; 0: any free port");
    static final ConfigKey<Path> CERTIFICATE_FILE = optional(
            "console.certificateFile",
            ValueType.file(),
            "PEM file of the certificate, its own first, with which they are served over HTTPS; unset: over HTTP");
    static final ConfigKey<Path> KEY_FILE = optional(
            "console.keyFile", ValueType.file(), "PEM file of the key of that certificate, as PKCS #8, not encrypted");

    static final ConfigKey<Boolean> ACTS = optional(
            "console.acts",
            ValueType.yesOrNo(),
            "whether operators may act on subjects; unset: only if console.host is this machine's own. The console then needs"
                    + " the right to write into the source topics");
    static final ConfigKey<Integer> MAX_ACTS =
            key("console.maxActs", ValueType.number(1, 10_000_000), "100000", "how many subjects one act may be for");

    static final List<ConfigKey<?>> ALL = List.of(
            DATABASE, USER, PASSWORD_FILE, MAX_SIZE, TRAIL, HOST, PORT, CERTIFICATE_FILE, KEY_FILE, ACTS, MAX_ACTS);

    private ConsoleKeys() {}

    static ConsoleSettings read(ConfigValues values) {
        return new ConsoleSettings(
                values.value(DATABASE),
                values.found(USER),
                values.found(PASSWORD_FILE),
                values.value(MAX_SIZE),
                values.value(TRAIL),
                new ConsoleAddress(
                        values.value(HOST), values.value(PORT), values.found(CERTIFICATE_FILE), values.found(KEY_FILE)),
                new AccessReader(values).read(values.value(HOST)),
                new ActRights(
                        values.found(ACTS).orElseGet(() -> AccessReader.isLoopback(values.value(HOST))),
                        values.value(MAX_ACTS)));
    }
}
