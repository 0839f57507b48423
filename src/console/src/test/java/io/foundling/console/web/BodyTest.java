package io.foundling.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.access.Access;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compressed bodies, headers that are parameters, and room for the bodies of all requests. */
class BodyTest {

    private static final String[] COMPRESSED = {"Content-Type", "application/json", "Content-Encoding", "gzip"};

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

    @Test
    void shouldAskCallersToComeBackWhenTheBodiesOfOthersFillTheRoom() throws Exception {
        WebLimits narrow =
                new WebLimits(1 << 20, 8 << 10, Duration.ofSeconds(40), Duration.ofSeconds(40), 16, 64, 1_200);
        try (WebHarness full = new WebHarness(TestOperations.all(), Access.local(), narrow);
                Socket slow = new Socket("127.0.0.1", full.port())) {
            // Given
            OutputStream out = slow.getOutputStream();
            out.write(("POST /posting HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 1000\r\n\r\n" + "x".repeat(900))
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();

            // When
            String body = "x".repeat(800);
            String[] headers = {"Content-Type", "application/json"};
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> full.post("/posting", body, headers).statusCode() == 429);

            // Then
            assertThat(full.post("/posting", body, headers).headers().firstValue("Retry-After"))
                    .hasValue("1");
            slow.shutdownOutput();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> full.post("/posting", body, headers).statusCode() == 200);
        }
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
