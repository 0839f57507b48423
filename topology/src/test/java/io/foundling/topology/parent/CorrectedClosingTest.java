package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.key;
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
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.account.ClosureVersion;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An outcome of a parent that is read late corrects its closing or takes it back. Proves rules P2, P3 and P4. */
final class CorrectedClosingTest {

    private static final LedgerSettings SETTINGS = Batches.settings(3);
    private static final Instant CLOSED = START.plus(10, MINUTES);

    @Test
    void shouldCorrectTheSettlementWhenAnEarlierOutcomeIsReadLater() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.bothReach(START.plus(8, MINUTES));
            ledger.send(deferred("r2").parent("b1").at(START.plus(8, MINUTES)));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            Settlement before = ledger.settlements().get(settlement("b1", 1));

            // When
            ledger.send(failed("b1").kind(SubjectKind.BATCH).attempt(1).at(START.plus(5, MINUTES)));
            ledger.settleBy(ledger.now().plus(11, MINUTES));

            // Then
            Settlement after = ledger.settlements().get(settlement("b1", 1));
            assertThat(before.getMissing()).containsExactly(key("r1"), key("r2"));
            assertThat(after.getMissing()).containsExactly(key("r1"));
            assertThat(after.getDeferred()).isEqualTo(1);
            assertThat(after.getOutcome()).isEqualTo(Status.FAILED);
            assertThat(after.getClosedAt()).isEqualTo(START.plus(5, MINUTES));
            assertThat(after.getVersion()).isGreaterThan(before.getVersion());
            assertThat(ledger.orphans().get(key("r1")).getStartsAt()).isEqualTo(START.plus(6, MINUTES));
            assertThat(ledger.orphans().get(key("r2")).getStartsAt()).isEqualTo(START.plus(9, MINUTES));
        }
    }

    @Test
    void shouldTakeTheSettlementBackWhenTheOutcomeTurnsOutToBeOfAnotherAttempt() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(Batches.opened("b1"));
            ledger.bothReach(START.plus(9, MINUTES));
            ledger.send(deferred("r1").parent("b1").at(START.plus(9, MINUTES)));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            boolean settled = ledger.settlements().containsKey(settlement("b1", 1));

            // When
            ledger.send(failed("b1").kind(SubjectKind.BATCH).at(START.plusSeconds(1)));
            ledger.send(Batches.opened("b1").at(START.plusSeconds(2)));
            ledger.settleBy(ledger.now().plus(20, MINUTES));

            // Then
            assertThat(settled).isTrue();
            assertThat(ledger.settlements().get(settlement("b1", 1)).getDeferred())
                    .isZero();
            assertThat(ledger.settlements().get(settlement("b1", 2)).getMissing())
                    .containsExactly(key("r1"));
            assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(ledger.alerts().get(alert("b1", 2)).getStatus()).isEqualTo(AlertStatus.FIRING);
            assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
        }
    }

    /** A beginning with a number comes late, and the outcome without one belongs to its attempt: nothing is left of 1. */
    @Test
    void shouldTakeTheSettlementBackWhenNothingIsLeftOfItsAttempt() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            boolean settled = ledger.settlements().containsKey(settlement("b1", 1));

            // When
            ledger.send(Batches.opened("b1").attempt(2).at(START.plusSeconds(2)));
            ledger.settleBy(ledger.now().plus(20, MINUTES));

            // Then
            assertThat(settled).isTrue();
            assertThat(ledger.settlements()).containsOnlyKeys(settlement("b1", 2));
            assertThat(ledger.settlements().get(settlement("b1", 2)).getMissing())
                    .containsExactly(key("r1"));
            assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldRaiseTheVersionWhenTwoClosuresAreSentWithinASecond() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));

            // When
            ledger.send(failed("b1").kind(SubjectKind.BATCH).attempt(1).at(CLOSED.minusSeconds(1)));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            Settlement settlement = ledger.settlements().get(settlement("b1", 1));
            assertThat(settlement.getVersion()).isEqualTo(ClosureVersion.at(CLOSED.toEpochMilli()) + 1);
            assertThat(settlement.getClosedAt()).isEqualTo(CLOSED.minusSeconds(1));
        }
    }

    @Test
    void shouldRaiseTheVersionWhenTheBatchWasForgottenInBetween() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000))) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            Settlement before = ledger.settlements().get(settlement("b1", 1));
            ledger.settleBy(CLOSED.plus(8, DAYS));
            ledger.settleBy(ledger.now().plus(2, HOURS));
            ledger.settleBy(ledger.now().plus(91, DAYS));
            int remembered = ledger.stored(0x40) + ledger.stored(0x42) + ledger.stored(0x47);

            // When
            ledger.send(closed("b1").at(CLOSED).number(2));
            ledger.settleBy(ledger.now().plus(11, MINUTES));

            // Then
            assertThat(remembered).isZero();
            assertThat(ledger.settlements().get(settlement("b1", 1)).getVersion())
                    .isGreaterThan(before.getVersion());
        }
    }
}
