package io.foundling.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.alert.AlertsProcessorSupplier;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.ledger.LedgerProcessorSupplier;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.ThreadTime;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What a lost disk takes with it is in a changelog that is compacted and never cut off. */
final class RestorableStoresTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults(TopicNames.EVENTS, 6);

    @Test
    void shouldLogEveryStoreToACompactedTopic() {
        LedgerProcessorSupplier ledger = new LedgerProcessorSupplier(
                SETTINGS,
                SETTINGS::policySet,
                new AuditClocks(SETTINGS.time().allowedLag()),
                LedgerListener.NONE,
                () -> null,
                () -> null,
                () -> null,
                Stores.persistentKeyValueStore(Nodes.LEDGER_STORE),
                new ThreadTime(() -> 0));
        AlertsProcessorSupplier alerts = new AlertsProcessorSupplier(
                SETTINGS,
                SETTINGS::policySet,
                LedgerListener.NONE,
                () -> null,
                Stores.persistentKeyValueStore(Nodes.ALERTS_STORE),
                new ThreadTime(() -> 0));

        assertThat(Stream.concat(ledger.stores().stream(), alerts.stores().stream()))
                .hasSize(2)
                .allMatch(StoreBuilder::loggingEnabled)
                .noneMatch(store -> store.logConfig().containsKey("cleanup.policy"));
    }
}
