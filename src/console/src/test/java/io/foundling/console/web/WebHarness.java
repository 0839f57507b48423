package io.foundling.console.web;

import io.foundling.console.access.Access;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A server for tests, on any free port, and a client of it. */
public final class WebHarness implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> answered = Collections.synchronizedList(new ArrayList<>());

    public WebHarness(List<Operation> operations) {
        this(operations, Access.local(), WebLimits.DEFAULTS);
    }

    public WebHarness(List<Operation> operations, Access access, WebLimits limits) {
        this(operations, Callers.of(access), limits);
    }

    public WebHarness(List<Operation> operations, Callers callers, WebLimits limits) {
        server = new WebServer(
                new WebSettings("127.0.0.1", 0, WebSettings.LOOPBACK, Optional.empty(), limits),
                callers,
                operations,
                Optional.of(WebHarness::page),
                (operation, status) -> answered.add(operation + " " + status),
                InstantSource.fixed(NOW));
    }

    /** As pages show a problem. */
    private static Reply page(Problem problem, String target) {
        return Reply.whole(problem.status(), MediaTypes.HTML, "<p>" + problem.detail() + " at " + target + "</p>");
    }

    /** Returns what the listener heard. */
    public List<String> answered() {
        return List.copyOf(answered);
    }

    public int port() {
        return server.port();
    }

    public HttpResponse<String> get(String target, String... headers) {
        return send("GET", target, headers);
    }

    public HttpResponse<String> send(String method, String target, String... headers) {
        return send(request(target, headers).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    public HttpResponse<String> post(String target, String body, String... headers) {
        return send(request(target, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpRequest.Builder request(String target, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + target))
                .timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Sends bytes as they are, and returns everything that comes back until the server closes the connection. */
    public String raw(String request) {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
