package io.foundling.console.access.oidc;

import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer on this machine that publishes keys, or answers in some other way. */
final class FakeIssuer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final Map<String, Object> document = new HashMap<>();
    private volatile Answer keys;

    /** Writes the answer to a request for keys. */
    interface Answer {

        void write(HttpExchange exchange) throws IOException, InterruptedException;
    }

    FakeIssuer(JWK... published) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        document.put("issuer", uri());
        document.put("jwks_uri", uri() + "/keys");
        publishes(published);
        server.createContext("/realm/.well-known/openid-configuration", this::discovery);
        server.createContext("/realm/keys", this::keys);
        server.setExecutor(threads);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
    }

    /** Changes the discovery document. */
    void declares(String name, Object value) {
        document.put(name, value);
    }

    void publishes(JWK... published) {
        answers(200, new JWKSet(List.of(published)).toString(false));
    }

    void answers(int status, String body) {
        keys = exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Answers without an end, as fast as it is read. */
    void answersForEver() {
        keys = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            byte[] spaces = " ".repeat(64 << 10).getBytes(StandardCharsets.UTF_8);
            while (closed.getCount() > 0) {
                body.write(spaces);
            }
        };
    }

    /** Sends a status, and then nothing. */
    void hangs() {
        keys = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hanging.incrementAndGet();
            closed.await();
        };
    }

    void redirectsTo(String location) {
        keys = exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** How often keys were asked for. */
    int readings() {
        return readings.get();
    }

    /** How many requests have hung so far. */
    int hanging() {
        return hanging.get();
    }

    private void discovery(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = JSONObjectUtils.toJSONString(document).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void keys(HttpExchange exchange) throws IOException {
        readings.incrementAndGet();
        try (exchange) {
            keys.write(exchange);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
        // What they log must not be taken for the log of the next test.
        await("nobody reads keys any more")
                .atMost(PATIENCE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("foundling-issuer-keys")));
    }
}
