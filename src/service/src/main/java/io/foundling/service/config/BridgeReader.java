package io.foundling.service.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the bridges. One with a problem is left out, and the problem is noted. */
final class BridgeReader {

    private final ConfigValues values;
    private final List<String> sources;
    private final List<String> own;

    /** @param own topics that Foundling writes itself */
    BridgeReader(ConfigValues values, List<String> sources, List<String> own) {
        this.values = values;
        this.sources = List.copyOf(sources);
        this.own = List.copyOf(own);
    }

    List<BridgeSettings> read() {
        List<BridgeSettings> bridges = new ArrayList<>();
        UniqueNames names = new UniqueNames(values, "bridges[].name");
        for (WrittenItem written : values.items(ConfigSchema.BRIDGES)) {
            bridge(written).ifPresent(bridge -> {
                names.add(bridge.name(), written.origin());
                bridges.add(bridge);
            });
        }
        return bridges;
    }

    private Optional<BridgeSettings> bridge(WrittenItem written) {
        Map<String, WrittenValue> settings = written.settings();
        Optional<String> name = required(BridgeKeys.NAME, written);
        Optional<String> input = required(BridgeKeys.INPUT, written);
        Optional<Path> mapping = required(BridgeKeys.MAPPING_FILE, written);
        BridgeSettings.Format format =
                values.found(BridgeKeys.FORMAT, settings).orElseGet(BridgeKeys.FORMAT::defaultValue);
        String output = values.found(BridgeKeys.OUTPUT, settings).orElse(sources.get(0));
        input.ifPresent(topic -> checkInput(topic, settings));
        if (!sources.contains(output)) {
            values.problem(
                    settings.get(BridgeKeys.OUTPUT.path()).origin(),
                    "%s is %s, expected one of sources (%s), as nothing reads audit events from any other topic"
                            .formatted(BridgeKeys.OUTPUT.path(), output, String.join(", ", sources)));
        }
        return name.flatMap(known ->
                input.flatMap(topic -> mapping.map(file -> new BridgeSettings(known, topic, format, file, output))));
    }

    /** A bridge that read what it writes would never end. */
    private void checkInput(String topic, Map<String, WrittenValue> settings) {
        Origin origin = settings.get(BridgeKeys.INPUT.path()).origin();
        if (sources.contains(topic)) {
            values.problem(
                    origin,
                    "%s is %s, one of sources; expected a topic whose records are no audit events yet"
                            .formatted(BridgeKeys.INPUT.path(), topic));
        } else if (own.contains(topic)) {
            values.problem(
                    origin,
                    "%s is %s, which Foundling writes itself; expected a topic that others write"
                            .formatted(BridgeKeys.INPUT.path(), topic));
        }
    }

    private <T> Optional<T> required(ConfigKey<T> key, WrittenItem written) {
        if (!written.settings().containsKey(key.path())) {
            values.problem(
                    written.origin(),
                    key.path() + " is missing, expected " + key.type().expected());
        }
        return values.found(key, written.settings());
    }
}
