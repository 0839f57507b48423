package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.parent.Batches.CLOSED;
import static io.foundling.topology.parent.Batches.FORMER;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.forget;
import static io.foundling.topology.parent.Batches.opened;
import static io.foundling.topology.parent.Batches.settleAgain;
import static io.foundling.topology.parent.Batches.settledAndForgotten;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.Disposition;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events about a parent that was settled and forgotten. Proves rules P14 and R4. */
final class FormerAttemptsTest {

    private static final Duration LAG = Duration.ofSeconds(5);

    private final PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000));

    private Disposition batch() {
        return ledger.dispositions().get(Batches.key("b1"));
    }

    @Test
    void shouldLeaveTheSettlementAsItWasWhenTheOutcomeIsReadAgain() {
        try (ledger) {
            // Given
            Settlement before = settledAndForgotten(ledger);
            Alert alert = ledger.alerts().get(alert("b1", 1));

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(ledger.now().plus(10, MINUTES));
            Alert violations = ledger.alerts().get("violations/university/declaration");
            settleAgain(ledger);

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
            Settlement before = settledAndForgotten(ledger);
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
            settledAndForgotten(ledger);
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
            settledAndForgotten(ledger);

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
            forget(ledger);
            Map<String, Settlement> before = ledger.settlements();

            // When
            ledger.send(deferred("b1").kind(SubjectKind.BATCH).at(CLOSED.plusMillis(2)));
            ledger.send(closed("b1").at(again));
            ledger.send(closed("b1").at(again.plus(LAG)));
            settleAgain(ledger);

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
            Settlement before = settledAndForgotten(ledger);
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
            settleAgain(ledger);

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
            settledAndForgotten(ledger);
            ledger.send(opened("b1").attempt(2).at(ledger.now()));

            // When
            ledger.send(closed("b1").attempt(1).at(ledger.now().plusSeconds(1)));
            settleAgain(ledger);

            // Then
            assertThat(ledger.settlements()).containsOnlyKeys(settlement("b1", 1));
            assertThat(batch().getStatus()).isEqualTo(Status.OPEN);
        }
    }

    @Test
    void shouldGoOnBehindAllAttemptsWhenItIsForgottenAgain() {
        try (ledger) {
            // Given
            settledAndForgotten(ledger);
            for (int attempt = 2; attempt <= 3; attempt++) {
                ledger.send(closed("b1").at(ledger.now()));
                for (int i = 0; i < 4; i++) {
                    ledger.settleBy(ledger.now().plus(2, HOURS));
                }
                ledger.restartAll();
            }

            // When
            ledger.send(closed("b1").at(ledger.now()));
            settleAgain(ledger);

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
            forget(ledger);

            // When
            ledger.send(closed("b1").at(ledger.now()));
            settleAgain(ledger);

            // Then
            assertThat(ledger.settlements()).containsOnlyKeys(settlement("b1", 1), settlement("b1", 3));
        }
    }
}
