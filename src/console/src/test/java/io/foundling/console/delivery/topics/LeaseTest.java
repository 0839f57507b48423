package io.foundling.console.delivery.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private final FakeClock clock = new FakeClock();
    private final Lease lease = new Lease(15_000, clock);

    @Test
    void shouldEndAfterASession() {
        // Given
        clock.passes(Duration.ofMillis(15_000));
        assertThat(lease.isValid()).isTrue();

        // When
        clock.passes(Duration.ofMillis(1));

        // Then
        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void shouldBeginAnewWhenItIsRenewed() {
        // Given
        clock.passes(Duration.ofHours(1));

        // When
        lease.renew();

        // Then
        assertThat(lease.isValid()).isTrue();
    }
}
