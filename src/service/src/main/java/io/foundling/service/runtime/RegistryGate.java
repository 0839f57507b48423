package io.foundling.service.runtime;

import io.foundling.schemas.WriterSchemas;
import io.foundling.schemas.registry.RegistryAccessException;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at the start until the registry has the schemas of all records that a process writes, so that no stream thread
 * waits for the registry later.
 */
public final class RegistryGate {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryGate.class);

    private final List<TopicContract> written;
    private final WriterSchemas schemas;
    private final BooleanSupplier stopped;

    /** @param settings of the serdes */
    RegistryGate(
            RegistryClient registry, Map<String, String> settings, TopicContracts topics, BooleanSupplier stopped) {
        this(
                registry,
                settings,
                topics.all().stream().filter(TopicContract::isWritten).toList(),
                stopped);
    }

    /** @param written topics for whose values the schemas must be there */
    public RegistryGate(
            RegistryClient registry,
            Map<String, String> settings,
            List<TopicContract> written,
            BooleanSupplier stopped) {
        this.written =
                written.stream().filter(topic -> topic.contract().isPresent()).toList();
        this.schemas = WriterSchemas.of(settings, registry);
        this.stopped = stopped;
    }

    /**
     * Returns once every schema can be written, or the service was stopped.
     *
     * @throws io.foundling.schemas.registry.SchemaRejectedException if the registry denies one
     * @throws RegistryAccessException if the registry refuses access
     */
    public void await() {
        while (!stopped.getAsBoolean()) {
            try {
                written.forEach(topic -> schemas.require(
                        topic.name(), topic.contract().orElseThrow().schema()));
                return;
            } catch (RegistryAccessException refused) {
                throw refused;
            } catch (RegistryUnavailableException away) {
                LOG.warn("the start still waits for the schema registry: {}", away.getMessage());
            }
        }
    }
}
