package io.foundling.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplayPaceTest {

    private final List<Long> rests = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 5;

    @Test
    void shouldNeverRestWhenNothingIsAsked() throws InterruptedException {
        // Given
        ReplayPace pace = pace(OptionalLong.empty(), OptionalLong.empty());

        // When
        events(pace, 1_000);

        // Then
        assertThat(rests).isEmpty();
    }

    @Test
    void shouldSpreadEventsOverTheSecondAlsoWhenTheClockWraps() throws InterruptedException {
        // Given
        ReplayPace pace = pace(OptionalLong.of(4), OptionalLong.empty());

        // When
        events(pace, 5);

        // Then
        assertThat(rests).containsExactly(250_000_000L, 250_000_000L, 250_000_000L, 250_000_000L);
    }

    @Test
    void shouldPauseBetweenSoManyEventsAndNotCatchUp() throws InterruptedException {
        // Given
        ReplayPace pace = pace(OptionalLong.of(2), OptionalLong.of(2));

        // When
        events(pace, 5);

        // Then
        long pause = Duration.ofSeconds(3).toNanos();
        assertThat(rests).containsExactly(500_000_000L, pause, 500_000_000L, pause);
    }

    @Test
    void shouldSayThatAPauseComesNext() throws InterruptedException {
        // Given
        ReplayPace pace = pace(OptionalLong.empty(), OptionalLong.of(2));
        assertThat(pace.pausesNext()).isFalse();

        // When
        events(pace, 2);

        // Then
        assertThat(pace.pausesNext()).isTrue();
    }

    private ReplayPace pace(OptionalLong perSecond, OptionalLong pauseEvery) {
        return new ReplayPace(perSecond, pauseEvery, Duration.ofSeconds(3), () -> nowNanos, nanos -> {
            rests.add(nanos);
            nowNanos += nanos;
        });
    }

    private static void events(ReplayPace pace, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            pace.await();
        }
    }
}
