package io.foundling.console.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.delivery.FakeReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeReceiver receiver = new FakeReceiver();

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void shouldNotShowTheSecretWhenItCannotBeSent() throws InterruptedException {
        // Given
        Endpoint endpoint = new Endpoint(URI.create("http://127.0.0.1:1"), authorized("\uFEFFBearer s3cret"));

        // When
        Answer answer = endpoint.post(new byte[0], Map.of());

        // Then
        assertThat(answer.verdict()).isEqualTo(Answer.Verdict.FAILED);
        assertThat(answer.text()).contains("authorizationFile").doesNotContain("s3cret");
    }

    @Test
    void shouldFailWhenAKeyCannotBeSentAsAHeader() throws InterruptedException {
        // When
        Answer answer = new Endpoint(receiver.uri(), Transport.open(PATIENCE))
                .post(new byte[0], Map.of("webhook-id", "line\nfeed"));

        // Then
        assertThat(answer.verdict()).isEqualTo(Answer.Verdict.FAILED);
        assertThat(answer.text()).contains("webhook-id").doesNotContain("authorizationFile");
        assertThat(receiver.posts()).isEmpty();
    }

    @Test
    void shouldSendItsProof() throws InterruptedException {
        // When
        posted(authorized("Bearer s3cret"));

        // Then
        assertThat(receiver.posts())
                .singleElement()
                .satisfies(post -> assertThat(post.authorization()).isEqualTo("Bearer s3cret"));
    }

    @Test
    void shouldSayWhatItSendsAndWhoItIsWithoutAskingForAnotherProtocol() throws InterruptedException {
        // When
        posted(Transport.open(PATIENCE));

        // Then
        assertThat(receiver.posts()).singleElement().satisfies(post -> {
            assertThat(post.contentType()).isEqualTo("application/json");
            assertThat(post.headers().getFirst("User-Agent")).isEqualTo("foundling");
            assertThat(post.headers()).doesNotContainKey("Upgrade");
        });
    }

    @Test
    void shouldShowNeitherUserNorPathOfAnAddress() {
        assertThat(Endpoint.shown(URI.create("https://user:s3cret@a:1/s3cret?s3cret")))
                .isEqualTo("a:1");
        assertThat(Endpoint.shown(URI.create("https://a/s3cret"))).isEqualTo("a");
    }

    @Test
    void shouldSendItsProofToNobodyElseWhenItIsRedirected() throws InterruptedException {
        // Given
        try (FakeReceiver other = new FakeReceiver()) {
            receiver.answers(307);
            receiver.adds("Location", other.uri().toString());

            // When
            Answer answer = posted(authorized("Bearer s3cret"));

            // Then
            assertThat(answer.verdict()).isEqualTo(Answer.Verdict.FAILED);
            assertThat(other.posts()).isEmpty();
        }
    }

    @Test
    void shouldShowTheBeginningOfTheAnswerInOneLine() throws InterruptedException {
        // Given
        receiver.answers(400, "unknown\r\n\tteam " + "x".repeat(10_000));

        // When
        Answer answer = posted(Transport.open(PATIENCE));

        // Then
        assertThat(answer.text()).startsWith("400 unknown team xxx").hasSize(Endpoint.SHOWN + 1);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 0", "999999, 600", "'Wed, 21 Oct 2026 07:28:00 GMT',", "-1,", "soon,"})
    void shouldWaitAsLongAsItIsAskedButNotForHours(String asked, Long seconds) throws InterruptedException {
        // Given
        receiver.answers(429);
        receiver.adds("Retry-After", asked);

        // Then
        assertThat(posted(Transport.open(PATIENCE)).retryAfter())
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    @ParameterizedTest
    @CsvSource({"200, ACCEPTED", "400, REFUSED", "503, FAILED"})
    void shouldDecideByTheStatusWhenTheBodyIsLargerThanMemory(int status, Answer.Verdict verdict)
            throws InterruptedException {
        // Given
        receiver.answers(status, "x".repeat(9 << 20));

        // When
        Answer answer = posted(Transport.open(PATIENCE));

        // Then
        assertThat(answer.verdict()).isEqualTo(verdict);
        assertThat(answer.text()).startsWith(status + " xxx").hasSize(Endpoint.SHOWN + 1);
    }

    @Test
    void shouldDecideByTheStatusWhenTheBodyBreaksOff() throws Exception {
        assertThat(posted("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nthanks", false, PATIENCE))
                .isEqualTo(new Answer(200, "200 thanks", Optional.empty()));
    }

    @Test
    void shouldDecideByTheStatusWhenTheBodyNeverEnds() {
        // Given
        String endless = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nthanks";

        // Then: again if the machine is so slow that not even the status came in time
        await().atMost(PATIENCE)
                .until(() -> posted(endless, true, Duration.ofSeconds(1)).verdict() == Answer.Verdict.ACCEPTED);
    }

    @Test
    void shouldSayWhatHappenedWhenTheConnectionIsClosedWithoutAnAnswer() throws Exception {
        // When
        Answer answer = posted("", false, PATIENCE);

        // Then
        assertThat(answer.status()).isZero();
        assertThat(answer.text()).startsWith("the exchange broke: ").doesNotContain("null");
    }

    @Test
    void shouldNameTheHostWhenItsNameIsUnknown() throws InterruptedException {
        // When
        Answer answer = new Endpoint(URI.create("http://nobody.invalid/s3cret"), Transport.open(PATIENCE))
                .post(new byte[0], Map.of());

        // Then
        assertThat(answer.verdict()).isEqualTo(Answer.Verdict.FAILED);
        assertThat(answer.text())
                .startsWith("the name nobody.invalid is unknown")
                .doesNotContain("s3cret");
    }

    /** Posts to a server that answers with exactly that, and then hangs up, or stays silent until the post has ended. */
    private static Answer posted(String said, boolean staysSilent, Duration within) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (Socket client = server.accept()) {
                    int ignored = client.getInputStream().read(new byte[10_000]);
                    client.getOutputStream().write(said.getBytes(StandardCharsets.UTF_8));
                    client.getOutputStream().flush();
                    if (staysSilent) {
                        ended.await();
                    }
                } catch (IOException | InterruptedException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            answering.start();
            try {
                return new Endpoint(URI.create("http://127.0.0.1:" + server.getLocalPort()), Transport.open(within))
                        .post(new byte[0], Map.of());
            } finally {
                ended.countDown();
                answering.join();
            }
        }
    }

    private static Transport authorized(String authorization) {
        Credentials credentials = new Credentials(Optional.of(authorization), Optional.empty(), Optional.empty());
        return new Transport(() -> credentials, PATIENCE);
    }

    private Answer posted(Transport transport) throws InterruptedException {
        return new Endpoint(receiver.uri(), transport).post(new byte[0], Map.of());
    }
}
