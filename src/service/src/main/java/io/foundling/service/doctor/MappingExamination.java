package io.foundling.service.doctor;

import io.foundling.service.bridge.MappedBridge;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.mapping.InvalidMappingException;
import java.util.List;

/** Examines whether the mapping of each bridge can be read. */
final class MappingExamination implements Examination {

    private final ServiceConfig config;

    MappingExamination(ServiceConfig config) {
        this.config = config;
    }

    @Override
    public List<Finding> findings() {
        try {
            return MappedBridge.read(config.topics().bridges()).stream()
                    .map(bridge -> Finding.ok("mapping " + bridge.settings().mappingFile() + " of bridge "
                            + bridge.settings().name() + " can be read"))
                    .toList();
        } catch (ConfigurationException unusable) {
            return unusable.problems().stream().map(Finding::error).toList();
        } catch (InvalidMappingException unusable) {
            return unusable.problems().stream()
                    .map(problem -> Finding.error("mapping " + unusable.file() + " cannot be used: " + problem))
                    .toList();
        }
    }
}
