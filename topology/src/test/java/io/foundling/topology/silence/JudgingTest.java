package io.foundling.topology.silence;

import static io.foundling.topology.silence.ListeningPartitions.HOUR_MS;
import static io.foundling.topology.silence.ListeningPartitions.MINUTE_MS;
import static io.foundling.topology.silence.ListeningPartitions.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.settings.SilenceSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many sources are judged in one turn, and on which figures. Proves rules T27 and B6. */
final class JudgingTest {

    private static final Duration EVERY_SIX_SECONDS = Duration.ofSeconds(6);

    private final ListeningPartitions one = new ListeningPartitions(1, SilenceSettings.defaults());

    /**
     * Three sources report for a day and an hour. At the end, which is returned, 13:54 have passed since alpha and gamma
     * were heard, and 13:30 since beta was; from now on a turn has time for one source only.
     */
    private long begin() {
        long dayMs = START_MS + 25 * HOUR_MS;
        while (one.nowMs() < dayMs) {
            List.of("alpha", "beta", "gamma").forEach(source -> one.hear(0, source));
            one.clockReaches(one.nowMs() + EVERY_SIX_SECONDS.toMillis());
        }
        one.clockReaches(dayMs + MINUTE_MS / 2);
        one.hear(0, "beta");
        one.stayQuiet(Duration.ofSeconds(30));
        one.stayQuiet(Duration.ofMinutes(13));
        one.hurry();
        return one.nowMs();
    }

    @Test
    void shouldJudgeTheRestInTheNextTurnsWhenTheTimeOfATurnIsUp() {
        // Given
        one.clockShows(begin() + MINUTE_MS);

        // When
        one.turn();
        one.turn();
        boolean inTwoTurns = !one.silent("gamma").isEmpty();
        one.turn();

        // Then
        assertThat(one.silent("alpha")).containsExactly(0);
        assertThat(inTwoTurns).as("one source in each turn").isFalse();
        assertThat(one.silent("gamma")).containsExactly(0);
    }

    @Test
    void shouldJudgeAllOnTheSameFiguresAndThenAllAgainOnWhatWasReportedMeanwhile() {
        // Given
        long beganMs = begin();

        // When
        one.clockShows(beganMs + MINUTE_MS);
        one.turn();
        one.clockShows(beganMs + 2 * MINUTE_MS);
        one.turn();
        one.turn();
        boolean onLaterFigures = !one.silent("beta").isEmpty();
        one.turn();
        one.turn();

        // Then
        assertThat(one.silent("gamma")).containsExactly(0);
        assertThat(onLaterFigures).isFalse();
        assertThat(one.silent("beta")).containsExactly(0);
    }

    @Test
    void shouldLookAtAQuietSourceOnlyOnceItCanBeMissed() {
        // Given
        for (int day = 0; day < 2; day++) {
            one.clockReaches(START_MS + day * 24 * HOUR_MS + 9 * HOUR_MS);
            one.hear("office", EVERY_SIX_SECONDS, Duration.ofHours(8));
        }
        one.stayQuiet(Duration.ofMinutes(1));
        one.store(0).beginCounting();

        // When
        one.stayQuiet(Duration.ofHours(6));

        // Then
        int looks = 6 * 4;
        int entries = 3 + 2 * 7;
        assertThat(one.store(0).accesses()).isBetween(looks, looks * entries);
    }

    @Test
    void shouldMissASourceThatRestedForDaysAndReportsAgain() {
        // Given
        ListeningPartitions partitions =
                new ListeningPartitions(1, new SilenceSettings(Duration.ofDays(1), 10, Duration.ofMinutes(15)));
        for (int day = 0; day < 12; day++) {
            partitions.clockReaches(START_MS + day * 24 * HOUR_MS + 9 * HOUR_MS);
            if (day % 7 < 5) {
                partitions.hear("office", Duration.ofMinutes(1), Duration.ofHours(8));
            }
        }
        partitions.stayQuiet(Duration.ofDays(2).plusHours(16));
        boolean atTheWeekend = !partitions.silent("office").isEmpty();

        // When
        partitions.hear("office", Duration.ofMinutes(1), Duration.ofHours(8));
        partitions.stayQuiet(Duration.ofHours(16));
        partitions.hear("office", Duration.ofMinutes(1), Duration.ofHours(3));
        partitions.stayQuiet(Duration.ofMinutes(17));

        // Then
        assertThat(atTheWeekend).isFalse();
        assertThat(partitions.silent("office")).containsExactly(0);
    }
}
