package io.foundling.service.it.delivery;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.local.LocalAlertmanager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process of Alertmanager, and the calls of its API that the tests need. */
final class AlertmanagerProcess implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalAlertmanager process;

    /** Starts one, with a peer at most. */
    AlertmanagerProcess(Path directory, String config, Optional<AlertmanagerProcess> peer) {
        process = LocalAlertmanager.startIn(directory, config, peer.map(other -> other.process));
    }

    /** Skips a test where Alertmanager is not installed, but not in CI. */
    static void assumeInstalled() {
        assumeThat("true".equals(System.getenv("CI")) || LocalAlertmanager.isInstalled())
                .as(LocalAlertmanager.NAME + ", a package of Debian, is installed")
                .isTrue();
    }

    void start() {
        process.start();
    }

    URI uri() {
        return process.uri();
    }

    /** Returns the alerts that have not ended, also silenced ones. */
    List<JsonNode> alerts() {
        try {
            List<JsonNode> alerts = new ArrayList<>();
            MAPPER.readTree(get("/api/v2/alerts")).forEach(alerts::add);
            return alerts;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Silences every alert of a source for an hour. */
    void silence(String source) {
        String now = java.time.Instant.now().toString();
        String end = java.time.Instant.now().plus(Duration.ofHours(1)).toString();
        String body = """
                {"matchers": [{"name": "source", "value": "%s", "isRegex": false}], "startsAt": "%s", "endsAt": "%s",
                 "createdBy": "test", "comment": "known"}
                """.formatted(source, now, end);
        send(HttpRequest.newBuilder(uri().resolve("/api/v2/silences"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private String get(String path) {
        return send(HttpRequest.newBuilder(uri().resolve(path)));
    }

    private String send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException silent) {
            throw new UncheckedIOException(silent);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** Ends it; {@link #start} brings it back, without its alerts. */
    @Override
    public void close() {
        process.close();
    }
}
