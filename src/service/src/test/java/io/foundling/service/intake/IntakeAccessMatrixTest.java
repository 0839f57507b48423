package io.foundling.service.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.console.access.token.TokenSecret;
import io.foundling.local.FreePorts;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation that {@code intake} serves, with every kind of caller. The operations are those of the document that
 * the process serves, so a new one fails this test until {@code intake-access-matrix.txt} says what each caller gets.
 * That file is written by hand. The console serves the same operations of events, beside its own.
 */
class IntakeAccessMatrixTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DOCUMENT = "/api/v1/openapi.json";
    private static final String RUN = """
            {"eventType":"START","eventTime":"2026-11-30T12:00:00Z","run":{"runId":"7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10"},
            "job":{"namespace":"university","name":"declarations.load"},"producer":"https://example.org/airflow",
            "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"}""";

    /** Subjects of one source. */
    private static final Map<String, String> BODIES = Map.of(
            "/api/v1/events",
            "{\"subject\":{\"kind\":\"RECORD\",\"source\":\"university\",\"stage\":\"declaration\",\"id\":\"1\"},\"fact\":\"Opened\"}",
            "/api/v1/lineage",
            RUN,
            "/api/v1/lineage/batch",
            "[" + RUN + "]");

    /** Who calls, in the order of the columns, and the rest of the entry in the file of tokens. */
    private enum Who {
        NOBODY(""),
        WRONG(""),
        EXPIRED("roles: [READER, OPERATOR, AUDITOR, INTAKE], expires: 2020-01-01T00:00:00Z"),
        READER("roles: [READER]"),
        OPERATOR("roles: [OPERATOR]"),
        AUDITOR("roles: [AUDITOR]"),
        INTAKE("roles: [INTAKE]"),
        /** May report of another source. */
        BILLING("roles: [INTAKE], sources: [billing]");

        private final String rights;

        Who(String rights) {
            this.rights = rights;
        }
    }

    @TempDir
    private Path directory;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<Who, TokenSecret> secrets = new EnumMap<>(Who.class);
    private final int port = FreePorts.freePort();
    private IntakeService intake;
    private CompletableFuture<Void> end;

    @BeforeEach
    void start() throws IOException {
        intake = new IntakeService(config(), "test");
        end = CompletableFuture.runAsync(this::run);
        HttpClient polling = HttpClient.newHttpClient();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> isReady(polling));
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
        end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void shouldAnswerEachCallerOfEachOperationAsTheMatrixSays() throws Exception {
        // When
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> operation : operations().entrySet()) {
            StringBuilder line = new StringBuilder(operation.getValue() + " " + operation.getKey());
            for (Who who : Who.values()) {
                line.append(' ').append(status(operation.getValue(), operation.getKey(), who));
            }
            lines.add(line.toString());
        }

        // Then
        assertThat(lines).containsExactlyInAnyOrderElementsOf(expected());
    }

    /** By path; each has one method. */
    private Map<String, String> operations() throws Exception {
        JsonNode paths = mapper.readTree(
                        send(request(DOCUMENT, Who.READER).build()).body())
                .path("paths");
        Map<String, String> operations = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            assertThat(path.getValue()).hasSize(1);
            operations.put(path.getKey(), path.getValue().fieldNames().next().toUpperCase(Locale.ROOT));
        }
        return operations;
    }

    private int status(String method, String path, Who who) throws Exception {
        HttpRequest.Builder request = request(path, who).header("Content-Type", "application/json");
        String body = BODIES.getOrDefault(path, "{}");
        return send(request.method(
                                method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    private HttpRequest.Builder request(String path, Who who) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return who == Who.NOBODY
                ? request
                : request.header("Authorization", "Bearer " + secrets.get(who).text());
    }

    /** Each on a connection of its own: one is closed if its caller is refused before the body has arrived. */
    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private boolean isReady(HttpClient http) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + intake.httpPort() + "/readyz"))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    private static List<String> expected() throws IOException {
        try (InputStream in = IntakeAccessMatrixTest.class.getResourceAsStream("intake-access-matrix.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replaceAll(" +", " "))
                    .toList();
        }
    }

    /** With a spool, so that no broker is needed. */
    private ServiceConfig config() throws IOException {
        return new ConfigReader(Map.of("FOUNDLING_INSTANCE", "a")).read("the test's", """
                        kafka: {bootstrap.servers: "127.0.0.1:%d"}
                        avro: {schema.registry.url: "http://127.0.0.1:%d"}
                        http: {port: 0}
                        console: {port: %d, tokensFile: "%s"}
                        intake: {durability: SPOOL, spoolDirectory: "%s"}
                        """.formatted(
                        FreePorts.freePort(), FreePorts.freePort(), port, tokens(), directory.resolve("spool")));
    }

    private Path tokens() throws IOException {
        SecureRandom random = new SecureRandom();
        StringBuilder entries = new StringBuilder("tokens:\n");
        for (Who who : Who.values()) {
            TokenSecret secret = TokenSecret.random(random);
            secrets.put(who, secret);
            if (!who.rights.isEmpty()) {
                entries.append("  - {name: %s, sha256: %s, %s}%n".formatted(who, secret.sha256(), who.rights));
            }
        }
        return Files.writeString(directory.resolve("tokens.yaml"), entries);
    }

    private void run() {
        try {
            intake.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
