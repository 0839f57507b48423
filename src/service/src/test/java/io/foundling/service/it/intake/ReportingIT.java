package io.foundling.service.it.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.OrphanWarning;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a request to a warning of a real ledger; and the examples in other languages. */
class ReportingIT {

    private static final int FIRST_NODE = 22;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)");
    private static final int FIRST_MINOR = 6;
    private static final Path EXAMPLES = Path.of("../examples");

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
                {"subject":{"kind":"RECORD","source":"university","stage":"declaration","id":"lost"},
                "fact":"Deferred","body":{"dueAt":"%s"}}""".formatted(Instant.now().plusSeconds(2)));

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try (Output<OrphanWarning> warnings = new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class)) {
            OrphanWarning warning =
                    warnings.awaitLast("record/university/declaration/lost", found -> found.getStatus() != null);
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
    void shouldTakeAnEventOfOpenLineage() throws Exception {
        int before = intake.written().size();
        HttpResponse<String> answer = post("/api/v1/lineage", """
                {"eventType":"START","eventTime":"2026-11-30T12:00:00Z","run":{"runId":"%s"},
                "job":{"namespace":"airflow-prod","name":"billing.load"},"producer":"https://example.org/airflow",
                "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"}""".formatted(UUID.randomUUID()));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        assertThat(intake.written()).hasSize(before + 1);
    }

    @Test
    void shouldTakeTheEventsOfTheExampleInPython() throws Exception {
        assumeTrue(isThere("python3", "--version"), "the example in Python was not run: there is no python3");
        shouldReport("python3", EXAMPLES.resolve("python/report_http.py").toString());
    }

    @Test
    void shouldTakeTheEventsOfTheExampleInTypeScript() throws Exception {
        assumeTrue(hasNode(), "the example in TypeScript was not run: it needs node from 22.6 on");
        shouldReport(
                "node",
                "--experimental-strip-types",
                EXAMPLES.resolve("typescript/report.ts").toString());
    }

    @Test
    void shouldHaveExamplesThatArePrintedOnOnePage() throws Exception {
        for (String example : List.of("python/report_http.py", "typescript/report.ts")) {
            assertThat(EXAMPLES.resolve(example))
                    .content()
                    .satisfies(text -> assertThat(text.lines().count()).isLessThanOrEqualTo(30));
        }
    }

    private static void shouldReport(String... command) throws Exception {
        // Given
        Set<UUID> before = Set.copyOf(intake.written());

        // When
        String printed = run(command);

        // Then
        assertThat(printed).contains("accepted").doesNotContain("refused");
        List<UUID> reported = ID.matcher(printed)
                .results()
                .map(id -> UUID.fromString(id.group()))
                .toList();
        assertThat(reported).hasSize(2).doesNotHaveDuplicates().doesNotContainAnyElementsOf(before);
        assertThat(intake.written()).containsAll(reported);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command));
        all.add(intake.url());
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static boolean hasNode() {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            Matcher version = VERSION.matcher(new String(node.getInputStream().readAllBytes()));
            return version.find()
                    && Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2))
                            >= FIRST_NODE * 100 + FIRST_MINOR;
        } catch (IOException missing) {
            return false;
        }
    }

    private static boolean isThere(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
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
