package io.foundling.topology.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IntervalTest {

    private final Interval interval = new Interval(1_000);

    @Test
    void shouldBeOverUntilItBegins() {
        assertThat(interval.isOver(Long.MIN_VALUE)).isTrue();
        assertThat(interval.next(5)).isTrue();
        assertThat(interval.next(5)).isFalse();
    }

    @Test
    void shouldBeOverOnceItsTimeHasPassed() {
        // When
        interval.begin(5_000);

        // Then
        assertThat(interval.isOver(5_999)).isFalse();
        assertThat(interval.isOver(6_000)).isTrue();
        assertThat(interval.elapsedMs(6_000)).isEqualTo(1_000);
    }

    @Test
    void shouldBeOverWhenTheWallClockWasSetBack() {
        // When
        interval.begin(5_000);

        // Then
        assertThat(interval.isOver(5_000)).isFalse();
        assertThat(interval.isOver(4_999)).isTrue();
        assertThat(interval.elapsedMs(4_999)).isZero();
    }
}
