package io.foundling.client.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.LossReason;
import io.foundling.client.RecorderGauges;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecorderStateTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private long now = Long.MAX_VALUE - MINUTE / 2; // The clock may overflow.
    private long waiting;
    private final RecorderState state = new RecorderState(() -> now);

    @Test
    void shouldBeUpWithoutARecorderAndWithoutEvents() {
        assertThat(state.look().up()).isTrue();
        state.started(gauges());
        now += 10 * MINUTE;
        assertThat(state.look().up()).isTrue();
        assertThat(state.look().details()).containsEntry("queuedEvents", 0L).containsEntry("lost", 0L);
    }

    @Test
    void shouldBeDownWhenEventsWaitAndNoneIsWrittenForAMinute() {
        // Given
        state.started(gauges());
        waiting = 5;
        assertThat(state.look().up()).isTrue();

        // When, then
        now += MINUTE - 1;
        assertThat(state.look().up()).isTrue();
        now += 1;
        assertThat(state.look().details())
                .containsEntry("queuedEvents", 5L)
                .containsEntry("problem", "events wait, and none was written for a minute; broker or registry is away");
        state.written();
        assertThat(state.look().up()).isTrue();
    }

    @Test
    void shouldBeUpWhenTheFirstLookAfterALongIdleTimeMeetsAnEvent() {
        // Given
        state.started(gauges());
        assertThat(state.look().up()).isTrue();
        now += 10 * MINUTE;
        waiting = 1;

        // When, then
        assertThat(state.look().up()).isTrue();
        now += MINUTE - 1;
        assertThat(state.look().up()).isTrue();
        now += 1;
        assertThat(state.look().up()).isFalse();
    }

    @Test
    void shouldBeDownForAMinuteFromTheFirstLookThatSeesALoss() {
        // Given
        state.started(gauges());
        state.lost(LossReason.QUEUE_FULL, 3);
        now += 10 * MINUTE;

        // When, then
        assertThat(state.look().up()).isFalse();
        now += MINUTE - 1;
        assertThat(state.look().details()).containsEntry("lost", 3L).containsKey("problem");
        now += 1;
        assertThat(state.look().up()).isTrue();
        state.stopped();
        assertThat(state.look().up()).isTrue();
    }

    private RecorderGauges gauges() {
        return new RecorderGauges() {
            @Override
            public long queuedEvents() {
                return waiting;
            }

            @Override
            public long queuedBytes() {
                return 0;
            }

            @Override
            public long spooledBytes() {
                return 0;
            }
        };
    }
}
