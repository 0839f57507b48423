package io.foundling.service.config;

import static io.foundling.service.config.ConfigKeys.key;
import static io.foundling.service.config.ConfigKeys.optional;
import static io.foundling.service.config.ConfigKeys.required;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** The keys of {@code bridge}. */
final class BridgeKeys {

    static final ConfigKey<String> NAME = required(
            "bridges[].name",
            ValueType.name(),
            "unique name; how far the bridge has read is kept under this name, and metrics show it");
    static final ConfigKey<String> INPUT = required(
            "bridges[].input",
            ValueType.name(),
            "topic that the bridge reads, from its beginning; others make and write it");
    static final ConfigKey<BridgeSettings.Format> FORMAT = key(
            "bridges[].format",
            ValueType.oneOf(EnumSet.allOf(BridgeSettings.Format.class)),
            BridgeSettings.Format.JSON.name(),
            "how its values are written: JSON, one object each; or AVRO, in the wire format of the schema registry");
    static final ConfigKey<Path> MAPPING_FILE = required(
            "bridges[].mappingFile",
            ValueType.file(),
            "file that says how a record becomes events, in the language of replay --mapping; read at the start");
    static final ConfigKey<String> OUTPUT = optional(
            "bridges[].output",
            ValueType.name(),
            "one of sources, which the bridge writes events into; unset: the first of them");

    static final List<ConfigKey<?>> ALL = List.of(NAME, INPUT, FORMAT, MAPPING_FILE, OUTPUT);

    private BridgeKeys() {}
}
