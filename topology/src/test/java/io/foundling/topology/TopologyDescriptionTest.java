package io.foundling.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.Restoring;
import io.foundling.topology.task.LedgerListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Names of nodes, stores and topics are contracts: a renamed store starts empty. */
final class TopologyDescriptionTest {

    private static final Path GOLDEN = Path.of("topology.txt");
    private static final LedgerSettings SETTINGS = LedgerSettings.defaults(TopicNames.EVENTS, 6);

    @Test
    void shouldLookAsDescribed() throws IOException {
        // Given
        InMemoryRegistryClient registry = new InMemoryRegistryClient();
        Topology topology = FoundlingTopology.of(
                SETTINGS,
                SETTINGS::policySet,
                new AuditClocks(SETTINGS.time().allowedLag()),
                LedgerListener.NONE,
                () -> new AvroDeserializer<>(registry, AuditEvent.class),
                () -> new AvroDeserializer<>(registry, Closure.class),
                () -> new AvroSerializer<>(registry),
                Stores::persistentKeyValueStore,
                () -> 0,
                Restoring.NEVER);

        // When
        String description = topology.describe().toString();

        // Then
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, description);
        }
        assertThat(description)
                .as("topology.txt; if the change is meant, run the test with -Dgolden.update=true")
                .isEqualTo(Files.readString(GOLDEN));
    }

    /** The harness opens it with explicit names required. */
    @Test
    void shouldHaveNoGeneratedNames() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            assertThat(ledger.store().name()).isEqualTo("ledger-store");
        }
    }
}
