package io.foundling.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.task.DropReport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Proves what rule A5 says of the figure of dropped events. */
final class DroppedCountsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DroppedCounts counts = new DroppedCounts(registry);

    @Test
    void shouldCountWhatAReporterSaysInManyPartitionsOnce() {
        // When
        say("pod-1", 2, 10, 100);
        say("pod-1", 5, 20, 200);
        say("pod-1", 5, 20, 200);
        say("pod-1", 2, 11, 101);

        // Then
        assertThat(sum("bank")).isEqualTo(5);
    }

    @Test
    void shouldAddUpReportersOfASourceAndKeepSourcesApart() {
        // When
        say("pod-1", 2, 10, 100);
        say("pod-2", 3, 10, 100);
        counts.add(new DropReport("bank", "other-service", "pod-1", 4, 10, 100));
        counts.add(new DropReport("university", "declarations", "pod-1", 7, 10, 100));

        // Then
        assertThat(sum("bank")).isEqualTo(9);
        assertThat(sum("university")).isEqualTo(7);
    }

    @Test
    void shouldAddWhatAReporterDropsAfterItStartedAgain() {
        // When
        say("pod-1", 5, 10, 100);
        say("pod-1", 0, 11, 101);
        say("pod-1", 0, 12, 102);
        say("pod-1", 5, 13, 103);

        // Then
        assertThat(sum("bank")).isEqualTo(10);
    }

    @Test
    void shouldCountNothingAgainWhenASpoolIsSentLater() {
        // When
        say("pod-1", 5, 10, 100);
        say("pod-1", 3, 10, 101);
        say("pod-1", 3, 9, 102);

        // Then
        assertThat(sum("bank")).isEqualTo(5);
    }

    @Test
    void shouldCountNothingAgainWhenAnotherPartitionIsReadLater() {
        // When
        say("pod-1", 5, 10, 100);
        say("pod-1", 3, 11, 100);
        say("pod-1", 3, 11, 99);

        // Then
        assertThat(sum("bank")).isEqualTo(5);
    }

    @Test
    void shouldShowNoSeriesWhenNothingWasDropped() {
        // When
        say("pod-1", 0, 10, 100);

        // Then
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void shouldKeepTheFigureWhenReportersAreForgotten() {
        // Given
        say("first", 5, 10, 100);

        // When
        for (int i = 0; i < DroppedCounts.MAX_REPORTERS; i++) {
            say("pod-" + i, 1, 10, 100);
        }
        say("first", 5, 10, 100);

        // Then
        assertThat(sum("bank")).isEqualTo(DroppedCounts.MAX_REPORTERS + 10);
    }

    @Test
    void shouldNotOverflow() {
        // When
        say("pod-1", Long.MAX_VALUE, 10, 100);
        say("pod-2", Long.MAX_VALUE, 10, 100);

        // Then
        assertThat(sum("bank")).isEqualTo(Long.MAX_VALUE);
    }

    private void say(String instance, long dropped, long occurredAtMs, long appendedAtMs) {
        counts.add(new DropReport("bank", "declarations", instance, dropped, occurredAtMs, appendedAtMs));
    }

    private double sum(String source) {
        return registry.get("foundling_dropped_events")
                .tag("source", source)
                .gauge()
                .value();
    }
}
