package io.foundling.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A receiver of alerts on this machine, as a ticket system or a chat would be one: prints what {@code notify} posts. */
final class AlertInbox implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final Screen screen;

    AlertInbox(Screen screen) {
        this.screen = screen;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException("the receiver of alerts cannot listen", refused);
        }
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode data = MAPPER.readTree(exchange.getRequestBody()).path("data");
            screen.event(
                    LineKind.MESSAGE,
                    data.path("status").asText() + ": "
                            + data.at("/annotations/summary").asText().split(": ", 2)[0]);
            exchange.sendResponseHeaders(204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
