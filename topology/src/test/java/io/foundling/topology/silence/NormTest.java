package io.foundling.topology.silence;

import static io.foundling.topology.silence.ListeningPartitions.HOUR_MS;
import static io.foundling.topology.silence.ListeningPartitions.MINUTE_MS;
import static io.foundling.topology.silence.ListeningPartitions.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.settings.SilenceSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which hours count for what is usual of a source. Proves rule T27. */
final class NormTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration EVERY_SIX_SECONDS = Duration.ofSeconds(6);
    private static final SilenceSettings SILENCE =
            new SilenceSettings(Duration.ofHours(23), 10, MINUTE.multipliedBy(15));

    private final ListeningPartitions one = new ListeningPartitions(1, SILENCE);

    @Test
    void shouldMissASourceByItsRecentRateWhenThatIsTheLowest() {
        // Given
        one.hear("alpha", MINUTE, Duration.ofDays(8));
        one.hear("alpha", MINUTE.multipliedBy(20), Duration.ofHours(4));

        // When
        one.stayQuiet(Duration.ofHours(2));

        // Then
        assertThat(one.silent("alpha")).isEmpty();
    }

    @Test
    void shouldTakeNoHourOfAWeekBeforeForARecentOne() {
        // Given
        for (long hour : List.of(0L, 27L, 171L)) {
            one.clockReaches(START_MS + hour * HOUR_MS);
            one.hear("alpha", EVERY_SIX_SECONDS, Duration.ofHours(2));
        }
        one.clockReaches(START_MS + (HeardStore.HOURS + 2) * HOUR_MS);
        one.hear("alpha", MINUTE.multipliedBy(2), Duration.ofHours(1));

        // When
        one.stayQuiet(Duration.ofHours(1));

        // Then
        assertThat(one.silent("alpha")).isEmpty();
    }

    @Test
    void shouldLeaveTheHourOutInWhichASourceWasFirstHeard() {
        // Given
        one.clockReaches(START_MS + 50 * MINUTE_MS);
        one.hear("alpha", EVERY_SIX_SECONDS, Duration.ofHours(23).plusMinutes(15));

        // When
        one.stayQuiet(MINUTE.multipliedBy(17));

        // Then
        assertThat(one.silent("alpha")).containsExactly(0);
    }
}
