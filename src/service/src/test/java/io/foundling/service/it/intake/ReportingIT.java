package io.foundling.service.it.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.OrphanWarning;
import io.foundling.local.LocalStack;
import io.foundling.service.Page;
import io.foundling.service.it.rig.DocumentedCurl;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.TopicNames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a request to a warning of a real ledger; the commands of the pages, and the examples in other languages. */
class ReportingIT {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static LiveIntake intake;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
        intake = stack.closeFirst(LiveIntake.of(stack, directory, Map.of()));
        intake.start();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldWarnOfWhatWasReportedAndDidNotComeBack() throws Exception {
        // Given
        stack.closeFirst(LiveLedger.start(
                        stack, directory.resolve("ledger"), "{allowedLag: 1s, lateAfter: 1m, settleGrace: 1s}"))
                .awaitReady();

        // When
        HttpResponse<String> answer = post("""
                {"subject":{"kind":"RECORD","source":"library","stage":"loan","id":"lost"},
                "fact":"Deferred","body":{"dueAt":"%s"}}""".formatted(Instant.now().plusSeconds(2)));

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try (Output<OrphanWarning> warnings = new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class)) {
            OrphanWarning warning = warnings.awaitLast("record/library/loan/lost", found -> found.getStatus() != null);
            assertThat(warning.getSubject().getId()).isEqualTo("lost");
        }
    }

    @Test
    void shouldShowWhatItCountsAndHowItIsCalled() throws Exception {
        assertThat(post("{\"subject\":{}}").statusCode()).isEqualTo(422);
        assertThat(intake.process().body("/metrics"))
                .contains("foundling_intake_events_total{result=\"refused\"}")
                .contains("foundling_intake_in_flight_events 0")
                .contains("foundling_console_requests_total{operation=\"reportEvents\",status=\"422\"}");
        HttpResponse<String> document = http.send(
                HttpRequest.newBuilder(URI.create(intake.url() + "/api/v1/openapi.json"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode served = new ObjectMapper().readTree(document.body());
        assertThat(served.at("/paths/~1api~1v1~1events/post/operationId").asText())
                .isEqualTo("reportEvents");
        assertThat(intake.process().log()).contains("intake answers at " + intake.url());
    }

    @Test
    void shouldTakeWhatTheCommandsOfThePagesReport() throws Exception {
        assumeTrue(DocumentedCurl.isThere(), DocumentedCurl.MISSING);
        // Given
        String line =
                "{\"subject\":{\"kind\":\"RECORD\",\"source\":\"shop\",\"stage\":\"order\",\"id\":\"%d\"},\"fact\":\"Opened\"}\n";
        Files.writeString(directory.resolve("events.ndjson"), line.formatted(1) + line.formatted(2));
        DocumentedCurl curl = new DocumentedCurl(URI.create(intake.url()), directory);
        int before = intake.written().size();

        // When
        List<String> answers = Stream.of("intake.md", "lineage.md")
                .map(name -> new Page(Page.ROOT.resolve("src/service/docs").resolve(name)))
                .flatMap(page -> DocumentedCurl.of(page).stream())
                .map(curl::run)
                .toList();

        // Then
        assertThat(answers)
                .hasSize(6)
                .filteredOn(answer -> !answer.contains("operation/airflow-prod/billing.load/"))
                .hasSize(5)
                .allSatisfy(
                        answer -> assertThat(answer)
                                .containsPattern(
                                        "\\{\"results\":\\[(\\{\"index\":\\d,\"status\":\"accepted\",\"eventId\":\"\\S+\"},?)+]}"));
        assertThat(intake.written()).hasSize(before + 7);
    }

    @Test
    void shouldTakeAnEventOfOpenLineage() throws Exception {
        int before = intake.written().size();
        HttpResponse<String> answer = post("/api/v1/lineage", """
                {"eventType":"START","eventTime":"2026-11-30T12:00:00Z","run":{"runId":"%s"},
                "job":{"namespace":"airflow-prod","name":"billing.load"},"producer":"https://example.org/airflow",
                "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"}""".formatted(UUID.randomUUID()));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        assertThat(intake.written()).hasSize(before + 1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeTheEventsOfTheExample(ReportExample example) throws Exception {
        // Given
        example.assumeInstalled();
        Set<UUID> before = Set.copyOf(intake.written());

        // When
        ReportExample.Run run = example.run(intake.url());

        // Then
        assertThat(run.exitCode()).as(run.printed()).isZero();
        assertThat(run.printed()).contains("accepted").doesNotContain("refused");
        List<UUID> reported = ID.matcher(run.printed())
                .results()
                .map(id -> UUID.fromString(id.group()))
                .toList();
        assertThat(reported).hasSize(2).doesNotHaveDuplicates().doesNotContainAnyElementsOf(before);
        assertThat(intake.written()).containsAll(reported);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveExamplesThatArePrintedOnOnePage(ReportExample example) {
        assertThat(example.file())
                .content()
                .satisfies(text -> assertThat(text.lines().count()).isLessThanOrEqualTo(30));
    }

    private HttpResponse<String> post(String body) throws Exception {
        return post("/api/v1/events", body);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(intake.url() + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
