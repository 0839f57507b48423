package io.foundling.schemas.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.foundling.schemas.failure.Causes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Registries that begin an answer and do not end it. */
class StalledRegistryTest {

    private static final String HEADERS = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final Duration REQUEST = Duration.ofMillis(200);
    private static final Duration FAR_BELOW_FOREVER = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket stalling;

    @BeforeEach
    void open() throws IOException {
        stalling = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        stalling.close();
        threads.shutdownNow();
    }

    @Test
    void shouldGiveUpWhenTheBodyNeverComes() {
        // Given
        answer(HEADERS + "Content-Length: 30\r\n\r\n{\"schema\"", "");

        // Then
        shouldGiveUp("no complete answer within 200 ms (schema.registry.request.timeout.ms)");
    }

    @Test
    void shouldGiveUpWhenTheBodyComesByteByByteWithoutEnd() {
        // Given
        answer(HEADERS + "Content-Length: 2000000000\r\n\r\n", " ");

        // Then
        shouldGiveUp("no complete answer within 200 ms");
    }

    @Test
    void shouldGiveUpWhenTheBodyIsLargerThanAnySchema() {
        // Given
        answer(HEADERS + "Connection: close\r\n\r\n", " ".repeat(1 << 20));

        // Then
        try (RegistryClient client = client(Duration.ofSeconds(30), Duration.ZERO, url())) {
            assertThatThrownBy(() -> client.schemaById(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("the answer is larger than 8388608 bytes");
        }
    }

    @Test
    void shouldKeepTheCauseWhenNothingIsAnswered() {
        // Given
        answer(HEADERS + "Content-Length: 30\r\n\r\n", "");
        RegistryEndpoints endpoints = endpoints(url());

        // Then
        shouldHaveTimedOut(endpoints);
    }

    @Test
    void shouldKeepTheCauseWhenNoConnectionIsMade() throws IOException {
        // Given
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(List.of(first, second)).allMatch(Socket::isConnected);
            RegistryEndpoints endpoints = endpoints(URI.create("http://127.0.0.1:" + full.getLocalPort()));

            // Then
            shouldHaveTimedOut(endpoints);
        }
    }

    @Test
    void shouldAskTheNextAddressWhenTheFirstStalls() {
        // Given
        answer(HEADERS + "Content-Length: 30\r\n\r\n", "");
        try (FakeRegistry healthy = new FakeRegistry().answering(200, "{\"schema\": \"\\\"string\\\"\"}");
                RegistryClient client = client(REQUEST, Duration.ZERO, url(), healthy.url())) {
            // Then
            assertThat(client.schemaById(1)).contains(Schema.create(Schema.Type.STRING));
        }
    }

    @Test
    void shouldSayAgainAndAgainWhatItWaitsFor() {
        // Given
        answer(HEADERS + "Content-Length: 30\r\n\r\n", "");
        Logger log = (Logger) LoggerFactory.getLogger(PatientRegistry.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        PatientRegistry registry =
                new PatientRegistry(endpoints(url()), Duration.ofMillis(500), Duration.ofMillis(100));

        // When
        assertThatThrownBy(() -> registry.ask("GET", "/", null)).isInstanceOf(RegistryUnavailableException.class);
        log.detachAppender(lines);

        // Then
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("still waiting for the schema registry after 0 s: http://127.0.0.1:")
                        && line.endsWith("no complete answer within 20 ms (schema.registry.request.timeout.ms)"));
    }

    private void shouldGiveUp(String sentence) {
        try (RegistryClient client = client(REQUEST, Duration.ZERO, url())) {
            assertTimeoutPreemptively(
                    FAR_BELOW_FOREVER,
                    () -> assertThatThrownBy(() -> client.schemaById(1))
                            .isInstanceOf(RegistryUnavailableException.class)
                            .hasMessageContaining(sentence));
        }
    }

    private static void shouldHaveTimedOut(RegistryEndpoints endpoints) {
        assertThatThrownBy(() -> endpoints.ask("GET", "/", null))
                .satisfies(failure -> assertThat(Causes.find(failure, HttpTimeoutException.class))
                        .isPresent());
    }

    private static RegistryEndpoints endpoints(URI url) {
        return new RegistryEndpoints(List.of(RegistryAddress.open(url)), Optional.empty(), Duration.ofMillis(20));
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + stalling.getLocalPort());
    }

    private static RegistryClient client(Duration request, Duration maxWait, URI... urls) {
        return new HttpRegistryClient(new HttpRegistrySettings(
                Stream.of(urls).map(RegistryAddress::open).toList(), Optional.empty(), false, maxWait, request));
    }

    /** Answers each connection with the beginning, then with the rest again and again until the client closes it. */
    private void answer(String beginning, String rest) {
        threads.execute(() -> {
            while (!stalling.isClosed()) {
                try {
                    Socket connection = stalling.accept();
                    threads.execute(() -> write(connection, beginning, rest));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void write(Socket connection, String beginning, String rest) {
        try (connection) {
            OutputStream out = connection.getOutputStream();
            out.write(beginning.getBytes(US_ASCII));
            while (!rest.isEmpty()) {
                out.write(rest.getBytes(US_ASCII));
            }
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException closedByTheClient) {
            return;
        }
    }
}
