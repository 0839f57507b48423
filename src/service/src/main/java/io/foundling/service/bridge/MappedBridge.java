package io.foundling.service.bridge;

import io.foundling.service.config.BridgeSettings;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.mapping.Mapping;
import io.foundling.service.mapping.MappingReader;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;

/** A bridge with its mapping. */
public record MappedBridge(BridgeSettings settings, Mapping mapping) {

    /**
     * Reads the mapping of each bridge.
     *
     * @throws ConfigurationException if there is no bridge, or a file cannot be read; it lists all of them
     * @throws io.foundling.service.mapping.InvalidMappingException if a mapping has problems; it lists all of them
     */
    public static List<MappedBridge> read(List<BridgeSettings> bridges) {
        List<String> problems = new ArrayList<>();
        List<MappedBridge> read = new ArrayList<>();
        if (bridges.isEmpty()) {
            problems.add("bridges is missing, expected a list of those that topics are read by");
        }
        for (BridgeSettings bridge : bridges) {
            try {
                read.add(new MappedBridge(bridge, MappingReader.read(bridge.mappingFile())));
            } catch (FileSystemException unreadable) {
                problems.add("bridges[].mappingFile of '%s', %s, %s; expected the mapping of its records"
                        .formatted(bridge.name(), bridge.mappingFile(), unreadable.getReason()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException("the configuration of bridge", problems);
        }
        return List.copyOf(read);
    }
}
