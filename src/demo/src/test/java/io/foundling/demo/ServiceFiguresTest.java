package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceFiguresTest {

    @Test
    void shouldAddUpEventsAndTakeTheSlowestClockWhenThereAreSeveralSeries() {
        // When
        ServiceFigures figures = ServiceFigures.of("""
                # TYPE foundling_events_total counter
                foundling_events_total{result="applied",topic="audit.events"} 12.0
                foundling_events_total{result="duplicate",topic="audit.events"} 3.0
                foundling_out_of_step_total{source="bank"} 2.0
                foundling_out_of_step_total{source="university"} 4.0
                foundling_audit_clock_lag_seconds{task="0_0"} 1.25
                foundling_audit_clock_lag_seconds{task="0_1"} 1.5
                foundling_warnings_total 4.0
                """);

        // Then
        assertThat(figures).isEqualTo(new ServiceFigures(15, 3, 6, 1.5));
    }
}
