package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The poller of LLM batches, against providers that answer as theirs do, and an intake that only listens. */
class PollBatchesTest {

    private static final DateTimeFormatter PYTHON = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    /** More than one request to the intake takes. */
    private static final String MANY = IntStream.range(0, 600)
            .mapToObj(number -> "{\"custom_id\": \"many-" + number + "\"}\n")
            .collect(Collectors.joining());

    private final FakeHttp openai = new FakeHttp()
            .answering("/v1/batches?limit=100", ProviderAnswers.openai("completed"))
            .answering("/v1/files/in/content", """
                    {"custom_id": "a", "method": "POST", "url": "/v1/responses", "body": {"input": "xSEPARATORy"}}
                    {"custom_id": "b", "method": "POST", "url": "/v1/responses", "body": {}}
                    {"custom_id": "c", "method": "POST", "url": "/v1/responses", "body": {}}
                    {"custom_id": "lost", "method": "POST", "url": "/v1/responses", "body": {}}
                    """.replace("SEPARATOR", "\u2028"))
            .answering("/v1/files/out/content", """
                    {"id": "r1", "custom_id": "a", "response": {"status_code": 200, "body": {"output": []}}, "error": null}
                    {"id": "r2", "custom_id": "b", "response": {"status_code": 400, "body": {"error": {"code": "invalid_prompt", "message": "too long"}}}, "error": null}
                    """)
            .answering("/v1/files/err/content", """
                    {"id": "r3", "custom_id": "c", "response": null, "error": {"code": "batch_expired", "message": "not in time"}}
                    """);

    private final FakeHttp anthropic = new FakeHttp()
            .answering("/v1/messages/batches?limit=100", ProviderAnswers.anthropic())
            .answering("/v1/messages/batches/msgbatch_1/results", """
                    {"custom_id": "x", "result": {"type": "succeeded", "message": {"id": "msg_1"}}}
                    {"custom_id": "y", "result": {"type": "errored", "error": {"type": "error", "error": {"type": "invalid_request_error", "message": "no such model"}}}}
                    {"custom_id": "z", "result": {"type": "expired"}}
                    """);

    private final FakeHttp intake = new FakeHttp();

    @BeforeEach
    void requirePython() {
        assumeTrue(Files.isExecutable(Path.of(ExampleRun.PYTHON)), "there is no " + ExampleRun.PYTHON);
    }

    @AfterEach
    void close() {
        List.of(openai, anthropic, intake).forEach(FakeHttp::close);
    }

