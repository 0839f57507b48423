package io.foundling.topology.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which times proofs are noted for. Proves rule T6. */
final class ProofTimeTest {

    private final AtomicLong wallMs = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong(-5);
    private final ProofTime time = new ProofTime(wallMs::get, nanos::get);

    @Test
    void shouldFollowTheWallClockWhenItIsSteady() {
        // Given
        pass(250, 250);

        // When
        long noted = time.noteMs();

        // Then
        assertThat(noted).isEqualTo(1_000_250);
        assertThat(time.skewMs()).isZero();
    }

    @Test
    void shouldNotFollowTheWallClockWhenItStepsForward() {
        // Given
        pass(3_600_250, 250);

        // When
        long noted = time.noteMs();

        // Then
        assertThat(noted).isEqualTo(1_000_250);
        assertThat(time.skewMs()).isEqualTo(3_600_000);
    }

    @Test
    void shouldFollowTheWallClockWhenItStepsBack() {
        // Given
        pass(-3_600_000, 250);

        // When
        long noted = time.noteMs();

        // Then
        assertThat(noted).isEqualTo(1_000_000 - 3_600_000);
        assertThat(time.skewMs()).isEqualTo(-3_600_250);
    }

    @Test
    void shouldNoteTheSteadyTimeAgainWhenTheWallClockStepsBackAndForth() {
        // Given
        pass(-3_600_000, 0);
        time.noteMs();

        // When
        pass(7_200_500, 500);

        // Then
        assertThat(time.noteMs()).isEqualTo(1_000_500);
        assertThat(time.skewMs()).isEqualTo(3_600_000);
    }

    private void pass(long wall, long monotonic) {
        wallMs.addAndGet(wall);
        nanos.addAndGet(monotonic * 1_000_000);
    }
}
