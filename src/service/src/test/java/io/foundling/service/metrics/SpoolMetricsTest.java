package io.foundling.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.LossReason;
import io.foundling.client.RecorderGauges;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** What is seen of a spool. */
final class SpoolMetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final IntakeMetrics metrics = new IntakeMetrics(registry);

    @Test
    void shouldShowTheBytesOfTheSpoolWhileTheRecorderRuns() {
        // Given
        double before = bytes();

        // When
        metrics.spool().started(new Held(1, 2, 4096));
        double during = bytes();
        metrics.spool().stopped();

        // Then
        assertThat(before).isZero();
        assertThat(during).isEqualTo(4096);
        assertThat(bytes()).isZero();
    }

    @Test
    void shouldCountWhatIsDeliveredAndWhatIsLost() {
        // When
        metrics.spool().written();
        metrics.spool().lost(LossReason.SPOOL_DAMAGED, 3);

        // Then
        assertThat(registry.get("foundling_intake_delivered_events_total")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("foundling_intake_lost_events_total")
                        .tag("reason", "spool_damaged")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    private double bytes() {
        return registry.get("foundling_intake_spool_bytes").gauge().value();
    }

    private record Held(long queuedEvents, long queuedBytes, long spooledBytes) implements RecorderGauges {}
}
