package io.foundling.service.doctor;

import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.WriterSchemas;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.schemas.registry.SchemaRejectedException;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.topology.topics.TopicContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Examines whether the registry has the schemas of topics. Registers nothing. */
final class RegistryExamination implements Examination {

    private final WriterSchemas schemas;
    private final boolean registers;
    private final List<TopicContract> topics;

    RegistryExamination(RegistryClient registry, ServiceConfig config, List<TopicContract> contracts) {
        Map<String, String> avro = new HashMap<>(config.avro().values());
        registers = Boolean.parseBoolean(avro.getOrDefault(AvroConfig.AUTO_REGISTER_SCHEMAS, "true"));
        avro.put(AvroConfig.AUTO_REGISTER_SCHEMAS, "false");
        schemas = WriterSchemas.of(avro, registry);
        topics =
                contracts.stream().filter(topic -> topic.contract().isPresent()).toList();
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
            findings.add(Finding.ok("the registry knows the schemas of " + topics.size()
                    + (topics.size() == 1 ? " topic" : " topics")));
        }
        return findings;
    }

    private void look(TopicContract topic, List<Finding> findings) {
        Schema schema = topic.contract().orElseThrow().schema();
        try {
            schemas.require(topic.name(), schema);
        } catch (SchemaRejectedException unknown) {
            String found = "the registry does not know this version of " + schema.getName() + " for " + topic.name()
                    + "; register it with 'foundling topics apply'";
            findings.add(
                    registers
                            ? Finding.warning(found + ", or let the first writer register it")
                            : Finding.error(found + ", or set avro.auto.register.schemas=true"));
        }
    }
}
