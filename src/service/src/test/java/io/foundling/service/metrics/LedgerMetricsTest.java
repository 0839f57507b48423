package io.foundling.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.ViolationType;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.store.Tally;
import io.foundling.topology.store.WithoutIds;
import io.foundling.topology.task.EventResult;
import io.micrometer.core.instrument.Gauge;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LedgerMetricsTest {

    private final AtomicLong wallMs = new AtomicLong(1_000_000);
    private final InstantSource wallClock = () -> Instant.ofEpochMilli(wallMs.get());
    private final ServiceMetrics service = new ServiceMetrics("1.2.3", KafkaMetrics.USED);
    private final LedgerMetrics metrics = new LedgerMetrics(service.registry(), List.of("audit.events"), wallClock);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void shouldCountWhatTheLedgerTells() {
        // When
        metrics.eventRead("audit.events", EventResult.APPLIED);
        metrics.eventRead("audit.events", EventResult.APPLIED);
        metrics.eventRead("other.events", EventResult.WITHOUT_ID);
        metrics.deadLetter("WRONG_PARTITION");
        metrics.violation(ViolationType.CONFLICTING_OUTCOME);
        metrics.outOfStep("university", 2);
        metrics.outOfStep("university", 1);
        metrics.warningEmitted();
        metrics.recovered();
        metrics.withdrawn();
        metrics.expiriesSwept(3, 2_000_000_000);
        metrics.entryFailed();
        metrics.gap("audit.events", 2, 41);
        metrics.gap("audit.events", 2, 1);
        metrics.counts().committed();

        // Then
        assertThat(service.scrape())
                .contains("foundling_events_total{result=\"applied\",topic=\"audit.events\"} 2.0")
                .contains("foundling_events_total{result=\"without_id\",topic=\"other.events\"} 1.0")
                .contains("foundling_dead_letters_total{reason=\"wrong_partition\"} 1.0")
                .contains("foundling_violations_total{type=\"conflicting_outcome\"} 1.0")
                .contains("foundling_out_of_step_total{source=\"university\"} 3.0")
                .contains("foundling_warnings_total 1.0")
                .contains("foundling_recoveries_total 1.0")
                .contains("foundling_withdrawals_total 1.0")
                .contains("foundling_expiries_total 3.0")
                .contains("foundling_sweep_seconds_count 1")
                .contains("foundling_sweep_seconds_sum 2.0")
                .contains("foundling_expiry_failures_total 1.0")
                .contains("foundling_gap_offsets_total{partition=\"2\",topic=\"audit.events\"} 42.0");
    }

    @Test
    void shouldCountWhatIsSettledAndAlerted() {
        // When
        metrics.closureSent();
        metrics.closureRead();
        metrics.closureRead();
        metrics.expectedSent();
        metrics.expectedSent();
        metrics.expectedRevoked();
        metrics.expectedLeftOut();
        metrics.membersSettled(2_000);
        metrics.membersSettled(0);
        metrics.settlement(false);
        metrics.settlement(true);
        metrics.settlement(true);
        metrics.alert(AlertType.SETTLEMENT, AlertStatus.FIRING);
        metrics.alert(AlertType.SETTLEMENT, AlertStatus.RESOLVED);
        metrics.alert(AlertType.STALE_SCOPE, AlertStatus.FIRING);
        metrics.counts().committed();

        // Then
        assertThat(service.scrape())
                .contains("foundling_closures_total{change=\"sent\"} 1.0")
                .contains("foundling_closures_total{change=\"read\"} 2.0")
                .contains("foundling_expectations_total{change=\"sent\"} 2.0")
                .contains("foundling_expectations_total{change=\"revoked\"} 1.0")
                .contains("foundling_expectations_total{change=\"left-out\"} 1.0")
                .contains("foundling_members_settled_total 2000.0")
                .contains("foundling_settlements_total{change=\"first\"} 1.0")
                .contains("foundling_settlements_total{change=\"corrected\"} 2.0")
                .contains("foundling_alerts_total{status=\"firing\",type=\"settlement\"} 1.0")
                .contains("foundling_alerts_total{status=\"resolved\",type=\"settlement\"} 1.0")
                .contains("foundling_alerts_total{status=\"firing\",type=\"stale_scope\"} 1.0");
    }

    @Test
    void shouldShowASourceWhileATaskOfThisInstanceKnowsThatItIsSilent() {
        // Given
        metrics.silent("0_0", "university", true);
        metrics.silent("0_1", "university", true);
        metrics.silent("0_1", "library", true);
        String both = service.scrape();

        // When
        metrics.silent("0_0", "university", false);
        metrics.taskClosed("0_1");

        // Then
        assertThat(both)
                .contains("foundling_silent_sources{source=\"university\"} 2.0")
                .contains("foundling_silent_sources{source=\"library\"} 1.0");
        assertThat(service.scrape()).doesNotContain("foundling_silent_sources{");
    }

    /** What an aborted transaction did is done again. */
    @Test
    void shouldCountOnceWhatIsDoneAgainAfterAnAbort() {
        // Given
        metrics.warningEmitted();
        metrics.gap("audit.events", 2, 41);
        metrics.counts().aborted();

        // When
        metrics.warningEmitted();
        metrics.gap("audit.events", 2, 41);
        String before = service.scrape();
        metrics.counts().committed();
        metrics.counts().committed();

        // Then
        assertThat(before).contains("foundling_warnings_total 0.0");
        assertThat(service.scrape())
                .contains("foundling_warnings_total 1.0")
                .contains("foundling_gap_offsets_total{partition=\"2\",topic=\"audit.events\"} 41.0");
    }

    @Test
    void shouldKeepTheCountsOfThreadsApart() throws InterruptedException {
        // Given
        metrics.warningEmitted();
        Thread other = new Thread(() -> {
            metrics.warningEmitted();
            metrics.counts().aborted();
        });
        other.start();
        other.join();

        // When
        metrics.counts().committed();

        // Then
        assertThat(service.scrape()).contains("foundling_warnings_total 1.0");
    }

    @Test
    void shouldStartAtZeroWhenNothingHappenedYet() {
        assertThat(service.scrape())
                .contains("foundling_events_total{result=\"dead_letter\",topic=\"audit.events\"} 0.0")
                .contains("foundling_violations_total{type=\"too_late\"} 0.0")
                .contains("foundling_settlements_total{change=\"first\"} 0.0")
                .contains("foundling_alerts_total{status=\"firing\",type=\"clock\"} 0.0")
                .contains("foundling_warnings_total 0.0");
    }

    @Test
    void shouldShowTheFiguresOfATaskUntilItIsClosed() {
        // Given
        metrics.clock("0_2", wallMs.get());
        metrics.tally("0_1", "university", "declaration", new Tally(5, 5, 0, 0, 0, 0, 2, 0));
        metrics.tally("0_1", "university", "declaration", new Tally(7, 4, 3, 0, 0, 1, 2, 0));
        metrics.tally("0_2", "university", "declaration", new Tally(1, 1, 0, 0, 0, 0, 1, 0));
        String before = service.scrape();

        // When
        metrics.taskClosed("0_1");
        metrics.taskClosed("0_9");

        // Then
        assertThat(before)
                .contains("foundling_known_subjects{source=\"university\",stage=\"declaration\",task=\"0_1\"} 7.0")
                .contains("foundling_orphans{source=\"university\",stage=\"declaration\"} 3.0");
        assertThat(service.scrape())
                .doesNotContain("0_1")
                .contains("task=\"0_2\"} 1.0")
                .contains("foundling_orphans{source=\"university\",stage=\"declaration\"} 1.0")
                .contains("foundling_audit_clock_lag_seconds{task=\"0_2\"}");
    }

    @Test
    void shouldAddUpToTheKnownSubjects() {
        // When
        metrics.tally("0_1", "university", "declaration", new Tally(10, 4, 3, 2, 1, 1, 2, 0));

        // Then
        double sum = service.registry().find("foundling_subjects").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
        assertThat(sum).isEqualTo(10);
        assertThat(service.scrape()).contains("foundling_known_subjects{").doesNotContain("bucket=\"known\"");
    }

    @Test
    void shouldShowHowManyAlertsFireWhileATaskSaysSo() {
        // Given
        metrics.alertsFiring("1_0", AlertType.SETTLEMENT, 2);
        metrics.alertsFiring("1_1", AlertType.SETTLEMENT, 0);

        // When
        String before = service.scrape();
        metrics.taskClosed("1_0");

        // Then
        assertThat(before)
                .contains("foundling_alerts_firing{type=\"settlement\"} 2.0")
                .as("an alerts task has no audit clock")
                .doesNotContain("foundling_audit_clock_lag_seconds{");
        assertThat(service.scrape()).contains("foundling_alerts_firing{type=\"settlement\"} 0.0");
        metrics.taskClosed("1_1");
        assertThat(service.scrape()).doesNotContain("foundling_alerts_firing{");
    }

    @Test
    void shouldShowEventsWithoutIdByWhatTheySaid() {
        // When
        metrics.withoutId("0_1", new WithoutIds.EventOrigin("university", "declaration", "Deferred"), 2);
        metrics.withoutId("0_2", new WithoutIds.EventOrigin("university", "declaration", "Deferred"), 3);

        // Then
        assertThat(service.scrape())
                .contains("foundling_events_without_id{"
                        + "body=\"deferred\",source=\"university\",stage=\"declaration\"} 5.0");
    }

    @Test
    void shouldShowATaskAgainWhenItComesBack() {
        // Given
        metrics.clock("0_1", wallMs.get());
        metrics.taskClosed("0_1");

        // When
        metrics.clock("0_1", wallMs.get() - 9_000);

        // Then
        assertThat(service.scrape()).contains("foundling_audit_clock_lag_seconds{task=\"0_1\"} 9.0");
    }

    @Test
    void shouldShowHowFarTheAuditClockIsBehind() {
        // Given
        metrics.clock("0_1", wallMs.get() - 5_000);

        // When
        wallMs.addAndGet(2_500);

        // Then
        assertThat(service.scrape()).contains("foundling_audit_clock_lag_seconds{task=\"0_1\"} 7.5");
    }

    @Test
    void shouldCountTheLagFromTheStartOfTheTaskWhenItsClockIsUnset() {
        // Given
        metrics.clock("0_1", AuditClock.UNSET);

        // When
        wallMs.addAndGet(60_000);
        metrics.clock("0_1", AuditClock.UNSET);

        // Then
        assertThat(service.scrape()).contains("foundling_audit_clock_lag_seconds{task=\"0_1\"} 60.0");
    }
}
