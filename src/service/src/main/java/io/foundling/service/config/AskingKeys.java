package io.foundling.service.config;

import static io.foundling.service.config.ConfigKeys.optional;

import java.nio.file.Path;
import java.util.List;

/** The keys of commands that ask a console. */
final class AskingKeys {

    static final ConfigKey<String> URL = optional(
            "console.url",
            ValueType.url(),
            "where commands such as `foundling list` find the console; http://127.0.0.1:8090 if it is not set");
    static final ConfigKey<Path> CA_FILE = optional(
            "console.caFile",
            ValueType.file(),
            "certificates (PEM) that these commands trust, instead of those that Java trusts");

    static final List<ConfigKey<?>> ALL = List.of(URL, CA_FILE);

    private AskingKeys() {}

    static AskingSettings read(ConfigValues values) {
        return new AskingSettings(values.found(URL), values.found(CA_FILE));
    }
}
