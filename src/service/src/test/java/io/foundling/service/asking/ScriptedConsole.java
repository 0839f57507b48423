package io.foundling.service.asking;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers requests with what a test wants, one after the other, and the last of it again and again. */
public final class ScriptedConsole implements AutoCloseable {

    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();

    private record Answer(int status, String type, String body) {}

    public ScriptedConsole() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Next, answers with JSON. */
    public ScriptedConsole then(String json) {
        answers.add(new Answer(200, "application/json", json));
        return this;
    }

    /** Next, answers with a problem. */
    public ScriptedConsole thenProblem(int status) {
        answers.add(new Answer(status, "application/problem+json", "{\"detail\": \"not now\"}"));
        return this;
    }

    /** Next, takes a request and answers nothing. */
    public ScriptedConsole thenNothing() {
        answers.add(new Answer(0, "", ""));
        return this;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add((exchange.getRequestMethod() + ' ' + exchange.getRequestURI() + ' ' + body).strip());
            Answer answer = answers.size() == 1 ? answers.element() : answers.remove();
            if (answer.status() > 0) {
                byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", answer.type());
                exchange.sendResponseHeaders(answer.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** Returns method, target and body of each request so far. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
