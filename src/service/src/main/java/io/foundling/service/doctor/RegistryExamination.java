package io.foundling.service.doctor;

import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.schemas.registry.SchemaRejectedException;
import io.foundling.service.config.ServiceConfig;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Whether the registry knows what the topics hold. Registers nothing. */
final class RegistryExamination implements Examination {

    private final RegistryClient registry;
    private final boolean registers;
    private final List<TopicContract> topics;

    RegistryExamination(RegistryClient registry, ServiceConfig config, TopicContracts contracts) {
        this.registry = registry;
        registers = Boolean.parseBoolean(config.avro().values().getOrDefault(AvroConfig.AUTO_REGISTER_SCHEMAS, "true"));
        topics = contracts.all().stream()
                .filter(topic -> topic.contract().isPresent())
                .toList();
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            topics.forEach(topic -> look(topic, findings));
        } catch (RegistryUnavailableException away) {
            return List.of(Finding.error(away.getMessage()));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("the registry knows the schemas of " + topics.size() + " topics"));
        }
        return findings;
    }

    private void look(TopicContract topic, List<Finding> findings) {
        Schema schema = topic.contract().orElseThrow().schema();
        try {
            registry.idOf(topic.name() + "-value", schema);
        } catch (SchemaRejectedException unknown) {
            String found = "the registry does not know " + schema.getName() + " of this version for " + topic.name();
            findings.add(
                    registers
                            ? Finding.warning(found + " yet; the start registers it, or 'foundling topics apply' now")
                            : Finding.error(found + "; register it with 'foundling topics apply', or set"
                                    + " avro.auto.register.schemas=true"));
        }
    }
}
