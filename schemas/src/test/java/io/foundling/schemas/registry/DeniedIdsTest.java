package io.foundling.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeniedIdsTest {

    /** Close to the end, because a JVM's nano time may overflow. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private final DeniedIds denied = new DeniedIds(now::get);

    @Test
    void shouldForgetAnIdWhenTenSecondsHavePassed() {
        // Given
        denied.add(7);
        now.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(denied.contains(7)).isTrue();

        // When
        now.incrementAndGet();

        // Then
        assertThat(denied.contains(7)).isFalse();
        assertThat(denied.contains(8)).isFalse();
    }

    @Test
    void shouldForgetTheOldestWhenThereAreTooMany() {
        // When
        for (int id = 0; id <= 1_000; id++) {
            denied.add(id);
        }

        // Then
        assertThat(denied.contains(0)).isFalse();
        assertThat(denied.contains(1)).isTrue();
        assertThat(denied.contains(1_000)).isTrue();
    }
}
