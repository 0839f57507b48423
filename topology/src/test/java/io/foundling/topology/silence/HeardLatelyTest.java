package io.foundling.topology.silence;

import static io.foundling.topology.silence.ListeningPartitions.HOUR_MS;
import static io.foundling.topology.silence.ListeningPartitions.MINUTE_MS;
import static io.foundling.topology.silence.ListeningPartitions.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.settings.SilenceSettings;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is reported of the sources that a partition has heard. Proves rule T26. */
final class HeardLatelyTest {

    private static final long HOUR = START_MS / HOUR_MS;

    private final HeardLately lately = new HeardLately();

    @Test
    void shouldSayWhenItWasLastHeardAndTheGreatestLatenessInAnyOrder() {
        // Given
        lately.add(START_MS + 2 * MINUTE_MS, 70_000);
        lately.add(START_MS + MINUTE_MS, 5);

        // When
        List<HeardNote.Line> lines = lately.lines("alpha");

        // Then
        assertThat(lines)
                .containsExactly(
                        new HeardNote.Line("alpha", START_MS + 2 * MINUTE_MS, 70_000, new HeardHour(HOUR, 0b110, 2)));
    }

    @Test
    void shouldHaveALineForEachHourOfTheWeekBeforeItWasLastHeard() {
        // Given
        long lastMs = START_MS + HeardHour.WEEK * HOUR_MS;
        lately.add(START_MS - 1, 0);
        lately.add(START_MS, 0);
        lately.add(START_MS + MINUTE_MS, 0);
        lately.add(lastMs, 0);

        // When
        List<HeardNote.Line> lines = lately.lines("alpha");

        // Then
        assertThat(lines)
                .containsExactly(
                        new HeardNote.Line("alpha", lastMs, 0, new HeardHour(HOUR, 0b11, 2)),
                        new HeardNote.Line("alpha", lastMs, 0, new HeardHour(HOUR + HeardHour.WEEK, 1, 1)));
    }

    @Test
    void shouldReportManySourcesInSeveralNotesOfWhichTheLastSaysThatItIsAll() {
        // Given
        ListeningPartitions one = new ListeningPartitions(1, SilenceSettings.defaults());
        IntStream.range(0, 1_200).forEach(number -> one.hear(0, "source " + number));

        // When
        one.clockReaches(START_MS + MINUTE_MS);

        // Then
        assertThat(one.sent()).extracting(note -> note.lines().size()).containsExactly(500, 500, 200);
        assertThat(one.sent()).extracting(note -> note.watched().isPresent()).containsExactly(false, false, true);
        assertThat(one.known(0)).isEqualTo(1_200);
    }
}
