package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When closings and members are forgotten, and what is remembered longer. Proves rules P3, P17, R5 and A10. */
final class ForgottenParentTest {

    private static final LedgerSettings SETTINGS = Batches.settings(3);
    private static final Instant CLOSED = START.plus(10, MINUTES);

    @Test
    void shouldNotMissAnnouncedMembersForEver() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(Batches.submitted("b1", 3));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            AlertStatus before = ledger.alerts().get(alert("b1", 1)).getStatus();

            // When
            ledger.settleBy(CLOSED.plus(8, DAYS));

            // Then
            assertThat(before).isEqualTo(AlertStatus.FIRING);
            assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldLeaveNothingBehindOfAParentThatNeverCloses() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000))) {
            // Given
            Subject export = new Subject(SubjectKind.EXPORT, Events.SOURCE, Events.STAGE, "e1");
            for (int i = 0; i < 6; i++) {
                ledger.send(deferred("r" + i).parent(export));
                ledger.send(deferred("q" + i).parent("b1"));
                ledger.send(completed("r" + i).parent(export).at(START.plusSeconds(1)));
                ledger.send(completed("q" + i).parent("b1").at(START.plusSeconds(1)));
            }
            int named = ledger.stored(0x42);

            // When
            ledger.settleBy(START.plus(90, MINUTES));
            ledger.settleBy(START.plus(4, HOURS));

            // Then
            assertThat(named).isEqualTo(1);
            for (int kind : new int[] {0x01, 0x02, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47}) {
                assertThat(ledger.stored(kind))
                        .as("entries of kind 0x%02x", kind)
                        .isZero();
            }
        }
    }

    /** The partitions have forgotten who came back: what they would count now is nobody. */
    @Test
    void shouldLeaveTheSettlementAsItIsWhenTheParentChangesAfterItsMembersWereForgotten() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000))) {
            // Given
            for (int i = 0; i < 9; i++) {
                ledger.send(completed("r" + i).parent("b1"));
            }
            ledger.bothReach(CLOSED);
            ledger.send(failed("b1").kind(SubjectKind.BATCH).at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            Settlement before = ledger.settlements().get(settlement("b1", 1));
            ledger.settleBy(CLOSED.plus(8, DAYS));

            // When
            ledger.send(Batches.submitted("b1", 9).at(CLOSED.minusSeconds(1)));
            ledger.send(completed("b1").kind(SubjectKind.BATCH).at(CLOSED.minusSeconds(1)));
            ledger.settleBy(ledger.now().plus(1, HOURS));

            // Then
            assertThat(before.getReturned()).isEqualTo(Map.of("COMPLETED", 9L));
            assertThat(ledger.settlements().get(settlement("b1", 1))).isEqualTo(before);
            assertThat(ledger.alerts()).doesNotContainKey(alert("b1", 1));
        }
    }

    @Test
    void shouldTakeTheSettlementBackWhenTheParentIsErasedAfterItsMembersWereForgotten() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000))) {
            // Given
            ledger.send(completed("r1").parent("b1"));
            ledger.send(pending("lost").parent("b1"));
            ledger.send(completed("r2").parent("b2"));
            ledger.bothReach(CLOSED);
            ledger.send(failed("b1").kind(SubjectKind.BATCH).at(CLOSED));
            ledger.send(failed("b2").kind(SubjectKind.BATCH).at(CLOSED));
            ledger.settleBy(CLOSED.plus(8, DAYS));
            boolean settled = ledger.settlements().size() == 2;

            // When
            ledger.send(erased("b1").kind(SubjectKind.BATCH));
            ledger.send(erased("b2").kind(SubjectKind.BATCH));
            ledger.settleBy(ledger.now().plus(1, HOURS));

            // Then
            assertThat(settled).isTrue();
            assertThat(ledger.settlements()).isEmpty();
            assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldForgetASettledBatchAfterAWhileButNotWhoIsMissing() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000))) {
            // Given
            for (int i = 0; i < 9; i++) {
                ledger.send(completed("r" + i).parent("b1"));
                ledger.send(completed("q" + i).parent("b2"));
            }
            ledger.send(pending("lost").parent("b2"));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.send(closed("b2").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // When
            ledger.settleBy(CLOSED.plus(8, DAYS));
            int members = ledger.stored(0x41);
            ledger.send(completed("lost").parent("b2").at(ledger.now()));
            ledger.settleBy(ledger.now());

            // Then
            assertThat(members).isEqualTo(1);
            assertThat(ledger.settlements().get(settlement("b2", 1)).getReturned())
                    .isEqualTo(Map.of("COMPLETED", 10L));
            assertThat(ledger.alerts().get(alert("b2", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(ledger.orphanStory(key("lost"))).containsExactly("ORPHANED", "RECOVERY");
            ledger.settleBy(ledger.now().plus(8, DAYS));
            ledger.settleBy(ledger.now().plus(91, DAYS));
            for (int kind : new int[] {0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47}) {
                assertThat(ledger.stored(kind))
                        .as("entries of kind 0x%02x", kind)
                        .isZero();
            }
        }
    }
}
