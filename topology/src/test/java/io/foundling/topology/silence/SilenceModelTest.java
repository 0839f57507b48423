package io.foundling.topology.silence;

import static io.foundling.topology.silence.ListeningPartitions.HOUR_MS;
import static io.foundling.topology.silence.ListeningPartitions.MINUTE_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.settings.SilenceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What three partitions know of a source is what the rule says of all times at which it was heard, whatever its rhythm,
 * and whichever partition heard it, lagged or started again. A failure names the seed. Proves rule T27.
 */
final class SilenceModelTest {

    private static final int SEEDS = Math.max(1, Integer.getInteger("scenarios", 200) / 50);
    private static final int PARTITIONS = 3;
    private static final long HISTORY_MS = 6 * HOUR_MS;
    private static final long EVENTS = 20;
    private static final long AFTER_MS = 15 * MINUTE_MS;

    @Test
    void shouldBeWhatTheNaiveRuleSaysWhateverTheRhythm() {
        int silences = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            silences += new Story(seed).play();
        }
        assertThat(silences).as("the seeds must show sources that fall silent").isGreaterThan(SEEDS / 2);
    }

    private static final class Story {

        private final int seed;
        private final Random random;
        private final ListeningPartitions partitions = new ListeningPartitions(
                PARTITIONS, new SilenceSettings(Duration.ofMillis(HISTORY_MS), EVENTS, Duration.ofMillis(AFTER_MS)));
        private final NaiveNorm naive = new NaiveNorm();
        private final boolean[] restsAt = new boolean[24];
        private final double rate;
        private long sinceMs;
        private boolean isStarted = true;
        private boolean isSilent;
        private int silences;

        Story(int seed) {
            this.seed = seed;
            random = new Random(seed);
            rate = List.of(0.05, 0.5, 3.0).get(random.nextInt(3));
            for (int hour = 0; hour < 24; hour++) {
                restsAt[hour] = random.nextInt(4) == 0;
            }
        }

        int play() {
            long stoppedUntilMs = 0;
            for (int minute = 0; minute < 8 * 24 * 60; minute++) {
                if (random.nextInt(2_000) == 0) {
                    stoppedUntilMs = partitions.nowMs() + random.nextInt(30) * HOUR_MS;
                }
                int hour = (int) (partitions.nowMs() / HOUR_MS % 24);
                if (partitions.nowMs() >= stoppedUntilMs && !restsAt[hour]) {
                    hear();
                }
                goOn();
            }
            return silences;
        }

        private void hear() {
            for (double left = rate; random.nextDouble() < left; left--) {
                partitions.hear(random.nextInt(PARTITIONS), "alpha");
                naive.hear(partitions.nowMs());
                isSilent = false;
                reach(partitions.nowMs() + 1 + random.nextInt(2_000));
            }
        }

        /** By the end of a minute, every partition has reported. */
        private void goOn() {
            boolean hasGap = random.nextInt(3_000) == 0;
            reach(partitions.nowMs() + MINUTE_MS + (hasGap ? 1 + random.nextInt((int) HOUR_MS) : 0));
            check();
            if (random.nextInt(3_000) == 0) {
                partitions.restart(random.nextInt(PARTITIONS));
                isStarted = true;
            }
        }

        private void reach(long clockMs) {
            if (isStarted || clockMs - partitions.nowMs() > MINUTE_MS) {
                sinceMs = clockMs;
                isStarted = false;
            }
            partitions.clockReaches(clockMs);
        }

        private void check() {
            boolean expected = isSilent || naive.isSilent(sinceMs, partitions.nowMs(), HISTORY_MS, EVENTS, AFTER_MS);
            silences += expected && !isSilent ? 1 : 0;
            isSilent = expected;
            assertThat(partitions.silent("alpha").size())
                    .as("seed %d at %d", seed, partitions.nowMs())
                    .isEqualTo(expected ? PARTITIONS : 0);
        }
    }
}
