package io.foundling.bench.intake;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Callers that report events as lines, each the next request when the one before is answered. */
final class Callers {

    private static final long LONGEST_MICROS = 120_000_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final int count;
    private final int events;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private volatile boolean isEnding;

    /** @param events of each request */
    Callers(URI address, int count, int events) {
        this.address = address;
        this.count = count;
        this.events = events;
    }

    /** Calls for that long, after a warm-up. */
    void run(Duration warmUp, Duration time, Runnable begin, Runnable end) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread caller = new Thread(this::call, "bench-caller-" + i);
            threads.add(caller);
            caller.start();
        }
        Thread.sleep(warmUp.toMillis());
        accepted.reset();
        refused.reset();
        micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
        begin.run();
        Thread.sleep(time.toMillis());
        end.run();
        isEnding = true;
        for (Thread caller : threads) {
            caller.join();
        }
    }

    long accepted() {
        return accepted.sum();
    }

    long refused() {
        return refused.sum();
    }

    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    private void call() {
        while (!isEnding) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < events; i++) {
                lines.append(event(UUID.randomUUID())).append('\n');
            }
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofMinutes(1))
                    .header("Content-Type", "application/x-ndjson")
                    .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
                    .build();
            long begunNs = System.nanoTime();
            try {
                int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                micros.recordValue(Math.min((System.nanoTime() - begunNs) / 1_000, LONGEST_MICROS));
                (status == 200 ? accepted : refused).add(events);
            } catch (IOException broken) {
                refused.add(events);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    /** About as large as the events of the other benchmarks. */
    private static String event(UUID id) {
        return ("{\"eventId\":\"%s\",\"subject\":{\"kind\":\"RECORD\",\"source\":\"university\",\"stage\":\"declaration\","
                        + "\"id\":\"D-2026-%s\"},\"parent\":{\"kind\":\"BATCH\",\"source\":\"university\","
                        + "\"stage\":\"declaration\",\"id\":\"2026-09-01/evening\"},\"occurredAt\":\"%s\",\"metadata\":"
                        + "{\"faculty\":\"law\",\"semester\":\"2026-autumn\"},\"fact\":\"Deferred\",\"body\":"
                        + "{\"dueAt\":\"2026-09-02T18:00:00Z\"}}")
                .formatted(id, Long.toHexString(id.getLeastSignificantBits()), Instant.now());
    }
}
