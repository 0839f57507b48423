package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.parent.Batches.CLOSED;
import static io.foundling.topology.parent.Batches.FORMER;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.forget;
import static io.foundling.topology.parent.Batches.settleAgain;
import static io.foundling.topology.parent.Batches.settledAndForgotten;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Settlement;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parents are remembered, for how long, and what that costs. Proves rules P14, R4, R5 and A10. */
final class MemoryOfFormerAttemptsTest {

    private static final Instant FORGOTTEN = CLOSED.plus(12, DAYS);

    private final PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000));

    @Test
    void shouldRememberAParentThatIsNoBatch() {
        try (ledger) {
            // Given
            Subject export = new Subject(SubjectKind.EXPORT, Events.SOURCE, Events.STAGE, "e1");
            ledger.send(completed("r1").parent(export));
            ledger.bothReach(CLOSED);
            ledger.send(completed("e1").kind(SubjectKind.EXPORT).at(CLOSED));
            forget(ledger);
            Map<String, Settlement> before = ledger.settlements();

            // When
            ledger.send(completed("e1").kind(SubjectKind.EXPORT).at(CLOSED));
            ledger.send(completed("r2").parent(export).at(FORGOTTEN));
            settleAgain(ledger);

            // Then
            assertThat(before).containsOnlyKeys(SubjectKey.of(export) + "/1");
            assertThat(ledger.settlements()).isEqualTo(before);
        }
    }

    @Test
    void shouldKeepNothingOfASubjectThatNobodyCallsAParent() {
        try (ledger) {
            // Given
            ledger.send(completed("r1"));
            ledger.send(completed("e1").kind(SubjectKind.EXPORT));

            // When
            forget(ledger);

            // Then
            assertThat(ledger.stored(FORMER)).isZero();
            assertThat(ledger.stored(0x02)).isZero();
        }
    }

    /** The first of each partition have to find out more. */
    private int accessesOfTenRecords() {
        for (int i = 0; i < 10; i++) {
            ledger.send(completed("first" + i).at(ledger.now()));
        }
        int before = ledger.storeAccesses();
        for (int i = 0; i < 10; i++) {
            ledger.send(completed("next" + i).at(ledger.now()));
        }
        return ledger.storeAccesses() - before;
    }

    @Test
    void shouldCostNoStoreAccessForARecordWhenABatchIsRemembered() {
        try (ledger) {
            // Given
            int usual = accessesOfTenRecords();
            settledAndForgotten(ledger);
            ledger.restartAll();

            // When
            int after = accessesOfTenRecords();

            // Then
            assertThat(after).isEqualTo(usual);
        }
    }

    /** Its account is younger than the memory of the batch, but its settlement is not. */
    @Test
    void shouldNotKeepASettlementForLongerThanItsBatchIsRemembered() {
        try (ledger) {
            // Given
            ledger.send(deferred("late").parent("b1"));
            settledAndForgotten(ledger);
            ledger.settleBy(CLOSED.plus(80, DAYS));
            ledger.send(completed("late").parent("b1").at(ledger.now()));
            ledger.settleBy(CLOSED.plus(81, DAYS));
            Settlement corrected = ledger.settlements().get(settlement("b1", 1));

            // When
            boolean isRemembered = true;
            for (int day = 82; day <= 110 && ledger.settlements().containsKey(settlement("b1", 1)); day++) {
                isRemembered &= ledger.stored(FORMER) == 1;
                ledger.settleBy(CLOSED.plus(day, DAYS));
            }

            // Then
            assertThat(corrected.getReturned()).isEqualTo(Map.of("COMPLETED", 6L));
            assertThat(isRemembered).isTrue();
            assertThat(ledger.settlements()).isEmpty();
        }
    }

    @Test
    void shouldForgetFormerAttemptsWhenTheirSettlementsAreRemoved() {
        try (ledger) {
            // Given
            settledAndForgotten(ledger);
            ledger.settleBy(CLOSED.plus(90, DAYS));
            int kept = ledger.stored(FORMER);

            // When
            ledger.settleBy(CLOSED.plus(91, DAYS).plus(9, HOURS));

            // Then
            assertThat(kept).isEqualTo(1);
            for (int kind : new int[] {0x01, 0x02, 0x40, 0x41, 0x42, 0x43, FORMER}) {
                assertThat(ledger.stored(kind))
                        .as("entries of kind 0x%02x", kind)
                        .isZero();
            }
            assertThat(ledger.settlements()).isEmpty();
            ledger.send(closed("b1").at(ledger.now()));
            settleAgain(ledger);
            assertThat(ledger.settlements()).containsOnlyKeys(settlement("b1", 1));
        }
    }

    /** Where nobody is missing, the partitions have forgotten their accounts by then. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTakeSettlementsBackWhenAForgottenParentIsErased(boolean loses) {
        try (ledger) {
            // Given
            if (loses) {
                ledger.send(deferred("lost").parent("b1"));
            }
            settledAndForgotten(ledger);
            ledger.send(closed("b1").at(ledger.now()));
            for (int i = 0; i < 4; i++) {
                ledger.settleBy(ledger.now().plus(2, HOURS));
            }
            int settlements = ledger.settlements().size();
            boolean fires = ledger.alerts().containsKey(alert("b1", 1))
                    && ledger.alerts().get(alert("b1", 1)).getStatus() == AlertStatus.FIRING;

            // When
            ledger.send(Events.erased("b1").kind(SubjectKind.BATCH).at(ledger.now()));
            ledger.settleBy(ledger.now().plus(1, MINUTES));

            // Then
            assertThat(settlements).isEqualTo(2);
            assertThat(fires).isEqualTo(loses);
            assertThat(ledger.settlements()).isEmpty();
            assertThat(ledger.alerts().values())
                    .noneMatch(
                            each -> each.getStatus() == AlertStatus.FIRING && each.getType() == AlertType.SETTLEMENT);
            assertThat(ledger.stored(FORMER)).isZero();
            ledger.settleBy(ledger.now().plus(2, HOURS));
            ledger.settleBy(ledger.now().plus(2, HOURS));
            assertThat(ledger.stored(0x02)).isZero();
            assertThat(ledger.orphanStory(key("lost")))
                    .isEqualTo(loses ? List.of("ORPHANED", "WITHDRAWAL") : List.of());
        }
    }
}
