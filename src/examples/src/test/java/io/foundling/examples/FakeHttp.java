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

/** A server on loopback that answers what it was given, and keeps what it was sent. */
final class FakeHttp implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
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
                send(exchange, postStatus, postStatus == 200 ? "{\"results\":[]}" : "{\"detail\":\"not now\"}");
            } else {
                String answer = answers.get(exchange.getRequestURI().toString());
                send(exchange, answer == null ? 404 : 200, answer == null ? "" : answer);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
