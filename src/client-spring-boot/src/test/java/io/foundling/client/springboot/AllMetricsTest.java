package io.foundling.client.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.LossReason;
import io.foundling.client.RecorderMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllMetricsTest {

    @Test
    void shouldCallTheOthersWhenOneThrows() {
        // Given
        InMemoryRecorderMetrics later = new InMemoryRecorderMetrics();
        AllMetrics all = new AllMetrics(List.of(new Broken(), later));

        // When
        all.recorded();
        all.written();
        all.lost(LossReason.QUEUE_FULL, 3);
        all.retried();

        // Then
        assertThat(later.recordedEvents()).isEqualTo(1);
        assertThat(later.writtenEvents()).isEqualTo(1);
        assertThat(later.lostEvents()).isEqualTo(3);
        assertThat(later.retries()).isEqualTo(1);
    }

    private static final class Broken implements RecorderMetrics {

        @Override
        public void recorded() {
            throw new IllegalStateException("recorded");
        }

        @Override
        public void written() {
            throw new IllegalStateException("written");
        }

        @Override
        public void lost(LossReason reason, long events) {
            throw new IllegalStateException("lost");
        }

        @Override
        public void retried() {
            throw new IllegalStateException("retried");
        }
    }
}
