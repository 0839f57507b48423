package io.foundling.topology.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.parent.ParentStore;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.MemoryStore;
import io.foundling.topology.task.SubjectPartition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which partitions hold members of a parent, while a ledger is made anew. */
final class RebuiltClosingsTest {

    private static final String EXPORT = "export/s/t/e1";
    private static final int PARTITIONS = 3;

    private final LedgerSettings settings = LedgerSettings.defaults("audit.events", PARTITIONS);
    private final SubjectPartition partitionOf = new SubjectPartition(PARTITIONS);
    private final List<RebuiltPartition> partitions = new ArrayList<>();

    @Test
    void shouldNotSendClosuresToAPartitionThatHoldsNoMemberAnyMore() {
        // Given
        RebuiltClosings closings = new RebuiltClosings(
                settings.settlement().retention(),
                0,
                new Lifecycle(settings.lifecycle()),
                partitionOf,
                partitions,
                Map.of());
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new RebuiltPartition(settings, partition, 0, closings));
        }
        closings.named(EXPORT, 1, true);
        closings.named(EXPORT, 2, true);

        // When
        closings.named(EXPORT, 1, false);

        // Then
        assertThat(namedBy()).isEqualTo(BitSet.valueOf(new long[] {0b100}));
    }

    private BitSet namedBy() {
        MemoryStore store = new MemoryStore();
        store.entries().putAll(partitions.get(partitionOf.of(EXPORT)).entries());
        return new ParentStore(store).parenthood(EXPORT).namedBy();
    }
}
