package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Declared;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.DueTimes;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of the events of integrations in a ledger. These events are written by hand: in the shape of the code of
 * Airflow's provider 2.20 and of dbt-ol, and, for Spark below a task of Airflow, in that of the specification.
 * {@link RecordedSparkTest} and {@link RecordedFlinkTest} have events that were really sent.
 */
class RecordedEventsTest {

    private static final Instant LATER = Instant.parse("2026-01-05T12:30:00Z");
    private static final String LOAD = "airflow-prod/billing.load/";
    private static final String FIRST_TRY = "operation/" + LOAD + "01990000-0000-7000-8000-0000000010a1";
    private static final String SECOND_TRY = "operation/" + LOAD + "01990000-0000-7000-8000-0000000010a2";
    private static final String REPORT = "operation/airflow-prod/billing.report/01990000-0000-7000-8000-000000000e01";
    private static final String DAG = "operation/airflow-prod/billing/01990000-0000-7000-8000-00000000da60";
    private static final String SPARK = "operation/spark-prod/nightly/01990000-0000-7000-8000-00000000a990";
    private static final String DBT = "operation/dbt-prod/dbt-run-shop/01990000-0000-7000-8000-0000000db700";

    /** A run may take an hour; a retry must come within ten minutes. */
    private static final LedgerSettings SETTINGS = Settings.of(LedgerSettings.defaults("audit.events", 1))
            .policies(
                    policy("runs", SubjectKind.OPERATION, Status.OPEN, Duration.ofHours(1)),
                    policy("retries", SubjectKind.SCOPE, Status.RETRYING, Duration.ofMinutes(10)));

    private static Policy policy(String name, SubjectKind kind, Status status, Duration window) {
        return new Policy(
                name,
                Optional.of(kind),
                Optional.empty(),
                Optional.empty(),
                Optional.of(status),
                Optional.of(window),
                Duration.ZERO,
                Optional.empty());
    }

    @Test
    void shouldFollowTheTriesOfTasksOfAirflow() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            RecordedEvents.send(ledger, RecordedEvents.of("airflow"));

