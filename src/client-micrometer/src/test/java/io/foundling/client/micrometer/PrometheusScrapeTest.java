package io.foundling.client.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.LossReason;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class PrometheusScrapeTest {

    @Test
    void shouldShowEveryMeterWhenItIsScraped() {
        // Given
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MicrometerRecorderMetrics metrics = new MicrometerRecorderMetrics(registry, Tags.of("service", "declarations"));
        metrics.started(new HeldEvents(1, 2048, 4096));
        metrics.recorded();
        metrics.lost(LossReason.TOO_LARGE, 2);

        // When
        String scraped = registry.scrape();

        // Then
        assertThat(scraped.lines().filter(line -> !line.startsWith("#")))
                .containsExactlyInAnyOrder(
                        "foundling_recorder_recorded_total{service=\"declarations\"} 1.0",
                        "foundling_recorder_written_total{service=\"declarations\"} 0.0",
                        "foundling_recorder_retried_total{service=\"declarations\"} 0.0",
                        "foundling_recorder_lost_total{reason=\"queue_full\",service=\"declarations\"} 0.0",
                        "foundling_recorder_lost_total{reason=\"interrupted\",service=\"declarations\"} 0.0",
                        "foundling_recorder_lost_total{reason=\"too_large\",service=\"declarations\"} 2.0",
                        "foundling_recorder_lost_total{reason=\"invalid\",service=\"declarations\"} 0.0",
                        "foundling_recorder_lost_total{reason=\"refused\",service=\"declarations\"} 0.0",
                        "foundling_recorder_lost_total{reason=\"spool_damaged\",service=\"declarations\"} 0.0",
                        "foundling_recorder_lost_total{reason=\"closed\",service=\"declarations\"} 0.0",
                        "foundling_recorder_lost_total{reason=\"failed\",service=\"declarations\"} 0.0",
                        "foundling_recorder_queue_events{service=\"declarations\"} 1.0",
                        "foundling_recorder_queue_bytes{service=\"declarations\"} 2048.0",
                        "foundling_recorder_spool_bytes{service=\"declarations\"} 4096.0");
    }
}
