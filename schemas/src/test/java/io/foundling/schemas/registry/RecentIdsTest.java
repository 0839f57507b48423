package io.foundling.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentIdsTest {

    /** Close to the end, because a JVM's nano time may overflow. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private final RecentIds<String> ids = new RecentIds<>(now::get, Duration.ofSeconds(10));

    @Test
    void shouldForgetAnIdWhenTenSecondsHavePassed() {
        // Given
        ids.add(7, "denied");
        now.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(ids.of(7)).contains("denied");

        // When
        now.incrementAndGet();

        // Then
        assertThat(ids.of(7)).isEmpty();
        assertThat(ids.of(8)).isEmpty();
    }

    @Test
    void shouldForgetTheOldestWhenThereAreTooMany() {
        // When
        for (int id = 0; id <= 1_000; id++) {
            ids.add(id, "denied");
        }

        // Then
        assertThat(ids.of(0)).isEmpty();
        assertThat(ids.of(1)).contains("denied");
        assertThat(ids.of(1_000)).contains("denied");
    }
}
