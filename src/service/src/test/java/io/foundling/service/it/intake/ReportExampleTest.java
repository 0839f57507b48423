package io.foundling.service.it.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples that report over HTTP, where the intake refuses, is busy or gives no answer. */
class ReportExampleTest {

    private static final String TAKEN = "{\"results\":[{\"index\":0,\"status\":\"accepted\"}]}";

    /** An answer of the intake, and when it asks for a repeat. Status 0 is a connection that breaks. */
    private record Answer(int status, String retryAfter, String body) {}

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/events", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRepeatTheSameUntilTheIntakeTakesIt(ReportExample example) throws Exception {
        // Given
        example.assumeInstalled();
        answers.addAll(List.of(
                new Answer(0, "", ""),
                new Answer(429, "1", "busy"),
                new Answer(503, "Wed, 21 Oct 2026 07:28:00 GMT", "away"),
                new Answer(200, "", TAKEN)));

        // When
        ReportExample.Run run = example.run(url(), "sesame");

        // Then
        assertThat(run.exitCode()).as(run.printed()).isZero();
        assertThat(run.printed()).contains("accepted");
        assertThat(received).hasSize(4);
        assertThat(List.copyOf(received).stream().distinct())
                .singleElement()
                .asString()
                .startsWith("Bearer sesame declaration-4711-deferred [{");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhyAndRepeatNothingWhenAnEventIsRefused(ReportExample example) throws Exception {
        // Given
        example.assumeInstalled();
        answers.add(new Answer(422, "", "{\"reason\":\"the key is too long\"}"));

        // When
        ReportExample.Run run = example.run(url());

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(withoutWarnings(run))
                .singleElement()
                .asString()
                .startsWith("the intake did not take the events: ")
                .contains("the key is too long");
        assertThat(received).singleElement().asString().startsWith("null declaration-4711-deferred");
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotWaitAfterItsLastTry(ReportExample example) throws Exception {
        // Given: an intake that asks for a second each time, and at last for a minute
        example.assumeInstalled();
        answers.addAll(Collections.nCopies(8, new Answer(503, "1", "away")));
        answers.add(new Answer(503, "60", "away"));
        long begin = System.nanoTime();

        // When
        ReportExample.Run run = example.run(url());

        // Then
        assertThat(run.printed()).contains("the intake did not take the events: away");
        assertThat(answers).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatIsMissingWhenItHasNoAddress(ReportExample example) throws Exception {
        // Given
        example.assumeInstalled();

        // When
        ReportExample.Run run = example.run();

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(withoutWarnings(run))
                .singleElement()
                .asString()
                .startsWith("expected report")
                .contains("URL");
    }

    /** Node 22 calls the stripping of types experimental. */
    private static List<String> withoutWarnings(ReportExample.Run run) {
        return run.printed()
                .lines()
                .filter(line -> !line.contains("ExperimentalWarning") && !line.contains("--trace-warnings"))
                .toList();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Idempotency-Key") + " " + body);
            Answer answer = answers.remove();
            if (answer.status() == 0) {
                return;
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
