package io.foundling.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foundling.service.GoldenSection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpEndpointTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final List<String> notAlive = new CopyOnWriteArrayList<>();
    private final List<String> notReady = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> metrics = new AtomicReference<>("foundling_events_total 1.0\n");
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpEndpoint endpoint = endpoint(0);

    @AfterEach
    void close() {
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz"})
    void shouldAnswerOkWhenThereAreNoProblems(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ok\n");
    }

    @Test
    void shouldListOneReasonPerLineWhenThereAreProblems() throws Exception {
        // Given
        notAlive.addAll(List.of("thread 1 is dead", "thread 2 is dead"));
        notReady.add("restoring 0_1");

        // When
        HttpResponse<String> alive = get("/livez");
        HttpResponse<String> ready = get("/readyz");

        // Then
        assertThat(alive.statusCode()).isEqualTo(503);
        assertThat(alive.body()).isEqualTo("thread 1 is dead\nthread 2 is dead\n");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("restoring 0_1\n");
    }

    @Test
    void shouldAnswerMetricsInPrometheusText() throws Exception {
        HttpResponse<String> response = get("/metrics?name[]=a");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("foundling_events_total 1.0\n");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            gzip                  | gzip
            deflate, GZIP;q=0.5   | gzip
            gzip;q=0              | -
            identity              | -
            ''                    | -
            """)
    void shouldCompressWhatIsLargeForThoseWhoTakeIt(String accepted, String encoding) throws Exception {
        // Given
        metrics.set("foundling_events_total 1.0\n".repeat(1_000));
        HttpRequest request = HttpRequest.newBuilder(uri("/metrics"))
                .header("Accept-Encoding", accepted)
                .build();

        // When
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());

        // Then
        assertThat(response.headers().firstValue("Content-Encoding").orElse(null))
                .isEqualTo(encoding);
        byte[] body = response.body();
        if (encoding != null) {
            assertThat(body).hasSizeLessThan(1_000);
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(metrics.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/livez/", "/livezz", "/metrics/x", "/favicon.ico"})
    void shouldSayWhatThereIsWhenThePathIsUnknown(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("/livez, /readyz and /metrics");
    }

    @ParameterizedTest
    @CsvSource({"POST, /livez", "DELETE, /metrics", "PUT, /readyz"})
    void shouldRefuseWhatIsNoGet(String method, String path) throws Exception {
        // The JDK's server reads up to 64 KiB that nobody asked for. With more it closes, and the answer may be lost.
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, BodyPublishers.ofString("x".repeat(60_000)))
                .build();

        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void shouldAnswerAnErrorWithoutDetailsWhenASupplierFails() throws Exception {
        try (HttpEndpoint failing = new HttpEndpoint(LOOPBACK, 0, List::of, List::of, () -> {
            throw new IllegalStateException("sesame");
        })) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri(failing, "/metrics")).build(), BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).isEqualTo("/metrics failed, see the log\n");
        }
    }

    @Test
    void shouldSayWhichSettingToChangeWhenThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatExceptionOfType(CannotListenException.class)
                    .isThrownBy(() -> endpoint(taken.getLocalPort()))
                    .withMessageStartingWith("cannot listen on 127.0.0.1:" + taken.getLocalPort() + " (")
                    .withMessageContaining("http.port or FOUNDLING_HTTP_PORT");
        }
    }

    @Test
    void shouldSayWhichSettingToChangeWhenTheHostIsUnknown() {
        assertThatExceptionOfType(CannotListenException.class)
                .isThrownBy(() -> new HttpEndpoint("no-such-host.invalid", 0, List::of, List::of, () -> ""))
                .withMessageStartingWith("cannot listen on no-such-host.invalid:0 (no such host)");
    }

    @Test
    void shouldFreeThePortWhenClosed() throws Exception {
        // Given
        int port = endpoint.port();
        get("/livez");

        // When
        endpoint.close();

        // Then
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> get("/livez"));
        endpoint(port).close();
    }

    @Test
    void shouldAnswerBesideClientsThatStallInTheirRequests() throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try {
            // Given
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket(LOOPBACK, endpoint.port());
                stalled.add(socket);
                socket.getOutputStream().write("GET /livez HT".getBytes(StandardCharsets.US_ASCII));
            }

            // When
            HttpRequest request = HttpRequest.newBuilder(uri("/livez"))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

            // Then
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(stalled).as("none has been given up before").allSatisfy(HttpEndpointTest::isOpen);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    /** The server closes what it gives up; then there is an end to read. */
    private static void isOpen(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> socket.getInputStream().read());
    }

    @Test
    void shouldSendSmallAnswersAtOnce() {
        assertThat(System.getProperty("sun.net.httpserver.nodelay")).isEqualTo("true");
    }

    @Test
    void shouldAnswerUnderThePathsOfTheDocumentation() throws Exception {
        // Given
        List<String> documented = Pattern.compile("(?m)^\\| `(/\\w+)` ")
                .matcher(new GoldenSection("docs/operation.md", "paths").text())
                .results()
                .map(path -> path.group(1))
                .toList();

        // When
        String offered = get("/nothing").body();

        // Then
        assertThat(Pattern.compile("/\\w+").matcher(offered).results().map(MatchResult::group))
                .isEqualTo(documented);
        for (String path : documented) {
            assertThat(get(path).statusCode()).isEqualTo(200);
        }
    }

    private HttpEndpoint endpoint(int port) {
        return new HttpEndpoint(LOOPBACK, port, () -> notAlive, () -> notReady, metrics::get);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return uri(endpoint, path);
    }

    private static URI uri(HttpEndpoint endpoint, String path) {
        return URI.create("http://" + LOOPBACK + ":" + endpoint.port() + path.replace("[]", "%5B%5D"));
    }
}
