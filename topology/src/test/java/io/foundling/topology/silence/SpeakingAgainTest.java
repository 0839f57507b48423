package io.foundling.topology.silence;

import static io.foundling.topology.silence.ListeningPartitions.HOUR_MS;
import static io.foundling.topology.silence.ListeningPartitions.MINUTE_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.harness.Settings;
import io.foundling.topology.lifecycle.Silence;
import io.foundling.topology.settings.LateEvents;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.SilenceSettings;
import io.foundling.topology.store.StoreKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What partitions know of a source that was silent and is heard again. Proves rules T28, T27 and S2. */
final class SpeakingAgainTest {

    private static final String SOURCE = "alpha";
    private static final String SUBJECT = "record/alpha/stage/r1";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final SilenceSettings SILENCE =
            new SilenceSettings(Duration.ofHours(1), 10, MINUTE.multipliedBy(15));
    private static final LateEvents LATE = new LateEvents(MINUTE, MINUTE.multipliedBy(10), Duration.ofHours(6));

    private static ListeningPartitions silent(LateEvents late) {
        LedgerSettings settings =
                Settings.of(LedgerSettings.defaults("audit.events", 2)).silence(SILENCE);
        ListeningPartitions partitions =
                new ListeningPartitions(Settings.of(settings).lateEvents(late), Integer.MAX_VALUE);
        partitions.hear(SOURCE, MINUTE, Duration.ofHours(2));
        partitions.stayQuiet(MINUTE.multipliedBy(20));
        assertThat(partitions.silent(SOURCE)).containsExactly(0, 1);
        return partitions;
    }

    /** Lets a source be heard again in partition 0, and the other one know that. */
    private static long speak(ListeningPartitions partitions) {
        partitions.hear(0, SOURCE);
        long atMs = partitions.nowMs();
        partitions.clockReaches(atMs + 1);
        return atMs;
    }

    @Test
    void shouldConfirmAfterTheGrace() {
        // Given
        ListeningPartitions partitions = silent(LATE);

        // When
        long atMs = speak(partitions);

        // Then
        Silence expected = new Silence(Long.MAX_VALUE, atMs + 10 * MINUTE_MS);
        assertThat(partitions.at(0).of(SUBJECT)).isEqualTo(expected);
        assertThat(partitions.at(1).of(SUBJECT)).isEqualTo(expected);
    }

    @Test
    void shouldConfirmAfterARoundWhenThatIsLongerThanTheGrace() {
        // Given
        ListeningPartitions partitions = silent(new LateEvents(MINUTE, Duration.ofSeconds(1), Duration.ofHours(6)));

        // When
        long atMs = speak(partitions);

        // Then
        assertThat(partitions.at(1).of(SUBJECT)).isEqualTo(new Silence(Long.MAX_VALUE, atMs + MINUTE_MS));
    }

    @Test
    void shouldTakeOverTheLatenessWithWhichOthersHearItAgain() {
        // Given
        ListeningPartitions partitions = silent(LATE);

        // When
        partitions.hear(0, SOURCE, Duration.ofMinutes(40));
        partitions.clockReaches(partitions.nowMs() + 1);

        // Then
        assertThat(partitions.delayMs(1, SOURCE))
                .isEqualTo(Duration.ofMinutes(40).toMillis());
    }

    @Test
    void shouldTakeOverALatenessOfOthersForMaxLateHold() {
        // Given
        ListeningPartitions partitions = silent(LATE);
        long atMs = speak(partitions);
        partitions.hear(SOURCE, MINUTE, Duration.ofHours(6).minusMinutes(2));

        // When
        partitions.hear(0, SOURCE, Duration.ofMinutes(40));
        partitions.clockReaches(atMs + 6 * HOUR_MS - 1);
        long within = partitions.delayMs(1, SOURCE);
        partitions.hear(SOURCE, MINUTE, Duration.ofHours(1));
        partitions.hear(0, SOURCE, Duration.ofMinutes(40));
        partitions.stayQuiet(MINUTE);

        // Then
        assertThat(within).isEqualTo(Duration.ofMinutes(40).toMillis());
        assertThat(partitions.delayMs(1, SOURCE)).as("afterwards").isZero();
        assertThat(partitions.at(1).of(SUBJECT)).isEqualTo(Silence.NONE);
    }

    @Test
    void shouldTakeOverALatenessOfOthersUntilItConfirmsWhenMaxLateHoldIsShorter() {
        // Given
        ListeningPartitions partitions =
                silent(new LateEvents(MINUTE, MINUTE.multipliedBy(10), MINUTE.multipliedBy(3)));
        speak(partitions);
        partitions.hear(SOURCE, MINUTE, MINUTE.multipliedBy(8));

        // When
        partitions.hear(0, SOURCE, MINUTE.multipliedBy(2));
        partitions.stayQuiet(MINUTE);

        // Then
        assertThat(partitions.delayMs(1, SOURCE)).isEqualTo(2 * MINUTE_MS);
    }

    @Test
    void shouldTakeOverNoLatenessOfASourceThatWasNotSilent() {
        // Given
        ListeningPartitions partitions = silent(LATE);

        // When
        partitions.hear(0, "beta", Duration.ofMinutes(40));
        partitions.stayQuiet(MINUTE);

        // Then
        assertThat(partitions.delayMs(1, "beta")).isZero();
    }

