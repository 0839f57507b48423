package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.opened;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Disposition;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events about a parent that was settled and forgotten. Proves rules P14, R4, R5 and A10. */
final class FormerAttemptsTest {

    private static final Instant CLOSED = START.plus(10, MINUTES);
    private static final Instant FORGOTTEN = CLOSED.plus(12, DAYS);
    private static final int FORMER = 0x47;
    private static final Duration LAG = Duration.ofSeconds(5);

    private final PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000));

    /** Five of six members came back, and the batch was forgotten. */
    private Settlement settledAndForgotten() {
        ledger.send(Batches.submitted("b1", 6));
        for (int i = 0; i < 5; i++) {
            ledger.send(completed("r" + i).parent("b1"));
        }
        ledger.bothReach(CLOSED);
        ledger.send(closed("b1").at(CLOSED));
        forget();
        assertThat(ledger.stored(FORMER)).isEqualTo(1);
        return ledger.settlements().get(settlement("b1", 1));
    }

    private void forget() {
        ledger.settleBy(CLOSED.plus(5, MINUTES));
        for (int hours = 4; hours <= 12; hours += 4) {
            ledger.settleBy(CLOSED.plus(hours, HOURS));
        }
        for (int day = 8; day <= 12; day++) {
            ledger.settleBy(CLOSED.plus(day, DAYS));
        }
    }

    private void settleAgain() {
        ledger.settleBy(ledger.now().plus(10, MINUTES));
        ledger.settleBy(ledger.now().plus(3, HOURS));
    }

    private Disposition batch() {
        return ledger.dispositions().get(Batches.key("b1"));
    }

    @Test
    void shouldLeaveTheSettlementAsItWasWhenTheOutcomeIsReadAgain() {
        try (ledger) {
            // Given
            Settlement before = settledAndForgotten();
            Alert alert = ledger.alerts().get(alert("b1", 1));

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(ledger.now().plus(10, MINUTES));
            Alert violations = ledger.alerts().get("violations/university/declaration");
            settleAgain();

            // Then
            assertThat(violations.getCount()).isEqualTo(1);
            assertThat(before.getReturned()).isEqualTo(Map.of("COMPLETED", 5L));
            assertThat(ledger.settlements()).isEqualTo(Map.of(settlement("b1", 1), before));
            assertThat(ledger.alerts().get(alert("b1", 1))).isEqualTo(alert);
            assertThat(ledger.dispositions()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSettleTheNextAttemptWhenTheIdOfABatchIsUsedAgain(boolean withMembers) {
        try (ledger) {
            // Given
            Settlement before = settledAndForgotten();
            Instant begins = ledger.now();
            if (withMembers) {
                ledger.send(opened("b1").at(begins));
                ledger.send(deferred("q1").parent("b1").at(begins.plusSeconds(1)));
                ledger.send(completed("q2").parent("b1").at(begins.plusSeconds(1)));
                ledger.bothReach(begins.plus(1, MINUTES));
            }

            // When
            ledger.send(closed("b1").at(ledger.now()));
            ledger.settleBy(ledger.now().plus(10, MINUTES));

            // Then
            Settlement second = ledger.settlements().get(settlement("b1", 2));
            assertThat(second.getReturned()).isEqualTo(withMembers ? Map.of("COMPLETED", 1L) : Map.of());
            assertThat(second.getMissing()).hasSize(withMembers ? 1 : 0);
            assertThat(ledger.settlements().get(settlement("b1", 1))).isEqualTo(before);
            assertThat(batch().getAttempt()).isEqualTo(2);
            assertThat(batch().getHistory().get(0).getStatus()).isEqualTo(Status.COMPLETED);
            assertThat(batch().getHistory().get(0).getEndedAt()).isEqualTo(CLOSED);
            assertThat(ledger.orphans()).hasSize(withMembers ? 1 : 0);
        }
    }

    /** Without the previous closing it would be a member of attempt 2, and missing there. */
    @Test
    void shouldNotTakeAMemberOfAFormerAttemptForOneOfTheNext() {
        try (ledger) {
            // Given
            settledAndForgotten();
            ledger.send(opened("b1").at(ledger.now()));
            ledger.send(deferred("late").parent("b1").at(CLOSED));
            ledger.bothReach(ledger.now().plus(1, MINUTES));

            // When
            ledger.send(closed("b1").at(ledger.now()));
            ledger.settleBy(ledger.now().plus(10, MINUTES));

            // Then
            assertThat(ledger.settlements().get(settlement("b1", 2)).getDeferred())
                    .isZero();
            assertThat(ledger.orphans()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    void shouldGoOnWithWhatHappenedMoreThanTheDistanceAfterTheClosing(long laterMs) {
        try (ledger) {
            // Given
            settledAndForgotten();

            // When
            ledger.send(opened("b1").at(CLOSED.plus(LAG).plusMillis(laterMs)));

            // Then
            assertThat(ledger.dispositions().containsKey(Batches.key("b1"))).isEqualTo(laterMs > 0);
        }
    }

    /** The beginning was out of step, and the second outcome a repeat; both happened after the closing. */
    @Test
    void shouldStaySettledWhenWhatHappenedAfterTheClosingIsReadAgain() {
        try (ledger) {
            // Given
            Instant again = CLOSED.plus(4, MINUTES);
            ledger.send(opened("b1"));
            ledger.send(completed("r1").parent("b1"));
            ledger.bothReach(again);
            ledger.send(closed("b1").at(CLOSED));
            ledger.send(deferred("b1").kind(SubjectKind.BATCH).at(CLOSED.plusMillis(2)));
            ledger.send(closed("b1").at(again));
            forget();
            Map<String, Settlement> before = ledger.settlements();

            // When
            ledger.send(deferred("b1").kind(SubjectKind.BATCH).at(CLOSED.plusMillis(2)));
            ledger.send(closed("b1").at(again));
            ledger.send(closed("b1").at(again.plus(LAG)));
            settleAgain();

            // Then
            assertThat(before).containsOnlyKeys(settlement("b1", 1));
            assertThat(ledger.settlements()).isEqualTo(before);
            assertThat(ledger.dispositions()).isEmpty();
            assertThat(ledger.orphans()).isEmpty();
        }
    }

    /** Some producers count on, others begin at 1 again. */
    @ParameterizedTest
    @CsvSource({"1, 2, 3", "2, 2, 3", "5, 5, 6"})
    void shouldGoOnWithWhatANumberSaysOrBehindTheLastAttempt(int number, int attempt, int next) {
        try (ledger) {
            // Given
            Settlement before = settledAndForgotten();
            Instant begins = ledger.now();
            ledger.send(opened("b1").attempt(number).at(begins));
            ledger.send(completed("q1").parent("b1").at(begins.plusSeconds(1)));
            ledger.bothReach(begins.plus(1, MINUTES));
            ledger.send(
                    Events.failed("b1").kind(SubjectKind.BATCH).attempt(number).at(ledger.now()));
            ledger.restartAll();

            // When
            ledger.send(opened("b1").attempt(number + 1).at(ledger.now()));
            ledger.send(closed("b1").attempt(1).at(CLOSED));
            settleAgain();

            // Then
            assertThat(ledger.settlements()).containsOnlyKeys(settlement("b1", 1), settlement("b1", attempt));
            assertThat(ledger.settlements().get(settlement("b1", 1))).isEqualTo(before);
            assertThat(ledger.settlements().get(settlement("b1", attempt)).getReturned())
                    .isEqualTo(Map.of("COMPLETED", 1L));
            assertThat(batch().getAttempt()).isEqualTo(next);
            assertThat(batch().getStatus()).isEqualTo(Status.OPEN);
        }
    }

    /** A number of the former attempts that comes after higher ones is one of theirs: it was settled. */
    @Test
    void shouldTakeNoNumberOfAFormerAttemptOnceHigherOnesAreRead() {
        try (ledger) {
            // Given
            settledAndForgotten();
            ledger.send(opened("b1").attempt(2).at(ledger.now()));

            // When
            ledger.send(closed("b1").attempt(1).at(ledger.now().plusSeconds(1)));
            settleAgain();

            // Then
            assertThat(ledger.settlements()).containsOnlyKeys(settlement("b1", 1));
            assertThat(batch().getStatus()).isEqualTo(Status.OPEN);
        }
    }

    @Test
    void shouldGoOnBehindAllAttemptsWhenItIsForgottenAgain() {
        try (ledger) {
            // Given
            settledAndForgotten();
            for (int attempt = 2; attempt <= 3; attempt++) {
                ledger.send(closed("b1").at(ledger.now()));
                for (int i = 0; i < 4; i++) {
                    ledger.settleBy(ledger.now().plus(2, HOURS));
                }
                ledger.restartAll();
            }

            // When
            ledger.send(closed("b1").at(ledger.now()));
            settleAgain();

            // Then
            assertThat(ledger.settlements())
                    .containsOnlyKeys(
                            settlement("b1", 1), settlement("b1", 2), settlement("b1", 3), settlement("b1", 4));
            assertThat(ledger.stored(FORMER)).isEqualTo(1);
        }
    }

    @Test
    void shouldGoOnBehindAnAttemptThatWasGivenUp() {
        try (ledger) {
            // Given
            ledger.send(opened("b1"));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));
            ledger.send(Events.retired("b1").kind(SubjectKind.BATCH).attempt(2).at(CLOSED.plusSeconds(1)));
            forget();

            // When
            ledger.send(closed("b1").at(ledger.now()));
            settleAgain();

            // Then
            assertThat(ledger.settlements()).containsOnlyKeys(settlement("b1", 1), settlement("b1", 3));
        }
    }

    @Test
    void shouldRememberAParentThatIsNoBatch() {
        try (ledger) {
            // Given
            Subject export = new Subject(SubjectKind.EXPORT, Events.SOURCE, Events.STAGE, "e1");
            ledger.send(completed("r1").parent(export));
            ledger.bothReach(CLOSED);
            ledger.send(completed("e1").kind(SubjectKind.EXPORT).at(CLOSED));
            forget();
            Map<String, Settlement> before = ledger.settlements();

            // When
            ledger.send(completed("e1").kind(SubjectKind.EXPORT).at(CLOSED));
            ledger.send(completed("r2").parent(export).at(FORGOTTEN));
            settleAgain();

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
            forget();

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
            settledAndForgotten();
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
            settledAndForgotten();
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
            settledAndForgotten();
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
            settleAgain();
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
            settledAndForgotten();
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
