package io.foundling.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Access;
import io.foundling.console.access.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compressed bodies, headers that are parameters, and room for the bodies of all requests. */
class BodyTest {

    private static final String[] COMPRESSED = {"Content-Type", "application/json", "Content-Encoding", "gzip"};

    private static final ObjectNode ANY = JsonNodeFactory.instance.objectNode();

    private final WebHarness web = new WebHarness(TestOperations.all());

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void shouldReadACompressedBody() {
        assertThat(post(gzip(900), COMPRESSED).body()).isEqualTo("local:900");
    }

    /** A megabyte of zeros is a kilobyte. */
    @Test
    void shouldRefuseABodyThatBecomesTooLong() {
        HttpResponse<String> refused = post(gzip(900_000), COMPRESSED);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("must be at most 1000 bytes");
    }

    @Test
    void shouldRefuseABodyThatIsNotCompressedAsItSays() {
        byte[] cut = Arrays.copyOf(gzip(900), 20);
        assertThat(post(cut, COMPRESSED).statusCode()).isEqualTo(400);
        HttpResponse<String> plain = post("{}".getBytes(StandardCharsets.UTF_8), COMPRESSED);
        assertThat(plain.statusCode()).isEqualTo(400);
        assertThat(plain.body()).contains("The body is not gzip, as Content-Encoding says");
    }

    @Test
    void shouldRefuseAnotherCompression() {
        HttpResponse<String> refused = post(gzip(9), "Content-Type", "application/json", "Content-Encoding", "br");
        assertThat(refused.statusCode()).isEqualTo(415);
        assertThat(refused.body()).contains("Content-Encoding is 'br', must be gzip or missing");
    }

    @Test
    void shouldReadHeadersThatAreParameters() {
        assertThat(web.post("/posting", "{}", "Content-Type", "application/json", "x-tag", "mine")
                        .body())
                .isEqualTo("local:2 mine");
        HttpResponse<String> refused =
                web.post("/posting", "{}", "Content-Type", "application/json", "X-Tag", "x".repeat(11));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("X-Tag is 'xxxxxxxxxxx', must be a text of 1 to 10 characters");
        assertThat(web.post("/posting", "{}", "Content-Type", "application/json", "X-Tag", "a", "X-Tag", "b")
                        .body())
                .contains("X-Tag is there 2 times, must be there once");
    }

    /** Longer than the chunks in which it is kept while it arrives. */
    @Test
    void shouldKeepLongBodiesAsTheyAre() {
        byte[] sent = new byte[20_001];
        new Random(1).nextBytes(sent);
        try (WebHarness echoing = new WebHarness(List.of(echo()), Access.local(), WebLimits.DEFAULTS)) {
            HttpResponse<byte[]> answer = echoing.send(
                    echoing.request("/echo", "Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(sent)),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.body()).isEqualTo(sent);
        }
    }

    /** However large a body is configured to be. */
    @Test
    void shouldHaveRoomForOneBodyAlone() {
        try (WebHarness full = new WebHarness(TestOperations.all(), Access.local(), roomOf(100))) {
            assertThat(full.post("/posting", "x".repeat(900), "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** A body takes three times its length: it is in memory twice while it is read, and with what is made of it later. */
    @Test
    void shouldAskCallersToComeBackWhenTheBodiesOfOthersFillTheRoom() throws Exception {
        try (WebHarness full = new WebHarness(TestOperations.all(), Access.local(), roomOf(3_600));
                Socket slow = new Socket("127.0.0.1", full.port())) {
            // Given
            OutputStream out = slow.getOutputStream();
            out.write(("POST /posting HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 1000\r\n\r\n" + "x".repeat(900))
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();

            // When
            String body = "x".repeat(301);
            String[] headers = {"Content-Type", "application/json"};
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> full.post("/posting", body, headers).statusCode() == 429);

            // Then
            assertThat(full.post("/posting", "x".repeat(300), headers).statusCode())
                    .isEqualTo(200);
            assertThat(full.post("/posting", body, headers).headers().firstValue("Retry-After"))
                    .hasValue("1");
            slow.shutdownOutput();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> full.post("/posting", body, headers).statusCode() == 200);
        }
    }

    private static WebLimits roomOf(long bodiesBytes) {
        return new WebLimits(1 << 20, 8 << 10, Duration.ofSeconds(40), Duration.ofSeconds(40), 16, 64, bodiesBytes);
    }

    private static Operation echo() {
        return new Operation(
                "echo",
                new Route(Method.POST, "/echo"),
                Optional.of(Role.OPERATOR),
                "Answers its body",
                List.of(),
                Optional.of(new Body("Any.", 1 << 20, Map.of(MediaTypes.JSON, ANY))),
                new Answer("It.", Map.of(MediaTypes.TEXT, ANY)),
                request -> Reply.stream(MediaTypes.TEXT, out -> out.write(request.body())));
    }

    private HttpResponse<String> post(byte[] body, String... headers) {
        return web.send(
                web.request("/posting", headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] gzip(int zeros) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[zeros]);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }
}
