package io.foundling.service.it.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a running service says over HTTP. */
public final class Probes {

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port;

    public Probes(int port) {
        this.port = port;
    }

    /** Why it is not ready; empty when it is. */
    public String notReady() {
        HttpResponse<String> answer = answer("/readyz");
        return answer.statusCode() == 200 ? "" : answer.body();
    }

    public boolean isAlive() {
        return answer("/livez").statusCode() == 200;
    }

    public MetricsPage metrics() {
        return MetricsPage.parse(answer("/metrics").body());
    }

    /** Stream threads that have died so far, replaced or not. */
    public long failedThreads() {
        return metrics().sum("kafka_stream_failed_stream_threads_total");
    }

    /** How many source records have been read so far, whatever became of them. */
    public long recordsRead() {
        return metrics().sum("foundling_events_total");
    }

    private HttpResponse<String> answer(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
