package io.foundling.service.it.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The heap of the chart is enough for many callers with many small events at once: each is answered, if only to come back, and
 * no memory is missing. The process of the test has the same heap.
 */
@Tag("full")
class IntakeMemoryIT {

    private static final int CALLERS = 40;
    private static final int ROUNDS = 5;
    private static final int EVENTS = 10_000;
    private static final String TOPIC = "small.events";

    @TempDir
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void shouldHoldWithFortyCallersThatHaveTenThousandSmallEventsEach() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary();
                LiveIntake intake = LiveIntake.of(stack, directory, Map.of("sources", TOPIC))) {
            // Given
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1)))
                        .all()
                        .get();
            }
            intake.start();

            // When
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                postAtOnce(intake.url()).forEach(status -> statuses.merge(status, 1, Integer::sum));
            }

            // Then
            System.out.printf("intake, %d times %d events at once: answers %s%n", CALLERS, EVENTS, statuses);
            assertThat(intake.process().log()).doesNotContain("OutOfMemoryError");
            assertThat(intake.process().isAlive()).isTrue();
            assertThat(statuses).containsKey(200);
            assertThat(statuses.keySet()).isSubsetOf(200, 429, 503);
        }
    }

    private List<Integer> postAtOnce(String url) throws Exception {
        String body = small();
        List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/events"))
                    .timeout(Duration.ofMinutes(2))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<Void>> answer : answers) {
            statuses.add(answer.get(3, TimeUnit.MINUTES).statusCode());
        }
        return statuses;
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
