package io.foundling.console.delivery.silence;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Credentials;
import io.foundling.console.delivery.http.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Answers as Alertmanager does, or not. */
final class FakeAlertmanager implements AutoCloseable {

    static final String SILENCED = """
            [{"labels": {"application": "ledger", "alertname": "Orphaned", "source": "university"},
              "status": {"state": "suppressed", "silencedBy": ["s1", "s2"], "inhibitedBy": []}}]""";
    static final String SILENCES = """
            [{"id": "s1", "createdBy": "ann", "comment": "the bank is late", "startsAt": "2026-11-30T12:00:00Z",
              "endsAt": "2026-11-30T14:00:00.000Z", "status": {"state": "active"}, "matchers": []},
             {"id": "s3", "createdBy": "bob", "comment": "", "startsAt": "2026-11-30T12:00:00Z",
              "endsAt": "2026-11-30T14:00:00Z", "status": {"state": "expired"}, "matchers": []}]""";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, String> bodies =
            new ConcurrentHashMap<>(Map.of("/api/v2/alerts", SILENCED, "/api/v2/silences", SILENCES));
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile boolean isHanging;
    private volatile String location = "";

    FakeAlertmanager() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        if (isHanging) {
            try {
                closed.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] body =
                bodies.getOrDefault(exchange.getRequestURI().getPath(), "").getBytes(StandardCharsets.UTF_8);
        if (!location.isEmpty()) {
            exchange.getResponseHeaders().set("Location", location);
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    void answers(int newStatus) {
        status = newStatus;
    }

    void answers(String path, String body) {
        bodies.put(path, body);
    }

    void leadsTo(String elsewhere) {
        location = elsewhere;
    }

    void hangs() {
        isHanging = true;
    }

    /** Returns what was asked for, with the header Authorization. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    static Receiver receiver(FakeAlertmanager... instances) {
        Credentials credentials = new Credentials(Optional.of("Basic sesame"), Optional.empty(), Optional.empty());
        return new Receiver(
                "pager",
                new Transport(() -> credentials, Duration.ofMinutes(1)),
                new Receiver.Alertmanager(Stream.of(instances)
                        .map(each -> URI.create("http://" + each.address() + "/"))
                        .toList()));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
