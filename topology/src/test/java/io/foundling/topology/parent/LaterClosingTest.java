package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.annotated;
import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.opened;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Settlement;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.LedgerHarness;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of a closing while a member of an earlier attempt of its parent is missing for long. Proves rules P6, P9
 * and P17.
 */
final class LaterClosingTest {

    private static final Instant FIRST = START.plus(10, MINUTES);
    private static final Instant SECOND = START.plus(40, MINUTES);
    private static final int CLOSINGS = 0x40;

    private final LedgerHarness ledger = LedgerHarness.of(Batches.settings(1));

    /** Attempt 1 misses r1, and r2 began in attempt 2. */
    private void begin() {
        ledger.send(opened("b1").attempt(1));
        ledger.send(deferred("r1").parent("b1"));
        ledger.bothReach(FIRST);
        ledger.send(closed("b1").attempt(1).at(FIRST));
        ledger.bothReach(FIRST.plus(5, MINUTES));
        ledger.send(opened("b1").attempt(2).at(ledger.now()));
        ledger.send(deferred("r2").parent("b1").at(ledger.now()).dueAt(SECOND.plus(10, MINUTES)));
    }

    private void passDays(int days) {
        for (int day = 0; day < days; day++) {
            ledger.bothReach(ledger.now().plus(1, DAYS));
            ledger.bothReach(ledger.now().plus(1, MINUTES));
        }
    }

    private long closings() {
        return ledger.store().contents().keySet().stream()
                .filter(key -> key.get()[0] == CLOSINGS)
                .count();
    }

    /** r2 is looked at again with an event, or when it is to be removed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStayEndedWhenAMemberOfAnEarlierAttemptIsMissing(boolean withEvent) {
        try (ledger) {
            // Given
            begin();
            ledger.bothReach(SECOND);
            ledger.send(cancelled("b1").kind(SubjectKind.BATCH).attempt(2).at(SECOND));
            passDays(16);

            // When
            if (withEvent) {
                ledger.send(annotated("r2").metadata("looked", "for").at(ledger.now()));
            }
            ledger.bothReach(ledger.now().plus(1, MINUTES));
            Instant ended = ledger.disposition("r2").getEndedWithParentAt();
            passDays(48);

            // Then
            assertThat(ended).isEqualTo(SECOND);
            assertThat(ledger.dispositions()).doesNotContainKey(key("r2"));
            assertThat(ledger.orphanStory()).noneMatch(change -> change.startsWith("r2"));
            assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
        }
    }

    @Test
    void shouldNotSayThatAMemberWasLateWhenOneOfAnEarlierAttemptIsMissing() {
        try (ledger) {
            // Given
            begin();
            ledger.bothReach(SECOND);
            ledger.send(failed("r2").parent("b1").at(SECOND));
            ledger.send(closed("b1").attempt(2).at(SECOND));

            // When
            passDays(33);

            // Then
            assertThat(ledger.orphanStory()).noneMatch(change -> change.startsWith("r2"));
        }
    }

    @Test
    void shouldForgetAllClosingsWhenTheLastMissingMemberComesBack() {
        try (ledger) {
            // Given
            begin();
            ledger.bothReach(SECOND);
            ledger.send(cancelled("b1").kind(SubjectKind.BATCH).attempt(2).at(SECOND));
            passDays(9);
            long kept = closings();

            // When
            ledger.send(completed("r1").parent("b1").at(ledger.now()));
            passDays(25);

            // Then
            assertThat(kept).isEqualTo(1);
            assertThat(closings()).isZero();
            assertThat(ledger.settlements().get(settlement("b1", 2)).getOrphaned())
                    .isEqualTo(1);
        }
    }

    /** It was counted before it was forgotten. */
    @Test
    void shouldNotCountAMemberAgainThatWasForgottenWithoutItsClosing() {
        try (ledger) {
            // Given
            begin();
            ledger.bothReach(SECOND);
            ledger.send(cancelled("b1").kind(SubjectKind.BATCH).attempt(2).at(SECOND));
            passDays(9);
            Settlement before = ledger.settlements().get(settlement("b1", 2));

            // When
            for (int i = 0; i < 3; i++) {
                ledger.send(pending("r2")
                        .parent("b1")
                        .at(ledger.now())
                        .dueAt(ledger.now().plus(90, DAYS)));
                ledger.bothReach(ledger.now().plus(1, MINUTES));
                ledger.send(failed("r2").parent("b1").at(ledger.now()));
                ledger.bothReach(ledger.now().plus(1, MINUTES));
            }
            ledger.send(opened("b1").attempt(3).at(ledger.now()));
            ledger.bothReach(ledger.now().plus(1, MINUTES));
            ledger.send(closed("b1").attempt(3).at(ledger.now()));
            passDays(1);

            // Then
            assertThat(before.getOrphaned()).isEqualTo(1);
            assertThat(ledger.settlements().get(settlement("b1", 2))).isEqualTo(before);
        }
    }

    @Test
    void shouldCountTheMembersOfAnAttemptThatIsUnderWayForLong() {
        try (ledger) {
            // Given
            begin();
            passDays(16);

            // When
            ledger.send(closed("b1").attempt(2).at(ledger.now()));
            ledger.bothReach(ledger.now().plus(5, MINUTES));
            ledger.bothReach(ledger.now().plus(1, MINUTES));

            // Then
            assertThat(ledger.settlements().get(settlement("b1", 2)).getMissing())
                    .containsExactly(key("r2"));
        }
    }
}