    @Test
    void shouldTakeOverNoMoreThanMaxLateHold() {
        // Given
        ListeningPartitions partitions = silent(LATE);
        long atMs = speak(partitions);
        HeardHour hour = new HeardHour(HeardHour.number(atMs), 1, 1);

        // When
        partitions.read(new HeardNote(
                0, List.of(new HeardNote.Line(SOURCE, atMs, Long.MAX_VALUE / 2, hour)), Optional.empty()));

        // Then
        assertThat(partitions.delayMs(1, SOURCE)).isLessThan(7 * HOUR_MS);
    }

    @Test
    void shouldLookAtItsSubjectsAfterARestartUnlessAllWereLookedAt() {
        // Given
        ListeningPartitions partitions = silent(LATE);
        partitions.at(0).nextToReview();

        // When
        partitions.restart(0);
        boolean onceSilent = partitions.at(0).isAnyToReview();
        partitions.at(0).nextToReview();
        partitions.at(0).reviewed(SOURCE);
        partitions.restart(0);
        boolean afterAll = partitions.at(0).isAnyToReview();
        speak(partitions);
        partitions.at(0).nextToReview();
        partitions.restart(0);

        // Then
        assertThat(onceSilent).isTrue();
        assertThat(afterAll).isFalse();
        assertThat(partitions.at(0).isAnyToReview())
                .as("once it was heard again")
                .isTrue();
    }

    @Test
    void shouldForgetNoSourceThatIsSilentOnceItsSubjectsWereLookedAt() {
        // Given
        ListeningPartitions partitions = silent(LATE);
        for (int partition = 0; partition < 2; partition++) {
            partitions.at(partition).nextToReview();
            partitions.at(partition).reviewed(SOURCE);
        }

        // When
        partitions.stayQuiet(Duration.ofDays(9));

        // Then
        assertThat(partitions.silent(SOURCE)).containsExactly(0, 1);
    }

    @Test
    void shouldForgetNoSourceWhoseSubjectsAreStillToBeLookedAt() {
        // Given
        ListeningPartitions partitions = silent(LATE);
        partitions.stayQuiet(Duration.ofHours(4));
        speak(partitions);

        // When
        partitions.stayQuiet(Duration.ofDays(9));
        partitions.restart(1);

        // Then
        assertThat(partitions.silent(SOURCE)).isEmpty();
        assertThat(partitions.at(1).nextToReview()).contains(SOURCE);
    }

    @Test
    void shouldLookAtItsSubjectsAgainWhenItIsHeardWhileTheyAreLookedAt() {
        // Given
        ListeningPartitions partitions = silent(LATE);
        partitions.at(0).nextToReview();
        speak(partitions);

        // When
        partitions.at(0).reviewed(SOURCE);
        partitions.restart(0);

        // Then
        assertThat(partitions.at(0).nextToReview()).contains(SOURCE);
    }

    @Test
    void shouldTakeItForHeardAgainWhenWhatWasStoredOfItIsDamaged() {
        // Given
        ListeningPartitions partitions = silent(LATE);
        partitions.store(0).overwrite(StoreKeys.heardSource(SOURCE), new byte[] {1, 2, 3});

        // When
        partitions.restart(0);

        // Then
        assertThat(partitions.silent(SOURCE)).containsExactly(1);
        assertThat(partitions.at(0).nextToReview()).contains(SOURCE);
        assertThat(partitions.at(0).of(SUBJECT))
                .isEqualTo(new Silence(Long.MAX_VALUE, partitions.nowMs() + 10 * MINUTE_MS));
    }

    @Test
    void shouldTakeItForHeardAgainOnceThatIsSwitchedOff() {
        // Given
        ListeningPartitions partitions = silent(LATE);

        // When
        partitions.restart(0, new SilenceSettings(Duration.ofHours(1), 10, Duration.ZERO));

        // Then
        assertThat(partitions.silent(SOURCE)).containsExactly(1);
        assertThat(partitions.at(0).nextToReview()).contains(SOURCE);
        partitions.read(note("beta", partitions.nowMs()));
        assertThat(partitions.known(0)).as("it takes nothing in any more").isEqualTo(1);
    }

    @Test
    void shouldReportOnceThatItWasHeardAgainWhenItStartsAgain() {
        // Given
        ListeningPartitions partitions = silent(LATE);
        speak(partitions);
        partitions.restart(0);
        partitions.sent().clear();

        // When
        partitions.stayQuiet(MINUTE.multipliedBy(2));

        // Then
        assertThat(partitions.sent()).isNotEmpty().allMatch(note -> note.lines().isEmpty());
    }

    @Test
    void shouldBeHeardAgainOnlyByWhatIsLaterThanWhatIsKnown() {
        // Given
        ListeningPartitions partitions = silent(LATE);
        long lastMs = partitions.silentSinceMs(SOURCE);

        // When
        partitions.read(note(SOURCE, lastMs));
        boolean bySame = partitions.silent(SOURCE).isEmpty();
        partitions.read(note(SOURCE, lastMs + 1));

        // Then
        assertThat(bySame).isFalse();
        assertThat(partitions.silent(SOURCE)).isEmpty();
    }

    @Test
    void shouldIgnoreWhatWasHeardMoreThanADayAheadOfTheWallTime() {
        // Given
        ListeningPartitions partitions = silent(LATE);
        long aheadMs = partitions.nowMs() + 24 * HOUR_MS;

        // When
        partitions.read(note("ahead", aheadMs));
        partitions.read(note("far ahead", aheadMs + 1));

        // Then
        assertThat(partitions.known(0)).as("alpha and ahead").isEqualTo(2);
    }

    private static HeardNote note(String source, long atMs) {
        HeardHour hour = new HeardHour(HeardHour.number(atMs), 1, 1);
        return new HeardNote(0, List.of(new HeardNote.Line(source, atMs, 0, hour)), Optional.empty());
    }
}
