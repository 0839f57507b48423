package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How late events hold warnings. Proves rules T5 and T16. */
final class LateArrivalTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);
    private static final Instant PAST = START.minus(5, HOURS);

    @Test
    void shouldHoldASubjectUntilLateEventsHaveEndedForTenMinutes() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Instant appended = START.plus(1, HOURS);
            ledger.bothReach(appended);
            ledger.send(deferred("r1").at(PAST).dueAt(PAST.plus(1, HOURS)));

            // When
            ledger.clockReaches(appended.plus(10, MINUTES));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(appended.plus(10, MINUTES).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldHoldItLongerWhenAnotherLateEventFollows() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").at(PAST).dueAt(PAST.plus(1, HOURS)));
            ledger.bothReach(START.plus(8, MINUTES));

            // When
            ledger.send(deferred("r2").at(PAST));

            // Then
            ledger.clockReaches(START.plus(18, MINUTES));
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(START.plus(18, MINUTES).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldHoldItSixHoursAtMostWhenLateEventsNeverEnd() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").at(PAST).dueAt(PAST.plus(1, HOURS)));

            // When
            for (int minutes = 5; minutes <= 6 * 60; minutes += 5) {
                ledger.clockReaches(START.plus(minutes, MINUTES));
                ledger.send(deferred("r2").number(minutes).at(PAST), START.plus(minutes, MINUTES));
            }

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(START.plus(6, HOURS).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldNotHoldASubjectWhenItsOwnNewestEventIsNotLate() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(START.plus(1, MINUTES)));
            ledger.send(deferred("r2").at(PAST));

            // When
            ledger.clockReaches(START.plus(1, MINUTES).plusMillis(1));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldCountTheHoldFromTheStartWhenTheTaskStartedAfterTheLastLateEvent() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").at(PAST).dueAt(PAST.plus(1, HOURS)));
            ledger.bothReach(START.plus(9, MINUTES));

            // When
            ledger.restart();

            // Then
            ledger.clockReaches(START.plus(19, MINUTES));
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(START.plus(19, MINUTES).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldEmitNothingWhenTheRestOfASpoolArrivesWhileTheSubjectIsHeld() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(START.plus(1, HOURS));
            ledger.send(deferred("r1").at(PAST).dueAt(PAST.plus(1, HOURS)));
            ledger.bothReach(START.plus(1, HOURS).plus(9, MINUTES));

            // When
            ledger.send(completed("r1").at(PAST.plus(30, MINUTES)));
            ledger.bothReach(START.plus(8, HOURS));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldWithdrawTheWarningWhenASpooledCompletedSaysItWasInTime() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));
            ledger.bothReach(START.plus(3, HOURS));

            // When
            ledger.send(completed("r1").at(START.plus(30, MINUTES)));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED", "r1 WITHDRAWAL 1 DEFERRED -");
            assertThat(ledger.disposition("r1").getMarks()).isEmpty();
        }
    }

    @Test
    void shouldTakeTheTimeOfReadingForTheAppendTimeWhenTheTopicHasNone() {
        try (LedgerHarness ledger = LedgerHarness.of(Settings.of(SETTINGS).createTime())) {
            // Given
            Instant written = START.minus(2, MINUTES);
            ledger.send(deferred("r1").at(written).dueAt(written.plus(1, SECONDS)), written);

            // When
            ledger.clockReaches(START.plus(10, MINUTES));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(START.plus(10, MINUTES).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldNotTakeTheTimeOfReadingWhenTheTopicHasAppendTimes() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Instant written = START.minus(2, MINUTES);
            ledger.send(deferred("r1").at(written).dueAt(written.plus(1, SECONDS)), written);

            // When
            ledger.clockReaches(START);

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }
}
