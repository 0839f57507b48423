package io.foundling.schemas;

import io.foundling.schemas.registry.RegistryClient;
import java.util.Map;
import java.util.TreeMap;

/**
 * Registers the value schemas of topics before the first record, and sets which changes of them the registry accepts
 * later.
 */
public final class SchemaRegistration {

    private final RegistryClient registry;
    private final WriterSchemas schemas;

    public SchemaRegistration(RegistryClient registry) {
        this(registry, WriterSchemas.registering(registry));
    }

    /** @param schemas decides under which subjects the schemas are registered */
    public SchemaRegistration(RegistryClient registry, WriterSchemas schemas) {
        this.registry = registry;
        this.schemas = schemas;
    }

    /**
     * Registers each topic's contract and sets its compatibility; a repetition changes nothing.
     *
     * @return the schema id of each topic's values, in alphabetical order
     * @throws io.foundling.schemas.registry.SchemaRejectedException if the registry rejects a schema
     * @throws io.foundling.schemas.registry.RegistryUnavailableException if no registry answered in time
     */
    public Map<String, Integer> register(Map<String, Contract> contractsByTopic) {
        Map<String, Integer> ids = new TreeMap<>();
        contractsByTopic.forEach((topic, contract) -> ids.put(topic, register(topic, contract)));
        return ids;
    }

    private int register(String topic, Contract contract) {
        String subject = schemas.subject(topic, contract.schema());
        int id = registry.register(subject, contract.schema());
        // After the registration, because some registries accept no settings for a subject without a schema.
        registry.compatibility(subject, contract.compatibility());
        return id;
    }
}
