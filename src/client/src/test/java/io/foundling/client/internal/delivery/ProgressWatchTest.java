package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {

    private static final Object FIRST = "first";
    private static final Object SECOND = "second";

    private long nanos;
    private final ProgressWatch watch = new ProgressWatch(Duration.ofNanos(10), () -> nanos);

    @Test
    void shouldFindAStallWhenTheSameEventHasNoAnswerForTheWholeLimit() {
        assertThat(stalledAt(0, FIRST)).isFalse();
        assertThat(stalledAt(9, FIRST)).isFalse();
        assertThat(stalledAt(10, FIRST)).isTrue();
    }

    @Test
    void shouldBeginAgainAfterAStall() {
        stalledAt(0, FIRST);
        stalledAt(10, FIRST);

        assertThat(stalledAt(19, FIRST)).isFalse();
        assertThat(stalledAt(20, FIRST)).isTrue();
    }

    @Test
    void shouldFindNoneWhileAnotherEventIsTheOldest() {
        stalledAt(0, FIRST);

        assertThat(stalledAt(9, SECOND)).isFalse();
        assertThat(stalledAt(18, SECOND)).isFalse();
        assertThat(stalledAt(19, SECOND)).isTrue();
    }

    @Test
    void shouldNotCountTheTimeInWhichNothingWaits() {
        stalledAt(0, FIRST);
        stalledAt(1, null);

        assertThat(stalledAt(100, null)).isFalse();
        assertThat(stalledAt(101, FIRST)).isFalse();
        assertThat(stalledAt(110, FIRST)).isFalse();
    }

    @Test
    void shouldNeverFindOneWhenTheLimitIsZero() {
        ProgressWatch never = new ProgressWatch(Duration.ZERO, () -> nanos);
        never.isStalled(FIRST);
        nanos = Long.MAX_VALUE / 2;

        assertThat(never.isStalled(FIRST)).isFalse();
    }

    private boolean stalledAt(long now, Object oldest) {
        nanos = now;
        return watch.isStalled(oldest);
    }
}
