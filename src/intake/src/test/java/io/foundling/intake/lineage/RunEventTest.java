package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.Annotated;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Completed;
import io.foundling.audit.Failed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How events are read, and what each becomes. */
class RunEventTest {

    private static final String RUN = "0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90";

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectNode event = event("START");

    private ObjectNode event(String type) {
        ObjectNode made = mapper.createObjectNode();
        made.put("eventType", type);
        made.put("eventTime", "2026-01-05T12:00:00Z");
        made.putObject("run").put("runId", RUN);
        made.putObject("job").put("namespace", "etl").put("name", "load");
        made.put("producer", "https://example.com/etl");
        return made;
    }

    private ObjectNode facet(String name) {
        return event.withObjectProperty("run").withObjectProperty("facets").withObjectProperty(name);
    }

    private List<AuditEvent> translated() {
        return RecordedEvents.translated(event.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "START, Opened",
        "RUNNING, Opened",
        "COMPLETE, Completed; Opened; Completed",
        "FAIL, Failed; Opened; Failed",
        "ABORT, Cancelled; Opened; Cancelled",
        "OTHER, Annotated"
    })
    void shouldBecomeTheFactsOfItsType(String type, String facts) {
        // When
        event.put("eventType", type);

        // Then
        assertThat(translated())
                .extracting(made -> made.getBody().getClass().getSimpleName())
                .containsExactly(facts.split("; "));
    }

    @Test
    void shouldTakeAnEventWithoutATypeForMetadata() {
        event.remove("eventType");

        assertThat(translated()).singleElement().satisfies(made -> {
            assertThat(made.getBody()).isInstanceOf(Annotated.class);
            assertThat(made.getMetadata()).containsEntry("producer", "https://example.com/etl");
        });
    }

    @Test
    void shouldNameTheSubjectsByTheJobAndTheRun() {
        event.put("eventType", "ABORT");

        assertThat(translated())
                .extracting(made -> made.getSubject().getKind() + " "
                        + made.getSubject().getSource() + " "
                        + made.getSubject().getStage() + " " + made.getSubject().getId())
                .containsExactly("OPERATION etl load " + RUN, "SCOPE etl load job", "SCOPE etl load job");
        assertThat(translated().get(0).getBody()).isEqualTo(new Cancelled("The run was aborted", "openlineage"));
    }

    @Test
    void shouldHaveTheSameIdsWhenItIsRepeatedAndOthersWhenAnythingDiffers() {
        // Given
        event.put("eventType", "COMPLETE");
        List<AuditEvent> first = translated();

        // When
        List<AuditEvent> repeated = translated();
        event.put("eventTime", "2026-01-05T12:00:00.001Z");
        List<AuditEvent> later = translated();

        // Then
        assertThat(repeated).isEqualTo(first);
        assertThat(first).extracting(AuditEvent::getEventId).doesNotHaveDuplicates();
        assertThat(later).extracting(AuditEvent::getEventId).doesNotContainAnyElementsOf(ids(first));
    }

    private static List<UUID> ids(List<AuditEvent> events) {
        return events.stream().map(AuditEvent::getEventId).toList();
    }

