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

    static final List<ConfigKey<?>> ALL = List.of(DATABASE, USER, PASSWORD_FILE, MAX_SIZE, TRAIL);

    private ConsoleKeys() {}

    static ConsoleSettings read(ConfigValues values) {
        return new ConsoleSettings(
                values.value(DATABASE),
                values.found(USER),
                values.found(PASSWORD_FILE),
                values.value(MAX_SIZE),
                values.value(TRAIL));
    }
}
