package io.foundling.service.runtime;

import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.Contract;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.topology.TopicNames;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at the start until the registry knows the schemas of what the ledger writes, so that no thread waits for it later. */
final class RegistryGate {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryGate.class);
    private static final Map<String, Contract> WRITTEN = Map.of(
            TopicNames.DISPOSITIONS, Contract.DISPOSITION,
            TopicNames.ORPHANS, Contract.ORPHAN_WARNING,
            TopicNames.CLOSURES, Contract.CLOSURE,
            TopicNames.SETTLEMENTS, Contract.SETTLEMENT,
            TopicNames.ALERTS, Contract.ALERT,
            TopicNames.VIOLATIONS, Contract.VIOLATION);

    private final RegistryClient registry;
    private final boolean registers;
    private final BooleanSupplier stopped;

    /** @param settings of the serdes */
    RegistryGate(RegistryClient registry, Map<String, String> settings, BooleanSupplier stopped) {
        this.registry = registry;
        this.registers = Boolean.parseBoolean(settings.getOrDefault(AvroConfig.AUTO_REGISTER_SCHEMAS, "true"));
        this.stopped = stopped;
    }

    /**
     * Returns once every schema has an id, or the service was stopped.
     *
     * @throws io.foundling.schemas.registry.SchemaRejectedException if the registry denies one
     */
    void await() {
        while (!stopped.getAsBoolean()) {
            try {
                WRITTEN.forEach(this::identify);
                return;
            } catch (RegistryUnavailableException away) {
                LOG.warn("the start goes on waiting for the schema registry: {}", away.getMessage());
            }
        }
    }

    private void identify(String topic, Contract contract) {
        String subject = topic + "-value";
        if (registers) {
            registry.register(subject, contract.schema());
        } else {
            registry.idOf(subject, contract.schema());
        }
    }
}
