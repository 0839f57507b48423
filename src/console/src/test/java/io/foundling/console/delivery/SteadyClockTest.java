package io.foundling.console.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private final FakeClock wall = new FakeClock();
    private final AtomicLong ticksMs = new AtomicLong();
    private final SteadyClock clock = new SteadyClock(wall, ticksMs::get);

    @Test
    void shouldFollowTheWallClockWhenTheProcessWasSuspended() {
        // When
        wall.passes(Duration.ofHours(1));

        // Then
        assertThat(clock.instant()).isEqualTo(FakeClock.START.plus(Duration.ofHours(1)));
    }

    @Test
    void shouldGoOnWhenTheWallClockIsSetBack() {
        // Given
        ticksMs.set(7);
        wall.passes(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(FakeClock.START.plusMillis(7));

        // When
        wall.passes(Duration.ofMillis(5));

        // Then
        assertThat(clock.instant()).isEqualTo(FakeClock.START.plusMillis(12));
    }

    @Test
    void shouldGoOnByTheTicksSinceTheLastLookWhenTheWallClockIsSetBack() {
        // Given
        ticksMs.set(1_000);
        wall.passes(Duration.ofMillis(1_000));
        long before = clock.millis();

        // When
        ticksMs.set(1_005);
        wall.passes(Duration.ofHours(-1));

        // Then
        assertThat(clock.millis()).isEqualTo(before + 5);
    }
}
