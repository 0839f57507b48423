package io.foundling.service.it.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers that report events as fast as they are answered, some one by one and some many at once, and note the ids of those that
 * were accepted. An event that was not accepted is given up: only what was promised counts.
 */
final class IntakeLoad implements AutoCloseable {

    private static final int[] SIZES = {1, 1, 7, 50};
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI address;
    private final Set<UUID> accepted = ConcurrentHashMap.newKeySet();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isEnding;

    IntakeLoad(String url) {
        address = URI.create(url + "/api/v1/events");
        for (int size : SIZES) {
            Thread caller = new Thread(() -> run(size), "intake-load-" + size);
            threads.add(caller);
            caller.start();
        }
    }

    /** Returns the ids of all events of answers with 200, and those accepted in other answers. */
    Set<UUID> accepted() {
        return accepted;
    }

    /** Returns how many answers had a status. */
    int answers(int status) {
        return statuses.getOrDefault(status, new AtomicInteger()).get();
    }

    Map<Integer, AtomicInteger> statuses() {
        return statuses;
    }

    private void run(int size) {
        while (!isEnding) {
            try {
                report(size);
            } catch (IOException dead) {
                pause();
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void report(int size) throws IOException, InterruptedException {
        StringBuilder events = new StringBuilder("[");
        for (int i = 0; i < size; i++) {
            events.append(i == 0 ? "" : ",").append(event(UUID.randomUUID()));
        }
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(events.append("]").toString()))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        statuses.computeIfAbsent(answer.statusCode(), status -> new AtomicInteger())
                .incrementAndGet();
        for (JsonNode result : MAPPER.readTree(answer.body()).path("results")) {
            if (result.path("status").asText().equals("accepted")) {
                accepted.add(UUID.fromString(result.path("eventId").asText()));
            }
        }
        if (answer.statusCode() != 200) {
            pause();
        }
    }

    /** Nobody waits for it: it keeps a caller that is refused from spinning. */
    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    private static String event(UUID id) {
        return """
                {"eventId":"%s","subject":{"kind":"RECORD","source":"university","stage":"load","id":"%s"},
                "occurredAt":"%s","fact":"Deferred","body":{"waitingOn":"the bank"}}""".formatted(id, id, Instant.now());
    }

    /** Ends the callers, once their last request was answered. */
    void end() {
        isEnding = true;
        for (Thread caller : threads) {
            try {
                caller.join(Duration.ofSeconds(60).toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        end();
    }
}
