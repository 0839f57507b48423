package io.foundling.service.it.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The heap of the chart is enough for many callers with many small events at once: each is answered, if only to come back, and
 * no memory is missing. The process of the test has the same heap.
 */
@Tag("full")
class IntakeMemoryIT {

    private static final int CALLERS = 40;
    private static final int ROUNDS = 5;
    private static final int EVENTS = 10_000;

    /** The server refused before it had the whole body, and the client was still sending. */
    private static final int BROKEN = 0;

    private static final String EVENTS_PATH = "/api/v1/events";
    private static final String TOPIC = "small.events";

    @TempDir
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void shouldHoldWithFortyCallersThatHaveTenThousandSmallEventsEach() throws Exception {
        assertThat(rounds(EVENTS_PATH, small()))
                .allSatisfy(statuses -> assertThat(statuses).isSubsetOf(200, 429, 503))
                .anySatisfy(statuses -> assertThat(statuses).contains(200));
    }

    @Test
    void shouldHoldWithFortyCallersWhoseEventIsMillionsOfSmallValues() throws Exception {
        assertThat(rounds(EVENTS_PATH, "[[" + "{},".repeat(2_000_000) + "{}]]"))
                .allSatisfy(statuses -> assertThat(statuses).contains(400).isSubsetOf(400, 429, BROKEN));
    }

    /** Of each event a thousand outputs are kept: as many events as are accepted, and as many as a list may have. */
    @ParameterizedTest
    @CsvSource({"190, 200", "1000, 400"})
    void shouldHoldWithFortyCallersWhoseEventsOfOpenLineageHaveManyOutputs(int events, int expected) throws Exception {
        String body = "[" + String.join(",", Collections.nCopies(events, wide())) + "]";
        assertThat(rounds("/api/v1/lineage/batch", body))
                .allSatisfy(statuses -> assertThat(statuses).isSubsetOf(expected, 429, expected == 200 ? 503 : BROKEN))
                .anySatisfy(statuses -> assertThat(statuses).contains(expected));
    }

    /** Returns the answers of each round. */
    private List<List<Integer>> rounds(String path, String body) throws Exception {
        try (LocalStack stack = LocalStack.startTemporary();
                LiveIntake intake = LiveIntake.of(stack, directory, Map.of("sources", TOPIC))) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1)))
                        .all()
                        .get();
            }
            intake.start();

            Map<Integer, Integer> statuses = new TreeMap<>();
            List<List<Integer>> rounds = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                List<Integer> answers = postAtOnce(intake.url() + path, body);
                answers.forEach(status -> statuses.merge(status, 1, Integer::sum));
                rounds.add(answers);
            }

            System.out.printf(
                    "intake, %d times %d bytes at once, %d rounds: answers %s%n",
                    CALLERS, body.length(), ROUNDS, statuses);
            assertThat(intake.process().log()).doesNotContain("OutOfMemoryError");
            assertThat(intake.process().isAlive()).isTrue();
            return rounds;
        }
    }

    private List<Integer> postAtOnce(String url, String body) throws Exception {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofMinutes(2))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode)
                    .exceptionallyCompose(IntakeMemoryIT::broken));
        }
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<Integer> answer : answers) {
            statuses.add(answer.get(3, TimeUnit.MINUTES));
        }
        return statuses;
    }

    private static String wide() {
        return """
                {"eventType": "COMPLETE", "eventTime": "2026-01-05T12:00:00Z", "producer": "https://example.com/etl",
                "run": {"runId": "0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90"}, "job": {"namespace": "a", "name": "b"},
                "outputs": [%s{}]}
                """.formatted("{},".repeat(1_000));
    }

    /** A call that ran into its timeout is not answered, which no caller may be. */
    private static CompletionStage<Integer> broken(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof IOException && !(cause instanceof HttpTimeoutException)
                ? CompletableFuture.completedStage(BROKEN)
                : CompletableFuture.failedStage(cause);
    }

    /** About as small as events can be. */
    private static String small() {
        StringBuilder events = new StringBuilder("[");
        for (int i = 0; i < EVENTS; i++) {
            events.append(i == 0 ? "" : ",")
                    .append("{\"subject\":{\"kind\":\"RECORD\",\"source\":\"a\",\"stage\":\"b\",\"id\":\"")
                    .append(i)
                    .append("\"},\"fact\":\"Opened\"}");
        }
        return events.append("]").toString();
    }
}