            // Then
            assertThat(RecordedEvents.statuses(ledger))
                    .containsOnly(
                            Map.entry(DAG, Status.OPEN),
                            Map.entry(FIRST_TRY, Status.FAILED),
                            Map.entry(SECOND_TRY, Status.COMPLETED),
                            Map.entry(REPORT, Status.OPEN),
                            Map.entry("scope/" + LOAD + "job", Status.COMPLETED));
            Disposition second = ledger.dispositions().get(SECOND_TRY);
            assertThat(second.getAttempt()).isEqualTo(2);
            assertThat(SubjectKey.of(second.getParent())).isEqualTo(DAG);
            assertThat(second.getDurationMs()).isEqualTo(62_250);
            assertThat(second.getCounts())
                    .containsOnly(Map.entry("rowsWritten", 1250L), Map.entry("bytesWritten", 98_304L));
            assertThat(second.getDetail()).isEqualTo("2026-01-05T00:00:00+00:00");
            assertThat(ledger.dispositions().get(FIRST_TRY).getReason()).contains("ValueError: no file of 2026-01-05");
            assertThat(ledger.violations()).isEmpty();
        }
    }

    @Test
    void shouldWarnOfARetryThatDoesNotComeAndOfATaskThatDoesNotEnd() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given: nothing more is heard after the first try, and of the last task
            List<String> events = RecordedEvents.of("airflow");
            RecordedEvents.send(ledger, List.of(events.get(0), events.get(1), events.get(2), events.get(5)));

            // When
            ledger.bothReach(Instant.parse("2026-01-05T13:07:20Z"));
            ledger.sweep();

            // Then
            Map<String, OrphanWarning> orphans = ledger.orphans();
            assertThat(orphans).containsOnlyKeys("scope/" + LOAD + "job", REPORT, DAG);
            assertThat(orphans.get("scope/" + LOAD + "job").getStatus()).isEqualTo(Status.RETRYING);
            assertThat(orphans.get(REPORT).getRule()).isEqualTo("policy:runs");
        }
    }

    @Test
    void shouldWarnOfATaskThatItsDagDidNotWaitFor() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            List<String> events = new ArrayList<>(RecordedEvents.of("airflow"));
            events.add(events.get(0).replace("\"START\"", "\"COMPLETE\"").replace("T12:00:00.104512", "T12:10:00.5"));
            RecordedEvents.send(ledger, events);

            // When
            ledger.bothReach(LATER);
            ledger.bothReach(LATER.plusSeconds(1));

            // Then
            assertThat(ledger.orphans()).containsOnlyKeys(REPORT);
            assertThat(ledger.settlements().get(DAG + "/1").getMissing()).containsExactly(REPORT);
        }
    }

    @Test
    void shouldFollowActionsOfSparkAsMembersOfTheirApplication() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            RecordedEvents.send(ledger, RecordedEvents.of("spark"));

            // Then
            Map<String, Disposition> all = ledger.dispositions();
            assertThat(all.get(SPARK).getStatus()).isEqualTo(Status.COMPLETED);
            assertThat(SubjectKey.of(all.get(SPARK).getParent())).isEqualTo(SECOND_TRY);
            String action = all.keySet().stream()
                    .filter(key -> key.startsWith("operation/") && key.contains("execute_insert"))
                    .findFirst()
                    .orElseThrow();
            assertThat(all.get(action).getStatus()).isEqualTo(Status.COMPLETED);
            assertThat(SubjectKey.of(all.get(action).getParent())).isEqualTo(SPARK);
            assertThat(all.get(action).getCounts())
                    .containsOnly(
                            Map.entry("rowsWritten", 1253L),
                            Map.entry("bytesWritten", 41_472L),
                            Map.entry("filesWritten", 5L));
            assertThat(all.get("scope/spark-prod/nightly/job").getMetadata())
                    .containsEntry("runId", "01990000-0000-7000-8000-00000000a990")
                    .containsEntry("integration", "SPARK");
            assertThat(ledger.violations()).isEmpty();
        }
    }

    @Test
    void shouldSeeAMissedScheduleOnTheScopeOfTheJob() {
        // Given: the task should be done by 12:30 every day
        LedgerSettings daily = Settings.of(LedgerSettings.defaults("audit.events", 1))
                .policies(Settings.fresh(DueTimes.of("30 12 * * *", ZoneOffset.UTC, Set.of())));
        try (LedgerHarness ledger = LedgerHarness.of(daily)) {
            declare(ledger, "airflow-prod", "billing.load", Duration.ofDays(365));
            RecordedEvents.send(ledger, RecordedEvents.of("airflow"));
            Instant tomorrow = LATER.plus(Duration.ofDays(1));
            String alert = "stale_scope/airflow-prod/billing.load";

            // When
            ledger.bothReach(tomorrow.minusSeconds(10));
            boolean isStaleBefore = ledger.alerts().containsKey(alert);
            ledger.bothReach(tomorrow.plusSeconds(10));
            ledger.bothReach(tomorrow.plusSeconds(20));

            // Then
            assertThat(isStaleBefore).isFalse();
            assertThat(ledger.alerts().get(alert).getAnnotations().get("findings"))
                    .contains("TOO_OLD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"airflow", "spark", "dbt", "dbt-logs"})
    void shouldComeToTheSameInAnyOrderAndHoweverOften(String integration) {
        // Given
        Map<String, Status> expected;
        List<String> events = RecordedEvents.of(integration);
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            RecordedEvents.send(ledger, events);
            expected = RecordedEvents.statuses(ledger);
        }
        for (int seed = 0; seed < 5; seed++) {
            try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
                // When
                RecordedEvents.sendShuffled(ledger, events, seed);

                // Then
                assertThat(RecordedEvents.statuses(ledger)).as("seed %s", seed).isEqualTo(expected);
                assertThat(ledger.violations()).as("seed %s", seed).isEmpty();
            }
        }
    }

    @Test
    void shouldCompleteARunWhoseEndIsDatedBeforeItsBeginning() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given: the clock of who reported the end is three seconds behind
            String begin = RecordedEvents.of("dbt").get(0);
            String end = begin.replace("\"START\"", "\"COMPLETE\"").replace("14:00:00.000000", "13:59:57.000000");

            // When
            RecordedEvents.send(ledger, List.of(begin, end));
            ledger.bothReach(Instant.parse("2026-01-05T14:00:00Z"));

            // Then
            assertThat(ledger.dispositions().get(DBT).getStatus()).isEqualTo(Status.COMPLETED);
            assertThat(ledger.orphans()).isEmpty();
            assertThat(ledger.violations()).isEmpty();
        }
    }

    @Test
    void shouldNotBeginAgainWhenASignOfLifeIsDatedBehindTheEnd() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            List<String> events = new ArrayList<>(RecordedEvents.of("spark"));
            events.add(events.get(2).replace("12:06:20.480", "12:06:50.020"));

            // When
            RecordedEvents.send(ledger, events);
            ledger.bothReach(Instant.parse("2026-01-05T14:00:00Z"));

            // Then
            assertThat(ledger.dispositions().values())
                    .extracting(Disposition::getStatus)
                    .containsOnly(Status.COMPLETED);
            assertThat(ledger.orphans()).isEmpty();
            assertThat(ledger.violations()).isEmpty();
        }
    }

    @Test
    void shouldFollowARunWhoseIdIsUsedAgain() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given: a run that is cleared in older versions of Airflow has the same id
            List<String> events = new ArrayList<>(RecordedEvents.of("dbt").subList(0, 1));
            events.add(events.get(0).replace("\"START\"", "\"FAIL\"").replace("14:00:00.000000", "14:05:00.000000"));
            events.add(events.get(0).replace("14:00:00.000000", "14:10:00.000000"));

            // When
            RecordedEvents.send(ledger, events);

            // Then
            assertThat(ledger.dispositions().get(DBT).getStatus()).isEqualTo(Status.OPEN);
            assertThat(ledger.dispositions().get(DBT).getAttempt()).isEqualTo(2);
        }
    }

    @Test
    void shouldReportOnceThatSignsOfLifeComeLongAfterTheEnd() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            List<String> events = new ArrayList<>(RecordedEvents.of("spark"));
            events.add(events.get(2).replace("12:06:20.480", "12:06:55.008"));
            events.add(events.get(2).replace("12:06:20.480", "12:07:30"));

            // When
            RecordedEvents.send(ledger, events);
            ledger.bothReach(Instant.parse("2026-01-05T14:00:00Z"));

            // Then
            assertThat(ledger.dispositions().values())
                    .extracting(Disposition::getStatus)
                    .containsOnly(Status.COMPLETED);
            assertThat(ledger.orphans()).isEmpty();
            assertThat(ledger.violations())
                    .extracting(Violation::getType)
                    .containsExactly(ViolationType.BACKWARD_TRANSITION);
        }
    }

    @Test
    void shouldFollowARunWhoseIdIsUsedAgainAlsoIfItGivesSignsOfLife() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            String begin = RecordedEvents.of("dbt").get(0);
            String again = begin.replace("14:00:00.000000", "14:10:00.000000");
            RecordedEvents.send(
                    ledger,
                    List.of(
                            begin,
                            begin.replace("\"START\"", "\"FAIL\"").replace("14:00:00.000000", "14:05:00.000000"),
                            again,
                            again.replace("\"START\"", "\"RUNNING\"").replace("14:10:00", "14:11:00")));
            Status meanwhile = ledger.dispositions().get(DBT).getStatus();

            // When
            RecordedEvents.send(
                    ledger, List.of(again.replace("\"START\"", "\"COMPLETE\"").replace("14:10:00", "14:20:00")));

            // Then
            assertThat(meanwhile).isEqualTo(Status.OPEN);
            assertThat(ledger.dispositions().get(DBT).getStatus()).isEqualTo(Status.COMPLETED);
            assertThat(ledger.dispositions().get(DBT).getAttempt()).isEqualTo(2);
            assertThat(ledger.violations())
                    .extracting(Violation::getType)
                    .containsExactly(ViolationType.BACKWARD_TRANSITION);
        }
    }

    @Test
    void shouldKeepTheOutcomesOfOverlappingRunsApart() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given: two runs of one job at once, of which one fails for good
            List<String> events = RecordedEvents.of("airflow").stream()
                    .map(event -> event.replace("\"retries\":1", "\"retries\":0"))
                    .toList();
            String other = events.get(2).replace("0000000010a1", "0000000010ff").replace("12:01:00.9", "12:01:00.902");
            String done = events.get(2).replace("\"FAIL\"", "\"COMPLETE\"").replace("12:01:00.900001", "12:01:02");

            // When
            RecordedEvents.send(ledger, List.of(events.get(1), other, done));

            // Then
            Disposition job = ledger.dispositions().get("scope/" + LOAD + "job");
            assertThat(job.getStatus()).isEqualTo(Status.COMPLETED);
            assertThat(job.getAttempt()).isEqualTo(2);
            assertThat(ledger.violations()).isEmpty();
        }
    }

    private static void declare(LedgerHarness ledger, String namespace, String job, Duration maxAge) {
        ledger.send(Events.of("job", new Declared(maxAge.toMillis(), Map.of()))
                .kind(SubjectKind.SCOPE)
                .source(namespace)
                .stage(job));
    }
}
