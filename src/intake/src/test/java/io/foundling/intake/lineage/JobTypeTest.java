package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Annotated;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the events of a type of job, given how its integration reports such jobs. */
class JobTypeTest {

    private static final String TIME = "2026-01-05T12:00:00Z";

    private static List<AuditEvent> translated(String state, String time, String integration, String type) {
        return translated(state, time, integration, type, "");
    }

    private static List<AuditEvent> translated(
            String state, String time, String integration, String type, String output) {
        return RecordedEvents.translated("""
                {"eventType": "%s", "eventTime": "%s", "producer": "https://example.com/etl",
                "run": {"runId": "0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90"}, "outputs": [%s],
                "job": {"namespace": "etl", "name": "load", "facets":
                {"jobType": {"processingType": "BATCH", "integration": "%s", "jobType": "%s"}}}}
                """.formatted(state, time, output, integration, type));
    }

    private static List<UUID> ids(List<AuditEvent> events) {
        return events.stream().map(AuditEvent::getEventId).toList();
    }

    private static List<Class<?>> facts(List<AuditEvent> events) {
        return events.stream()
                .<Class<?>>map(event -> event.getBody().getClass())
                .toList();
    }

    @Test
    void shouldTakeTheTwoEndsOfAnExecutionOfSparkForOne() {
        // When
        List<AuditEvent> failed = translated("FAIL", TIME, "SPARK", "SQL_JOB");
        List<AuditEvent> completed = translated("COMPLETE", "2026-01-05T12:00:00.250Z", "SPARK", "SQL_JOB");

        // Then
        assertThat(ids(completed)).isEqualTo(ids(failed)).doesNotHaveDuplicates();
    }

    @Test
    void shouldDateACompletionOfSparkBehindAFailureThatIsStampedALittleLater() {
        // When
        String later = "2026-01-05T12:00:00.002Z";
        Instant failed = translated("FAIL", later, "SPARK", "SQL_JOB").get(0).getOccurredAt();
        Instant completed =
                translated("COMPLETE", TIME, "SPARK", "SQL_JOB").get(0).getOccurredAt();

        // Then
        assertThat(failed).isEqualTo(Instant.parse(later));
        assertThat(completed).isEqualTo(Instant.parse(TIME).plusSeconds(1));
    }

    @Test
    void shouldKeepTheEndsOfAnApplicationOfSparkApart() {
        // When: spark.openlineage.applicationRunId may give two starts the same id
        List<AuditEvent> first = translated("COMPLETE", TIME, "SPARK", "APPLICATION");
        List<AuditEvent> second = translated("COMPLETE", "2026-01-05T12:20:00Z", "SPARK", "APPLICATION");

        // Then
        assertThat(ids(second)).doesNotContainAnyElementsOf(ids(first));
        assertThat(first.get(0).getOccurredAt()).isEqualTo(Instant.parse(TIME));
    }

    @Test
    void shouldKeepTheEndsOfOtherIntegrationsApart() {
        // When
        List<AuditEvent> failed = translated("FAIL", TIME, "AIRFLOW", "TASK");
        List<AuditEvent> completed = translated("COMPLETE", "2026-01-05T12:00:01Z", "AIRFLOW", "TASK");

        // Then
        assertThat(ids(completed)).doesNotContainAnyElementsOf(ids(failed));
        assertThat(completed.get(0).getOccurredAt()).isEqualTo(Instant.parse("2026-01-05T12:00:01Z"));
    }

    @Test
    void shouldNotAwaitAJobOfRddsThatSparkWillNotEnd() {
        // When
        List<AuditEvent> reading = translated("START", TIME, "SPARK", "RDD_JOB");
        List<AuditEvent> running = translated("RUNNING", TIME, "SPARK", "RDD_JOB");
        List<AuditEvent> writing = translated("START", TIME, "SPARK", "RDD_JOB", "{\"name\": \"/out\"}");
        List<AuditEvent> failing = translated("FAIL", TIME, "SPARK", "RDD_JOB");
        List<AuditEvent> query = translated("START", TIME, "SPARK", "SQL_JOB");

        // Then
        assertThat(facts(reading)).containsExactly(Annotated.class);
        assertThat(facts(running)).containsExactly(Annotated.class);
        assertThat(facts(writing)).containsExactly(Opened.class);
        assertThat(facts(failing)).containsExactly(Failed.class, Opened.class, Failed.class);
        assertThat(facts(query)).containsExactly(Opened.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TEST", "MODEL", "SNAPSHOT", ""})
    void shouldCompleteAJobOfDbtWhoseStatusHasNoName(String type) {
        // When: a test that only warns, a model that is reused, or an exposure, which has no type
        List<AuditEvent> ofDbt = translated("OTHER", TIME, "DBT", type);
        List<AuditEvent> ofOthers = translated("OTHER", TIME, "AIRFLOW", type);

        // Then
        assertThat(facts(ofDbt)).containsExactly(Completed.class, Opened.class, Completed.class);
        assertThat(facts(ofOthers)).containsExactly(Annotated.class);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-05T12:00:00.123456", "2026-01-05T12:00:00.123"})
    void shouldTakeATimeOfDbtWithoutAnOffsetForUtc(String time) {
        assertThat(translated("ABORT", time, "DBT", "JOB").get(0).getOccurredAt())
                .isEqualTo(Instant.parse("2026-01-05T12:00:00.123Z"));
        assertThatThrownBy(() -> translated("ABORT", time, "AIRFLOW", "DAG"))
                .isInstanceOf(InvalidLineageException.class);
    }
}
