package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of events that Spark 3.5.6 really sent with openlineage-spark 1.53.0. They were recorded with its
 * transport {@code file}, moved to another day, and stripped of paths, hosts, schemas and settings.
 */
class RecordedSparkTest {

    private static final Instant LATER = Instant.parse("2026-01-05T12:30:00Z");
    private static final String INSERT = "nightly.execute_insert_into_hadoop_fs_relation_command.";
    private static final LedgerSettings SETTINGS = Settings.of(LedgerSettings.defaults("audit.events", 1))
            .policies(Settings.anything("runs", Duration.ofHours(1), Duration.ZERO));

    private final LedgerHarness ledger = LedgerHarness.of(SETTINGS);

    @AfterEach
    void stop() {
        ledger.close();
    }

    private static String run(String job, String id) {
        return "operation/spark-prod/" + job + "/" + id;
    }

    private Status job(String job) {
        return ledger.dispositions().get("scope/spark-prod/" + job + "/job").getStatus();
    }

    private void reach(Instant time) {
        ledger.bothReach(time);
        ledger.bothReach(time.plusSeconds(1));
    }

    @Test
    void shouldFollowTheExecutionsOfAnApplication() {
        // Given: two executions that write, and two jobs that only read
        String application = run("nightly", "01a22e9b-7433-70e7-bb26-13d74551caf3");
        String sums = run("nightly.adaptive_spark_plan.data_sums", "01a22e9b-9ede-768b-b3d4-ab90461fb8c0");

        // When
        RecordedEvents.send(ledger, RecordedEvents.of("spark-two"));
        reach(LATER);

        // Then
        assertThat(RecordedEvents.statuses(ledger))
                .containsOnly(
                        Map.entry(application, Status.COMPLETED),
                        Map.entry(
                                run(INSERT + "data_orders", "01a22e9b-889f-798b-bc01-51a62fb911e0"), Status.COMPLETED),
                        Map.entry(sums, Status.COMPLETED),
                        Map.entry("scope/spark-prod/nightly/job", Status.COMPLETED),
                        Map.entry("scope/spark-prod/" + INSERT + "data_orders/job", Status.COMPLETED),
                        Map.entry("scope/spark-prod/nightly.adaptive_spark_plan.data_sums/job", Status.COMPLETED));
        assertThat(ledger.dispositions().get(sums).getCounts()).containsEntry("rowsWritten", 3L);
        Settlement settlement = ledger.settlements().get(application + "/1");
        assertThat(settlement.getMissing()).isEmpty();
        assertThat(ledger.orphans()).isEmpty();
        assertThat(ledger.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark-fail", "spark-caught"})
    void shouldLeaveAnExecutionFailedAlthoughItsEndIsReportedAsComplete(String recorded) {
        // When
        RecordedEvents.send(ledger, RecordedEvents.of(recorded));
        reach(LATER);

        // Then
        Disposition failed = ledger.dispositions().get("scope/spark-prod/" + INSERT + "data_failed/job");
        assertThat(failed.getStatus()).isEqualTo(Status.FAILED);
        assertThat(failed.getReason())
                .startsWith("java.lang.IllegalStateException: no rate for order 700 (Job aborted due to stage failure");
        assertThat(job("nightly")).isEqualTo(Status.COMPLETED);
        assertThat(ledger.orphans()).isEmpty();
        assertThat(ledger.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLeaveAnExecutionFailedAlthoughItsFailureIsStampedLater(boolean isFailureFirst) {
        // Given: FAIL is stamped 2 ms after COMPLETE
        List<String> events = new ArrayList<>(RecordedEvents.of("spark-fail"));
        events.set(3, events.get(3).replace("12:00:09.108", "12:00:09.191"));
        Collections.swap(events, isFailureFirst ? 4 : 3, 4);

        // When
        RecordedEvents.send(ledger, events);
        reach(LATER);

        // Then
        assertThat(job(INSERT + "data_failed")).isEqualTo(Status.FAILED);
        assertThat(ledger.orphans()).isEmpty();
        assertThat(ledger.violations()).isEmpty();
    }

    @Test
    void shouldFollowAnApplicationThatStartsAgainWithTheSameId() {
        // Given: spark.openlineage.applicationRunId is set, and the application is started once more
        List<String> once = RecordedEvents.of("spark-two").stream()
                .filter(event -> event.contains("\"APPLICATION\""))
                .toList();
        List<String> events = new ArrayList<>(once);
        once.forEach(event -> events.add(event.replace("2026-01-05T12:0", "2026-01-05T12:2")));

        // When
        RecordedEvents.send(ledger, events);
        reach(LATER.plus(Duration.ofHours(2)));

        // Then
        Disposition application = ledger.dispositions().get(run("nightly", "01a22e9b-7433-70e7-bb26-13d74551caf3"));
        assertThat(application.getAttempt()).isEqualTo(2);
        assertThat(application.getStatus()).isEqualTo(Status.COMPLETED);
        assertThat(ledger.orphans()).isEmpty();
        assertThat(ledger.violations()).isEmpty();
    }

    @Test
    void shouldFindAFailureThatSparkDoesNotReportByItsOutput() {
        // Given: of an execution with several jobs, only the end of the first one is reported
        LedgerSettings demanding =
                Settings.of(LedgerSettings.defaults("audit.events", 1)).policies(Settings.demanding(true, null));
        List<String> write = RecordedEvents.of("spark-fail-late").stream()
                .filter(event -> event.contains("data_failed2"))
                .toList();
        try (LedgerHarness strict = LedgerHarness.of(demanding)) {
            // When
            RecordedEvents.send(strict, write);

            // Then
            assertThat(RecordedEvents.statuses(strict)).containsValue(Status.COMPLETED);
            assertThat(strict.violations()).extracting(Violation::getType).contains(ViolationType.HOLLOW);
        }
    }

    @Test
    void shouldNotAwaitJobsOfRddsThatSparkDoesNotEnd() {
        // When
        RecordedEvents.send(ledger, RecordedEvents.of("spark-rdd"));
        reach(LATER.plus(Duration.ofHours(2)));

        // Then
        assertThat(RecordedEvents.statuses(ledger).values()).containsOnly(Status.COMPLETED);
        assertThat(ledger.orphans()).isEmpty();
    }

    @Test
    void shouldSeeThatAJobOfRddsFails() {
        // When
        RecordedEvents.send(ledger, RecordedEvents.of("spark-rdd-fail"));
        reach(LATER);

        // Then
        assertThat(job("nightly.0")).isEqualTo(Status.FAILED);
        assertThat(ledger.dispositions().get("scope/spark-prod/nightly.0/job").getReason())
                .contains("java.lang.ArithmeticException: / by zero");
        assertThat(ledger.orphans()).isEmpty();
    }

    @Test
    void shouldWarnOfAnApplicationThatIsKilled() {
        // Given
        RecordedEvents.send(ledger, RecordedEvents.of("spark-killed"));

        // When
        reach(LATER);
        boolean isWarnedBefore = !ledger.orphans().isEmpty();
        reach(LATER.plus(Duration.ofHours(1)));

        // Then
        assertThat(isWarnedBefore).isFalse();
        assertThat(ledger.orphans())
                .containsOnlyKeys(
                        run("nightly", "01a22ea5-91b6-7dd9-893d-24b814d3503c"),
                        run(INSERT + "data_long", "01a22ea5-b237-7a29-982f-60b1416d1aeb"));
    }

    @Test
    void shouldCompleteTheJobOfAStreamWithEachOfItsBatches() {
        // When
        RecordedEvents.send(ledger, RecordedEvents.of("spark-stream"));
        reach(LATER);

        // Then
        Disposition job = ledger.dispositions().get("scope/spark-prod/nightly.project/job");
        assertThat(job.getStatus()).isEqualTo(Status.COMPLETED);
        assertThat(job.getAttempt()).isEqualTo(2);
        assertThat(ledger.orphans()).isEmpty();
        assertThat(ledger.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark-two", "spark-fail", "spark-caught", "spark-rdd-fail", "spark-stream"})
    void shouldComeToTheSameInAnyOrderAndHoweverOften(String recorded) {
        // Given
        List<String> events = RecordedEvents.of(recorded);
        RecordedEvents.send(ledger, events);
        for (int seed = 0; seed < 5; seed++) {
            try (LedgerHarness shuffled = LedgerHarness.of(SETTINGS)) {
                // When
                RecordedEvents.sendShuffled(shuffled, events, seed);

                // Then
                assertThat(RecordedEvents.statuses(shuffled))
                        .as("seed %s", seed)
                        .isEqualTo(RecordedEvents.statuses(ledger));
                assertThat(shuffled.violations()).as("seed %s", seed).isEmpty();
            }
        }
    }
}
