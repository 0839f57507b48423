package io.foundling.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.access.Access;
import io.foundling.console.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WebLimitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ARRIVAL = Duration.ofMillis(1_500);

    /** Idle connections last longer than a request may take to arrive. */
    private static final WebLimits SLOW_CLIENTS =
            new WebLimits(1 << 20, 8 << 10, Duration.ofSeconds(40), ARRIVAL, 16, 64, 1 << 20);

    @Test
    void shouldRefuseHeadersThatAreTooLong() {
        try (WebHarness web = new WebHarness(TestOperations.all())) {
            assertThat(web.raw("GET /echo HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431 ")
                    .contains("application/problem+json", "must be at most 16384 bytes together", "nosniff");
            assertThat(web.raw("GET /echo?" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 414 ")
                    .contains("application/problem+json");
            assertThat(web.get("/echo").statusCode()).isEqualTo(200);
        }
    }

    /** One byte of a header at a time keeps a connection from being idle. */
    @Test
    void shouldEndAConnectionWhoseRequestDoesNotArriveInTime() throws Exception {
        try (WebHarness web = new WebHarness(TestOperations.all(), Access.local(), SLOW_CLIENTS);
                Socket slow = new Socket("127.0.0.1", web.port())) {
            // When
            slow.getOutputStream()
                    .write("GET /echo HTTP/1.1\r\nHost: localhost\r\nX: ".getBytes(StandardCharsets.US_ASCII));

            // Then
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> isClosed(slow));
        }
    }

    @Test
    void shouldEndAConnectionWhoseNextRequestDoesNotArriveInTime() throws Exception {
        try (WebHarness web = new WebHarness(TestOperations.all(), Access.local(), SLOW_CLIENTS);
                Socket kept = new Socket("127.0.0.1", web.port())) {
            // Given
            kept.getOutputStream()
                    .write("GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(kept.getInputStream().read()).isEqualTo('H');

            // When, then
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> isClosed(kept));
        }
    }

    @Test
    void shouldRefuseABodyThatDoesNotArriveInTime() throws Exception {
        try (WebHarness web = new WebHarness(TestOperations.all(), Access.local(), SLOW_CLIENTS);
                Socket slow = new Socket("127.0.0.1", web.port())) {
            // Given
            slow.setSoTimeout((int) PATIENCE.toMillis());
            slow.getOutputStream()
                    .write(("POST /posting HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 900\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            // When
            AtomicReference<String> answer = new AtomicReference<>("");
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                answer.set(answer.get() + sendOneByte(slow));
                return answer.get().contains("\r\n\r\n");
            });

            // Then
            assertThat(answer.get()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void shouldServeOthersWhileManyConnectionsStall() throws Exception {
        WebLimits few = new WebLimits(1 << 20, 8 << 10, Duration.ofSeconds(40), Duration.ofSeconds(40), 8, 64, 1 << 20);
        try (WebHarness web = new WebHarness(TestOperations.all(), Access.local(), few)) {
            Socket[] stalled = new Socket[40];
            try {
                // Given
                for (int i = 0; i < stalled.length; i++) {
                    stalled[i] = new Socket("127.0.0.1", web.port());
                    stalled[i].getOutputStream().write("GET /echo HT".getBytes(StandardCharsets.US_ASCII));
                }

                // When, then
                assertThat(web.get("/echo").statusCode()).isEqualTo(200);
            } finally {
                for (Socket socket : stalled) {
                    if (socket != null) {
                        socket.close();
                    }
                }
            }
        }
    }

    @Test
    void shouldStopWritingWhenTheCallerGoesAway() throws Exception {
        // Given
        CountDownLatch ended = new CountDownLatch(1);
        Operation endless = Operation.get(
                "endless",
                "/endless",
                Role.READER,
                "Never ends",
                List.of(),
                new Answer(
                        "Zeros.",
                        Map.of(
                                MediaTypes.TEXT,
                                TestOperations.echo().answer().content().get(MediaTypes.JSON))),
                request -> Reply.stream(MediaTypes.TEXT, out -> {
                    byte[] zeros = new byte[8_192];
                    try {
                        while (true) {
                            out.write(zeros);
                        }
                    } finally {
                        ended.countDown();
                    }
                }));
        try (WebHarness web = new WebHarness(List.of(endless))) {
            // When
            try (Socket client = new Socket("127.0.0.1", web.port())) {
                client.getOutputStream()
                        .write("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(client.getInputStream().readNBytes(100_000)).hasSize(100_000);
            }

            // Then
            assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Sends a byte of a body, and returns what has been answered so far. */
    private static String sendOneByte(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('x');
        } catch (SocketException closed) {
            // The answer may still be there to read.
        }
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(in.available()), StandardCharsets.ISO_8859_1);
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            socket.setSoTimeout(50);
            socket.getOutputStream().write('x');
            InputStream in = socket.getInputStream();
            in.readNBytes(in.available());
            return in.read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }
}
