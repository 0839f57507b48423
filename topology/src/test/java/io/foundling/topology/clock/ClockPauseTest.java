package io.foundling.topology.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockPauseTest {

    private static final long NOW_MS = 1_700_000_000_000L;

    private final ClockPause pause = new ClockPause(Duration.ofSeconds(5), Duration.ofSeconds(30));

    @Test
    void shouldBePausedFromOneMillisecondBeyondLagAndLimit() {
        assertThat(pause.isPaused(NOW_MS, NOW_MS)).isFalse();
        assertThat(pause.isPaused(NOW_MS - 35_000, NOW_MS)).isFalse();
        assertThat(pause.isPaused(NOW_MS - 35_001, NOW_MS)).isTrue();
        assertThat(pause.isPaused(0, NOW_MS)).isTrue();
    }

    @Test
    void shouldNotBePausedWhenTheLimitIsAsLongAsADurationCanBe() {
        // Given
        ClockPause endless = new ClockPause(Duration.ofDays(36_500), Duration.ofMillis(Long.MAX_VALUE));

        // When
        // Then
        assertThat(endless.isPaused(0, NOW_MS)).isFalse();
    }

    @Test
    void shouldSayHowFarAClockIsBehindBeyondTheAllowedLag() {
        assertThat(pause.behindMs(NOW_MS - 7_000, NOW_MS)).isEqualTo(2_000);
        assertThat(pause.behindMs(NOW_MS, NOW_MS)).isEqualTo(-5_000);
    }
}
