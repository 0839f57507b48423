package io.foundling.schemas;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a registry's API, over HTTP, as a serializer and a deserializer of anybody need. */
final class MiniRegistry implements AutoCloseable {

    private static final Pattern SUBJECT = Pattern.compile("/subjects/([^/?]+)(/versions)?(/latest)?");
    private static final Pattern ID = Pattern.compile("/schemas/ids/(\\d+)");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new TreeMap<>();
    private final List<String> proofs = new ArrayList<>();
    private final List<String> queries = new ArrayList<>();

    MiniRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new AssertionError(noPort);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    /** The Authorization headers so far, empty where there was none. */
    synchronized List<String> proofs() {
        return List.copyOf(proofs);
    }

    /** The queries so far, empty where there was none. */
    synchronized List<String> queries() {
        return List.copyOf(queries);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String proof = exchange.getRequestHeaders().getFirst("Authorization");
        proofs.add(proof == null ? "" : proof);
        String query = exchange.getRequestURI().getQuery();
        queries.add(query == null ? "" : query);
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, Object> answer =
                answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
        byte[] bytes = json.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(answer.containsKey("error_code") ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Map<String, Object> answer(String method, String path, byte[] body) throws IOException {
        Matcher id = ID.matcher(path);
        if (id.matches()) {
            int index = Integer.parseInt(id.group(1)) - 1;
            return index < schemas.size() ? Map.of("schema", schemas.get(index)) : denial(40403);
        }
        Matcher subject = SUBJECT.matcher(path);
        if (!subject.matches()) {
            return denial(404);
        }
        String name = subject.group(1);
        if (!method.equals("POST")) {
            return denial(40401);
        }
        String schema = json.readTree(body).path("schema").asText();
        if (subject.group(2) != null) {
            if (!schemas.contains(schema)) {
                schemas.add(schema);
            }
            subjects.computeIfAbsent(name, ignored -> new ArrayList<>()).add(schemas.indexOf(schema) + 1);
        } else if (!subjects.getOrDefault(name, List.of()).contains(schemas.indexOf(schema) + 1)) {
            return denial(40403);
        }
        return Map.of("subject", name, "version", 1, "id", schemas.indexOf(schema) + 1, "schema", schema);
    }

    private static Map<String, Object> denial(int code) {
        return Map.of("error_code", code, "message", "not found");
    }
}