    @Test
    void shouldWriteRunIdsInOneWay() {
        event.withObjectProperty("run").put("runId", RUN.toUpperCase(Locale.ROOT));

        assertThat(translated().get(0).getSubject().getId()).isEqualTo(RUN);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T12:00:00Z",
        "2026-01-05T12:00:00.000999Z",
        "2026-01-05T14:00:00+02:00",
        "2026-01-05 12:00:00+00:00",
        "2026-01-05T03:00:00.0-09:00"
    })
    void shouldReadTimesWithOffsets(String time) {
        event.put("eventTime", time);

        assertThat(translated().get(0).getOccurredAt()).isEqualTo(Instant.parse("2026-01-05T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parent", "parentRun"})
    void shouldBeAMemberOfItsParentRun(String name) {
        // Given
        ObjectNode parent = facet(name);
        parent.putObject("run").put("runId", "0192cb8f-31a8-7a2b-9e0d-000000000001");
        parent.putObject("job").put("namespace", "airflow").put("name", "dag");
        event.put("eventType", "COMPLETE");

        // Then
        assertThat(translated().get(0).getParent().getStage()).isEqualTo("dag");
        assertThat(translated().get(1).getParent()).isNull();
    }

    @Test
    void shouldHaveNoParentWhenItNamesItself() {
        ObjectNode parent = facet("parent");
        parent.set("run", event.get("run").deepCopy());
        parent.withObjectProperty("run").remove("facets");
        parent.set("job", event.get("job").deepCopy());

        assertThat(translated().get(0).getParent()).isNull();
    }

    @Test
    void shouldPromiseAnotherTryOfTheJobWhileAirflowHasRetriesLeft() {
        // Given
        event.put("eventType", "FAIL");
        ObjectNode airflow = facet("airflow");
        airflow.putObject("task").put("retries", 2);
        airflow.putObject("taskInstance").put("try_number", 2);

        // When
        List<AuditEvent> second = translated();
        airflow.withObjectProperty("taskInstance").put("try_number", 3);
        List<AuditEvent> last = translated();

        // Then
        assertThat(second.get(0).getAttempt()).isEqualTo(2);
        assertThat(((Failed) second.get(0).getBody()).getRetriable()).isFalse();
        assertThat(second.get(2).getAttempt()).isNull();
        assertThat(((Failed) second.get(2).getBody()).getRetriable()).isTrue();
        assertThat(((Failed) last.get(2).getBody()).getRetriable()).isFalse();
    }

    @Test
    void shouldNotNumberATryThatTheLedgerWouldNotPlace() {
        facet("airflow").putObject("taskInstance").put("try_number", 101);

        assertThat(translated().get(0).getAttempt()).isNull();
        assertThat(translated().get(0).getMetadata()).containsEntry("airflowTry", "101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"airflow", "airflowDagRun"})
    void shouldNotMakeAJobFresherByABackfill(String name) {
        event.put("eventType", "COMPLETE");
        facet(name).putObject("dagRun").put("run_type", "backfill");

        assertThat(translated()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, STREAMING, KAFKA, 3",
        "RUNNING, SERVICE, KAFKA, 3",
        "RUNNING, BATCH, KAFKA, 1",
        "START, STREAMING, KAFKA, 3",
        "START, STREAMING, FLINK, 1",
        "RUNNING, STREAMING, FLINK, 1"
    })
    void shouldTakeSignsOfLifeOfJobsThatNeverEnd(String type, String processing, String integration, int events) {
        event.put("eventType", type);
        ObjectNode facets = event.withObjectProperty("job").putObject("facets");
        facets.putObject("jobType").put("processingType", processing).put("integration", integration);

        assertThat(translated()).hasSize(events);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 3", "-1, 1"})
    void shouldCompleteAJobWithItsCheckpointsButNotWithNone(int completed, int events) {
        event.put("eventType", "RUNNING");
        facet("checkpoints").put("completed", completed);

        assertThat(translated()).hasSize(events);
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.IllegalStateException: no, java.lang.IllegalStateException, no",
        "'ValueError: no', ValueError, no",
        "ValueError, ValueError, ValueError",
        "'ValueError: ', ValueError, 'ValueError: '",
        "'Table: not found', FAIL, 'Table: not found'",
        "'something else', FAIL, 'something else'"
    })
    void shouldFindTheTypeOfAnError(String message, String type, String rest) {
        event.put("eventType", "FAIL");
        facet("errorMessage").put("message", message);

        Failed failed = (Failed) translated().get(0).getBody();
        assertThat(failed.getErrorType()).isEqualTo(type);
        assertThat(failed.getMessage()).isEqualTo(rest);
    }

    @Test
    void shouldCutAMessageToWhatTheLedgerKeeps() {
        event.put("eventType", "FAIL");
        facet("errorMessage").put("message", "ValueError: " + "ä".repeat(5_000));

        Failed failed = (Failed) translated().get(0).getBody();
        String reason = failed.getErrorType() + ": " + failed.getMessage();
        assertThat(reason.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1_020, 1_024);
    }

    @Test
    void shouldIgnoreFacetsThatAreNotAsTheyShouldBe() {
        // Given
        event.put("eventType", "COMPLETE");
        event.withObjectProperty("run")
                .withObjectProperty("facets")
                .put("airflow", 7)
                .put("nominalTime", "soon");
        event.withObjectProperty("job").put("facets", true);
        event.putArray("outputs").add(3).addObject().put("outputFacets", "none");

        // Then
        assertThat(((Completed) translated().get(0).getBody()).getCounts()).isEmpty();
    }

    @Test
    void shouldBecomeNothingWhenItIsAboutAJobOrADataset() {
        // Given
        event.remove("eventType");
        event.remove("run");
        List<AuditEvent> ofJob = translated();
        event.remove("job");
        event.putObject("dataset").put("namespace", "s3://x").put("name", "y");

        // Then
        assertThat(ofJob).isEmpty();
        assertThat(translated()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/eventTime       |                      | eventTime is missing, must be a time with an offset, such as 2026-01-05T12:00:00Z",
                "/eventTime       | 2026-01-05T12:00:00  | eventTime is '2026-01-05T12:00:00', must be a time with an offset, such as 2026-01-05T12:00:00Z",
                "/eventTime       | +10000-01-01T00:00Z  | eventTime is '+10000-01-01T00:00Z', must be a time with an offset, such as 2026-01-05T12:00:00Z",
                "/eventType       | DONE                 | eventType is 'DONE', must be one of START, RUNNING, COMPLETE, FAIL, ABORT, OTHER",
                "/producer        |                      | producer is missing, must be a URI",
                "/run             |                      | run is missing, must be an object",
                "/run/runId       |                      | run.runId is missing, must be a UUID such as 0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90",
                "/run/runId       | 17                   | run.runId is '17', must be a UUID such as 0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90",
                "/job             | load                 | job is 'load', must be an object",
                "/job/namespace   | ' '                  | job.namespace is ' ', must be a text that is not blank",
                "/job/name        |                      | job.name is missing, must be a text that is not blank",
            })
    void shouldSayWhatIsWrong(String pointer, String value, String sentence) {
        // Given
        int name = pointer.lastIndexOf('/');
        ObjectNode object = name == 0 ? event : (ObjectNode) event.at(pointer.substring(0, name));
        if (value == null) {
            object.remove(pointer.substring(name + 1));
        } else {
            object.put(pointer.substring(name + 1), value);
        }

        // Then
        assertThatThrownBy(this::translated)
                .isInstanceOf(InvalidLineageException.class)
                .hasMessage(sentence);
    }

    @Test
    void shouldSayWhatIsWrongWithAParent() {
        facet("parent").putObject("run").put("runId", "0192cb8f-31a8-7a2b-9e0d-000000000001");

        assertThatThrownBy(this::translated).hasMessage("run.facets.parent.job is missing, must be an object");
    }

    @Test
    void shouldRefuseNamesThatNoKeyCanHave() {
        // Given
        event.withObjectProperty("job").put("name", "a\u0007b");
        assertThatThrownBy(this::translated).hasMessage("job.name is 'a?b', must be a text without control characters");

        // When
        event.withObjectProperty("job").put("name", "ü".repeat(200));

        // Then
        assertThatThrownBy(this::translated)
                .hasMessage(
                        "job.namespace and job.name are too long: the key of a run has 1251 bytes, must have at most 1024");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[}", "{\"a\":1} {}", "nonsense", "{\"a\":\"\u0001\"}"})
    void shouldSayThatABodyIsNotJson(String body) {
        assertThatThrownBy(() -> EventJson.read(body.getBytes(StandardCharsets.UTF_8), RunEvent.SHAPE, 10_000))
                .isInstanceOf(InvalidLineageException.class)
                .hasMessageStartingWith("The body ");
    }

    @Test
    void shouldReadPlansThatAreDeepButNotWithoutEnd() {
        // Given
        String deep = "{\"x\":".repeat(190) + "1" + "}".repeat(190);
        String tooDeep = "[".repeat(100_000);
        assertThat(EventJson.read(deep.getBytes(StandardCharsets.UTF_8), RunEvent.SHAPE, 10_000))
                .isEmpty();

        // Then
        assertThatThrownBy(() -> EventJson.read(tooDeep.getBytes(StandardCharsets.UTF_8), RunEvent.SHAPE, 10_000))
                .isInstanceOf(InvalidLineageException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void shouldNumberSignsOfLifeOnly() {
        // Given
        Integer ofStart = translated().get(0).getAttempt();

        // When
        event.put("eventType", "RUNNING");

        // Then
        assertThat(ofStart).isNull();
        assertThat(translated().get(0).getAttempt()).isEqualTo(1);
    }
}
