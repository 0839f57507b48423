package io.foundling.intake.api;

import static io.foundling.intake.api.IntakeRig.event;
import static io.foundling.intake.api.IntakeRig.results;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that nobody sends who means well. Each gets an answer, and the next request is served. */
class HostileInputTest {

    private final IntakeRig rig = new IntakeRig();

    @AfterEach
    void shouldServeTheNextRequest() {
        int before = rig.recorded().size();
        assertThat(rig.json(event("last", "")).statusCode()).isEqualTo(200);
        assertThat(rig.recorded()).hasSize(before + 1);
        rig.close();
    }

    @Test
    void shouldRefuseABodyThatIsTooLong() {
        assertThat(rig.json("'" + "x".repeat(IntakeRig.MOST_BYTES) + "'").statusCode())
                .isEqualTo(413);
    }

    /** Four megabytes at most are ever made of it. */
    @Test
    void shouldRefuseABombOfGzip() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] spaces = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                gzip.write(spaces);
            }
        }
        HttpResponse<String> answer = post(bomb.toByteArray(), "Content-Encoding", "gzip");
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void shouldAcceptACompressedRequest() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(event("1", "").replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }
        assertThat(post(bytes.toByteArray(), "Content-Encoding", "gzip").statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldRefuseDeepNesting() {
        String deep = "[".repeat(100_000);
        assertThat(rig.json(deep).statusCode()).isEqualTo(400);
        assertThat(rig.json("{'a':".repeat(100_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseNumbersThatJsonDoesNotHave() {
        assertThat(rig.json(event("1", ",'attempt':NaN")).statusCode()).isEqualTo(400);
        assertThat(rig.json(event("1", ",'attempt':1e400")).statusCode()).isEqualTo(422);
        assertThat(rig.json(event("1", ",'attempt':" + "9".repeat(5_000))).statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldRefuseNamesThatAreThereTwice() {
        HttpResponse<String> answer = rig.json(event("1", ",'fact':'Completed'"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Duplicate field 'fact'");
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() {
        byte[] bytes = event("1", ",'detail':'\u00e9'").replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1);
        HttpResponse<String> answer = post(bytes);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("its bytes are not UTF-8");
        assertThat(rig.recorded()).isEmpty();
    }

    @Test
    void shouldTakeTenThousandEventsAndNotOneMore() {
        HttpResponse<String> most = rig.json(events(IntakeRig.MOST_EVENTS));
        assertThat(most.statusCode()).isEqualTo(200);
        assertThat(results(most)).hasSize(IntakeRig.MOST_EVENTS);
        HttpResponse<String> more = rig.json(events(IntakeRig.MOST_EVENTS + 1));
        assertThat(more.statusCode()).isEqualTo(413);
        assertThat(more.body()).contains("The request has more than 10000 events (intake.maxEvents)");
        assertThat(rig.recorded()).hasSize(IntakeRig.MOST_EVENTS);
    }

    @Test
    void shouldRefuseKeysThatAreNoKeys() {
        String event = event("1", ",'occurredAt':1");
        assertThat(rig.json(event, "Idempotency-Key", "x".repeat(256)).statusCode())
                .isEqualTo(400);
        assertThat(rig.json(event, "Idempotency-Key", "two words").statusCode()).isEqualTo(400);
        assertThat(rig.json(event, "Idempotency-Key", "a", "Idempotency-Key", "b")
                        .statusCode())
                .isEqualTo(400);
        assertThat(raw("Idempotency-Key: a\u00e9")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("Idempotency-Key: a\rX-Injected: b")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("Idempotency-Key: a\0b")).startsWith("HTTP/1.1 400 ");
        assertThat(rig.recorded()).isEmpty();
    }

    /** What a caller sent is shown on one line, and not longer than it helps. */
    @Test
    void shouldNotRepeatWhatItWasSentAtLength() {
        HttpResponse<String> answer = rig.json(event("1", ",'attempt':'" + "<script>\\n".repeat(10_000) + "'"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body().length()).isLessThan(1_000);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void shouldAnswerManyAtOnce() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        Thread[] callers = new Thread[20];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new Thread(() -> {
                for (int each = 0; each < 20; each++) {
                    accepted.addAndGet(rig.json(event("x", "")).statusCode() == 200 ? 1 : 0);
                }
            });
            callers[i].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(accepted).hasValue(400);
        assertThat(rig.recorded()).hasSize(400);
    }

    private String raw(String header) {
        return rig.web()
                .raw("POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 2\r\n" + header + "\r\n\r\n{}");
    }

    private static String events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> event(Integer.toString(i), ""))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private HttpResponse<String> post(byte[] body, String... headers) {
        HttpRequest.Builder request = rig.web().request("/api/v1/events", "Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return rig.web()
                .send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)), HttpResponse.BodyHandlers.ofString());
    }
}
