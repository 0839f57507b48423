package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch ends, and some of its members did not come back. Proves rules P1, P13, P14 and A2. */
final class SettlementTest {

    private static final Instant CLOSED = START.plus(2, MINUTES);

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void shouldNameTheOneThatDidNotComeBackAndTakeItBackWhenItDoes(int partitions) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(partitions))) {
            // Given
            Batches.tenDeferredAndNineReturned(ledger);
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(2, MINUTES));
            Alert firing = ledger.alerts().get(alert("b1", 1));

            // When
            ledger.send(completed("r10").parent("b1").at(ledger.now()));
            ledger.settleBy(ledger.now());

            // Then
            List<Settlement> settlements = ledger.settlements(settlement("b1", 1));
            assertThat(settlements).extracting(Settlement::getOrphaned).containsExactly(1L, 0L);
            assertThat(settlements.get(0).getMissing()).containsExactly(key("r10"));
            assertThat(settlements.get(0).getReturned()).isEqualTo(Map.of("COMPLETED", 9L));
            assertThat(settlements.get(0).getClosedAt()).isEqualTo(CLOSED);
            assertThat(settlements.get(0).getOutcome()).isEqualTo(Status.COMPLETED);
            assertThat(settlements.get(1).getReturned()).isEqualTo(Map.of("COMPLETED", 10L));
            assertThat(settlements.get(1).getDeferred()).isEqualTo(10);
            assertThat(settlements.get(1).getMissing()).isEmpty();
            assertThat(firing.getStatus()).isEqualTo(AlertStatus.FIRING);
            assertThat(firing.getSamples()).containsExactly(key("r10"));
            assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(ledger.alerts()).hasSize(1);
            assertThat(ledger.orphanStory(key("r10"))).containsExactly("ORPHANED", "RECOVERY");
            assertThat(ledger.warningsEmitted()).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepAMissingMemberAnOrphanWhenItIsExtendedAfterItsBatchClosed() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            ledger.send(deferred("r1").parent("b1").dueAt(START.plusSeconds(30)));
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // When
            ledger.send(Events.extended("r1", ledger.now().plus(60, MINUTES)).at(ledger.now()));
            ledger.settleBy(ledger.now().plus(1, MINUTES));

            // Then
            assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
            assertThat(ledger.orphanStory(key("r1"))).containsExactly("ORPHANED");
            assertThat(ledger.settlements().get(settlement("b1", 1)).getMissing())
                    .containsExactly(key("r1"));
        }
    }

    @Test
    void shouldCountOrphansInTheirStageUntilTheirBatchesClose() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(2))) {
            // Given
            for (int i = 0; i < 500; i++) {
                ledger.send(Batches.opened("b" + i));
                ledger.send(deferred("r" + i).parent("b" + i).dueAt(START.plus(1, MINUTES)));
            }

            // When
            ledger.settleBy(START.plus(5, MINUTES));
            Map<String, Alert> open = ledger.alerts();
            for (int i = 0; i < 500; i++) {
                ledger.send(closed("b" + i).at(ledger.now()));
            }
            ledger.settleBy(ledger.now().plus(2, MINUTES));
            ledger.settleBy(ledger.now());

            // Then
            assertThat(open).containsOnlyKeys("orphaned/university/declaration");
            assertThat(open.get("orphaned/university/declaration").getCount()).isEqualTo(500);
            assertThat(open.get("orphaned/university/declaration").getAnnotations())
                    .containsEntry(
                            "summary",
                            "500 subjects of university/declaration are orphans: still awaiting past their deadlines");
            assertThat(ledger.alerts()).hasSize(501);
            assertThat(ledger.alerts().get("orphaned/university/declaration").getStatus())
                    .isEqualTo(AlertStatus.RESOLVED);
            assertThat(ledger.alerts().get(alert("b7", 1)).getSamples()).containsExactly(key("r7"));
        }
    }

    @Test
    void shouldTellIdsApartThatBeginAlike() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(2))) {
            // Given
            List<String> ids = List.of("1", "10", "1/0", "1 ", "ł", "%2F", "1\0");
            ids.forEach(id -> ledger.send(deferred(id).parent(id.replace("\0", "zero"))));
            ledger.send(completed("10").parent("10").at(START.plusSeconds(1)));

            // When
            ids.forEach(id -> ledger.send(closed(id.replace("\0", "zero")).at(CLOSED)));
            ledger.settleBy(CLOSED.plus(2, MINUTES));

            // Then
            for (String id : ids) {
                Settlement settled = ledger.settlements().get(settlement(id.replace("\0", "zero"), 1));
                assertThat(settled.getDeferred()).as(id).isEqualTo(1);
                assertThat(settled.getOrphaned()).as(id).isEqualTo(id.equals("10") ? 0 : 1);
            }
        }
    }

    @Test
    void shouldSettleANestedParentWithTheBatchThatContainsIt() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            ledger.send(deferred("r1").parent("inner"));
            ledger.send(Batches.opened("inner").parent("outer"));
            ledger.send(failed("inner").kind(SubjectKind.BATCH).parent("outer").at(START.plusSeconds(30)));

            // When
            ledger.send(closed("outer").at(CLOSED));
            ledger.settleBy(CLOSED.plus(2, MINUTES));

            // Then
            assertThat(ledger.settlements().get(settlement("inner", 1)).getMissing())
                    .containsExactly(key("r1"));
            assertThat(ledger.settlements().get(settlement("inner", 1)).getOutcome())
                    .isEqualTo(Status.FAILED);
            assertThat(ledger.settlements().get(settlement("outer", 1)).getReturned())
                    .isEqualTo(Map.of("FAILED", 1L));
        }
    }
}
