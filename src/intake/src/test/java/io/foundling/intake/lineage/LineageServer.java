package io.foundling.intake.lineage;

import io.foundling.console.access.Access;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.web.WebLimits;
import io.foundling.console.web.WebServer;
import io.foundling.console.web.WebSettings;
import io.foundling.intake.EventRoom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that takes events of two sources from who has a key, and a client of it. */
final class LineageServer implements AutoCloseable {

    static final String KEY = "sesame";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeSink sink = new FakeSink();
    private final EventRoom room = new EventRoom(20_000);
    private final AtomicInteger refused = new AtomicInteger();
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    LineageServer() {
        Caller caller = new Caller("token:etl", Set.of(Role.INTAKE), Optional.of(Set.of("etl", "dbt-prod")));
        Access access = authorization -> {
            if (authorization.equals(Optional.of("Bearer " + KEY))) {
                return caller;
            }
            throw new AccessDeniedException(AccessDeniedException.Reason.UNKNOWN, "the token is not known");
        };
        server = new WebServer(
                new WebSettings("127.0.0.1", 0, WebSettings.LOOPBACK, Optional.empty(), WebLimits.DEFAULTS),
                access,
                new LineageOperations(sink, 10_000, 8 << 20, room, (result, events) -> refused.addAndGet(events))
                        .operations(),
                (operation, status) -> {},
                InstantSource.system());
    }

    FakeSink sink() {
        return sink;
    }

    EventRoom room() {
        return room;
    }

    /** How many events were refused before the sink. */
    int refused() {
        return refused.get();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    HttpResponse<String> post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(uri().resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