    @Test
    void shouldReportWhatBecameOfEachRequestOfOpenai() {
        // When
        ExampleRun run = poll(Map.of("OPENAI_URL", openai.url(), "OPENAI_API_KEY", "sesame", "INTAKE_TOKEN", "open"));

        // Then
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.output()).containsExactly("11 events reported");
        assertThat(openai.credentials()).containsOnly("Authorization Bearer sesame");
        assertThat(intake.credentials()).containsOnly("Authorization Bearer open");
        assertThat(facts())
                .containsExactly(
                        "Pending openai/batch/batch_1 of 4",
                        "Pending openai/request/batch_1/a in openai/batch/batch_1",
                        "Pending openai/request/batch_1/b in openai/batch/batch_1",
                        "Pending openai/request/batch_1/c in openai/batch/batch_1",
                        "Pending openai/request/batch_1/lost in openai/batch/batch_1",
                        "Completed openai/request/batch_1/a in openai/batch/batch_1",
                        "Failed invalid_prompt openai/request/batch_1/b in openai/batch/batch_1",
                        "Failed batch_expired openai/request/batch_1/c in openai/batch/batch_1",
                        "Completed openai/batch/batch_1",
                        "Pending openai/batch/batch_0",
                        "Failed invalid_json_line openai/batch/batch_0");
        assertThat(events().get(1).get("occurredAt").textValue())
                .isEqualTo(ProviderAnswers.CREATED.atOffset(ZoneOffset.UTC).format(PYTHON));
        assertThat(events().get(1).at("/body/dueAt").textValue())
                .isEqualTo(ProviderAnswers.CREATED
                        .plus(Duration.ofDays(1))
                        .atOffset(ZoneOffset.UTC)
                        .format(PYTHON));
    }

    @Test
    void shouldReportWhatBecameOfEachRequestOfAnthropic() {
        // When
        ExampleRun run = poll(Map.of("ANTHROPIC_URL", anthropic.url(), "ANTHROPIC_API_KEY", "sesame"));

        // Then
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(anthropic.credentials()).containsOnly("x-api-key sesame", "anthropic-version 2023-06-01");
        assertThat(facts())
                .containsExactly(
                        "Pending anthropic/batch/msgbatch_1 of 3",
                        "Completed anthropic/request/msgbatch_1/x in anthropic/batch/msgbatch_1",
                        "Failed invalid_request_error anthropic/request/msgbatch_1/y in anthropic/batch/msgbatch_1",
                        "Failed expired anthropic/request/msgbatch_1/z in anthropic/batch/msgbatch_1",
                        "Completed anthropic/batch/msgbatch_1");
    }

    @Test
    void shouldReportTheSameEventsWhenItPollsAgain() {
        // Given
        Map<String, String> settings = Map.of("OPENAI_URL", openai.url(), "OPENAI_API_KEY", "sesame");
        openai.answering("/v1/batches?limit=100", ProviderAnswers.openai("in_progress"));
        poll(settings);
        List<JsonNode> early = events();
        openai.answering("/v1/batches?limit=100", ProviderAnswers.openai("completed"));

        // When
        poll(settings);
        poll(settings);

        // Then
        assertThat(intake.received()).hasSize(6);
        assertThat(intake.received().subList(4, 6)).isEqualTo(intake.received().subList(2, 4));
        assertThat(events().subList(early.size(), events().size())).containsAll(early);
        assertThat(early).extracting(event -> event.get("fact").textValue()).containsOnly("Pending", "Failed");
    }

    @Test
    void shouldNotReportTheEndOfABatchBeforeItsRequestsWhenTheIntakeRefuses() {
        // Given
        openai.answering("/v1/files/in/content", MANY);
        intake.refuse(503);

        // When
        ExampleRun run = poll(ofOpenai());

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).containsExactly("0 events reported");
        assertThat(run.errors()).hasSize(2).allSatisfy(line -> assertThat(line).contains("batch_", "503", "not now"));
        assertThat(intake.received()).hasSize(2).noneMatch(lot -> lot.contains("\"Completed\""));
    }

    @Test
    void shouldReportTheRestWhenTheIntakeRefusesAnEvent() {
        // Given
        openai.answering("/v1/files/in/content", MANY);
        intake.refuseWith("batch_1/many-17\"");

        // When
        ExampleRun run = poll(ofOpenai());

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).containsExactly("606 events reported");
        assertThat(run.errors()).containsExactly("poll_batches.py: batch_1: refused: the key is too long");
        assertThat(facts()).hasSize(607).contains("Completed openai/batch/batch_1", "Pending openai/batch/batch_0");
    }

    @Test
    void shouldReportTheOtherBatchesWhenAFileOfOneCannotBeRead() {
        // Given
        openai.failing("/v1/files/out/content", 500);

        // When
        ExampleRun run = poll(ofOpenai());

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).singleElement().asString().contains("batch_1", "500");
        assertThat(facts())
                .contains("Failed invalid_json_line openai/batch/batch_0")
                .doesNotContain("Completed openai/batch/batch_1");
    }

    @Test
    void shouldReportTheOtherProviderWhenOneDoesNotAnswer() {
        // Given
        Map<String, String> settings = new HashMap<>(ofOpenai());
        settings.putAll(Map.of("ANTHROPIC_URL", anthropic.url(), "ANTHROPIC_API_KEY", "sesame"));
        openai.failing("/v1/batches?limit=100", 500);

        // When
        ExampleRun run = poll(settings);

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).singleElement().asString().contains("openai", "500");
        assertThat(facts()).hasSize(5).contains("Completed anthropic/batch/msgbatch_1");
    }

    @Test
    void shouldReportTheResultsWhenTheInputFileWasDeleted() {
        // Given
        openai.failing("/v1/files/in/content", 404);

        // When
        ExampleRun run = poll(ofOpenai());

        // Then
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(facts())
                .hasSize(7)
                .contains(
                        "Pending openai/batch/batch_1 of 4",
                        "Completed openai/request/batch_1/a in openai/batch/batch_1",
                        "Completed openai/batch/batch_1");
    }

    @Test
    void shouldReportWhatWasInAFileThatWasDeletedWhenTheCountsSaySo() {
        // Given: of 4 requests, one is in no file and 2 have failed.
        openai.failing("/v1/files/out/content", 404)
                .answering(
                        "/v1/batches?limit=100",
                        ProviderAnswers.openai("completed").replace("\"completed\": 1", "\"completed\": 3"));

        // When
        ExampleRun run = poll(ofOpenai());

        // Then
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(facts())
                .contains(
                        "Completed openai/request/batch_1/a in openai/batch/batch_1",
                        "Failed batch_expired openai/request/batch_1/c in openai/batch/batch_1",
                        "Completed openai/batch/batch_1");
    }

    @Test
    void shouldNotEndABatchWhoseResultsWereDeleted() {
        // Given
        openai.failing("/v1/files/out/content", 404);

        // When
        ExampleRun run = poll(ofOpenai());

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .singleElement()
                .asString()
                .contains("batch_1", "was deleted before they were reported");
        assertThat(facts())
                .doesNotContain("Completed openai/batch/batch_1")
                .contains(
                        "Failed batch_expired openai/request/batch_1/c in openai/batch/batch_1",
                        "Pending openai/batch/batch_0");
    }

    @Test
    void shouldReadOnUntilABatchIsTooOld() {
        // Given
        String page = ProviderAnswers.openai("completed").replace("\"has_more\": false", "\"has_more\": true");
        openai.answering("/v1/batches?limit=100", page)
                .answering("/v1/batches?limit=100&after=batch_0", page.replace("batch_", "second_"))
                .answering(
                        "/v1/batches?limit=100&after=second_0",
                        page.replace("batch_", "old_")
                                .replace(
                                        "" + ProviderAnswers.CREATED.getEpochSecond(),
                                        ""
                                                + ProviderAnswers.CREATED
                                                        .minus(Duration.ofDays(3))
                                                        .getEpochSecond()));

        // When
        ExampleRun run = poll(ofOpenai());

        // Then
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.output()).containsExactly("22 events reported");
        assertThat(facts()).contains("Completed openai/batch/second_1").noneMatch(fact -> fact.contains("old_"));
    }

    @Test
    void shouldReportNoBatchFromBeforeItsFirstUse() {
        // Given
        Map<String, String> settings = new HashMap<>(ofOpenai());
        settings.put("POLL_SINCE", ProviderAnswers.CREATED.plusSeconds(1).toString());

        // When
        ExampleRun run = poll(settings);

        // Then
        assertThat(run.output()).containsExactly("0 events reported");
        settings.put("POLL_SINCE", "today");
        assertThat(poll(settings).errors()).singleElement().asString().contains("POLL_SINCE must be a time such as");
        settings.put("POLL_SINCE", Instant.now().plus(Duration.ofDays(1)).toString());
        assertThat(poll(settings).errors()).singleElement().asString().contains("must not be in the future");
    }

    @Test
    void shouldSendAgainWhenTheIntakeNamesATime() {
        // Given
        intake.refuseFirst(1);

        // When
        ExampleRun run = poll(ofOpenai());

        // Then
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.output()).containsExactly("11 events reported");
        assertThat(intake.received()).hasSize(3);
        assertThat(intake.received().get(1)).isEqualTo(intake.received().get(0));
    }

    @Test
    void shouldReportAsCancelledWhatTheMappingsReportSo() {
        // Given
        openai.answering("/v1/files/err/content", """
                {"custom_id": "c", "response": null, "error": {"code": "batch_cancelled", "message": "stopped"}}
                """);

        // When
        poll(ofOpenai());

        // Then
        assertThat(facts()).contains("Cancelled openai/request/batch_1/c in openai/batch/batch_1");
    }

    @Test
    void shouldNameTheSettingThatIsMissing() {
        // When
        ExampleRun run = ExampleRun.python(Map.of("OPENAI_API_KEY", "sesame"), "python/poll_batches.py");

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).singleElement().asString().contains("INTAKE_URL is not set");
    }

    private Map<String, String> ofOpenai() {
        return Map.of("OPENAI_URL", openai.url(), "OPENAI_API_KEY", "sesame");
    }

    private ExampleRun poll(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("INTAKE_URL", intake.url());
        all.put("NO_PROXY", "127.0.0.1");
        return ExampleRun.python(all, "python/poll_batches.py");
    }

    private List<JsonNode> events() {
        return intake.received().stream()
                .flatMap(String::lines)
                .map(PollBatchesTest::json)
                .toList();
    }

    private List<String> facts() {
        return events().stream().map(PollBatchesTest::fact).toList();
    }

    private static String fact(JsonNode event) {
        String error = event.at("/body/errorType").asText();
        String members = event.at("/body/expectedMembers").asText("").replace("null", "");
        return event.get("fact").asText()
                + (error.isEmpty() ? "" : " " + error)
                + ' '
                + name(event.get("subject"))
                + (event.has("parent") ? " in " + name(event.get("parent")) : "")
                + (members.isEmpty() ? "" : " of " + members);
    }

    private static String name(JsonNode subject) {
        return subject.get("source").asText()
                + '/'
                + subject.get("stage").asText()
                + '/'
                + subject.get("id").asText();
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException none) {
            throw new AssertionError("is no JSON: " + line, none);
        }
    }
}
