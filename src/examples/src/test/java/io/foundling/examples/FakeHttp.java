package io.foundling.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that answers what it was given, and keeps what it was sent. */
final class FakeHttp implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Map<String, Integer> lengths = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile String refused = "";
    private volatile int postStatus = 200;

    FakeHttp() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Path and query, and what is answered to a GET of them. */
    FakeHttp answering(String path, String answer) {
        answers.put(path, answer);
        return this;
    }

    /** Path and query, and the status that a GET of them is answered. */
    FakeHttp failing(String path, int status) {
        failures.put(path, status);
        return this;
    }

    /** Path and query, and how many bytes of the answer to a GET of them are sent before the connection breaks. */
    FakeHttp breaking(String path, int bytes) {
        lengths.put(path, bytes);
        return this;
    }

    /** So many POSTs are answered that there are too many; each may come again after a second. */
    void refuseFirst(int posts) {
        busy.set(posts);
    }

    /** Each POST that has this text is answered that it has an event which is wrong. */
    void refuseWith(String text) {
        refused = text;
    }

    /** The status of every answer to a POST from now on. */
    void refuse(int status) {
        postStatus = status;
    }

    /** The bodies of all POSTs, in their order. */
    List<String> received() {
        return List.copyOf(received);
    }

    /** The headers that carried a key or token, as often as there were requests. */
    List<String> credentials() {
        return List.copyOf(credentials);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            for (String header : List.of("Authorization", "x-api-key", "anthropic-version")) {
                List<String> found = exchange.getRequestHeaders().getOrDefault(header, List.of());
                found.forEach(value -> credentials.add(header + ' ' + value));
            }
            if (exchange.getRequestMethod().equals("POST")) {
                received.add(body);
                answerPost(exchange, body);
            } else {
                String path = exchange.getRequestURI().toString();
                String answer = answers.get(path);
                int status = failures.getOrDefault(path, answer == null ? 404 : 200);
                String whole = status == 200 ? answer : "";
                send(exchange, status, whole, lengths.getOrDefault(path, Integer.MAX_VALUE));
            }
        }
    }

    private void answerPost(HttpExchange exchange, String body) throws IOException {
        if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            send(exchange, 429, "{\"detail\":\"too many\"}");
        } else if (!refused.isEmpty() && body.contains(refused)) {
            send(
                    exchange,
                    422,
                    "{\"results\":[{\"index\":4,\"status\":\"refused\",\"reason\":\"the key is too long\"}]}");
        } else {
            send(exchange, postStatus, postStatus == 200 ? "{\"results\":[]}" : "{\"detail\":\"not now\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, text, Integer.MAX_VALUE);
    }

    private static void send(HttpExchange exchange, int status, String text, int most) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes, 0, Math.min(bytes.length, most));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
