package io.foundling.console.delivery.topics;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static final long MINUTE_MS = Failures.LASTS.toMillis();

    private final Failures failures = new Failures();

    @Test
    void shouldWaitLongerWhenServingFailsAgainWithinAMinute() {
        // Given
        assertThat(failures.add(new IllegalStateException())).isEqualTo(1_000);
        failures.none(MINUTE_MS - 1, false);

        // Then
        assertThat(failures.add(new IllegalStateException())).isEqualTo(2_000);
    }

    @Test
    void shouldBeginAnewWhenNothingFailedForAMinute() {
        // Given
        failures.add(new IllegalStateException());

        // When
        failures.none(MINUTE_MS, false);

        // Then
        assertThat(failures.add(new IllegalStateException())).isEqualTo(1_000);
    }

    @Test
    void shouldBeginAnewWhenProgressWasWritten() {
        // Given
        failures.add(new IllegalStateException());

        // When
        failures.none(0, true);

        // Then
        assertThat(failures.add(new IllegalStateException())).isEqualTo(1_000);
    }

    @Test
    void shouldWaitLongerWhenAProcessOfTheSameNameShutsThisOneOutAgain() {
        // Given
        failures.add(new FencedInstanceIdException("a"));
        failures.none(MINUTE_MS, true);
        assertThat(failures.add(new FencedInstanceIdException("a"))).isEqualTo(2_000);

        // When
        failures.none(Failures.LASTS_AFTER_FENCING.toMillis(), false);

        // Then
        assertThat(failures.add(new IllegalStateException())).isEqualTo(1_000);
        failures.none(MINUTE_MS, false);
        assertThat(failures.add(new IllegalStateException())).isEqualTo(1_000);
    }
}
