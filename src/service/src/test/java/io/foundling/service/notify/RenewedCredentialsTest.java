package io.foundling.service.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.LogLines;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Credentials;
import io.foundling.console.delivery.http.Endpoint;
import io.foundling.console.delivery.http.Transport;
import io.foundling.schemas.Certificates;
import io.foundling.service.config.ReceiverSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a receiver that change while it is served. */
class RenewedCredentialsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<URI> HERE = List.of(URI.create("https://a"));

    @TempDir
    private static Path made;

    private static Certificates certificates;

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-09-01T10:00:00Z");
    private final LogLines log = new LogLines(RenewedCredentials.class);

    @BeforeAll
    static void makeCertificates() {
        certificates = Certificates.in(made);
    }

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void shouldTrustANewAuthorityWithinTenSecondsWhenItsFileIsReplaced() throws Exception {
        // Given
        Path authority = holds("ca.crt", certificates.pemChain("authority"));
        try (FakeReceiver renewed = new FakeReceiver(certificates.server("stranger"), false)) {
            Endpoint endpoint = new Endpoint(renewed.uri(), transport(files(authority)));
            assertThat(status(endpoint)).isZero();

            // When
            holds("ca.crt", certificates.pemChain("stranger"));

            // Then
            now = now.plusMillis(9_999);
            assertThat(status(endpoint)).isZero();
            now = now.plusMillis(1);
            assertThat(status(endpoint)).isEqualTo(200);
        }
    }

    @Test
    void shouldShowTheNewCertificateWhenItAndItsKeyAreReplaced() throws Exception {
        // Given
        Path authority = holds("ca.crt", certificates.pemChain("authority"));
        Path certificate = holds("tls.crt", certificates.pemChain("stranger"));
        Path key = holds("tls.key", certificates.pemKey("stranger"));
        var files = new ReceiverSettings.Files(
                Optional.empty(), Optional.empty(), Optional.of(authority), Optional.of(certificate), Optional.of(key));
        try (FakeReceiver server = new FakeReceiver(certificates.server("server"), true)) {
            Endpoint endpoint = new Endpoint(server.uri(), transport(files));
            assertThat(status(endpoint)).isZero();

            // When
            holds("tls.crt", certificates.pemChain("client"));
            holds("tls.key", certificates.pemKey("client"));
            now = now.plus(RenewedCredentials.LOOKS_EVERY);

            // Then
            assertThat(status(endpoint)).isEqualTo(200);
        }
    }

    @Test
    void shouldUseNewTextsWhenTokenAndSecretAreReplaced() throws IOException {
        // Given
        Transport transport = transport(files(holds("token", "Bearer one"), holds("secret", "one")));
        assertThat(authorization(transport)).contains("Bearer one");

        // When
        holds("token", "Bearer two\n");
        holds("secret", "whsec_dHdv\n");
        now = now.plus(RenewedCredentials.LOOKS_EVERY);

        // Then
        assertThat(authorization(transport)).contains("Bearer two");
        assertThat(transport.credentials().get().secret().orElseThrow())
                .asString()
                .isEqualTo("two");
        assertThat(log.all()).containsExactly("receiver a: its files have changed, and what they hold now is used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "secret", "ca.crt", "tls.crt", "tls.key"})
    void shouldReadAllFilesAgainWhenAnyOfThemHasChanged(String changed) throws IOException {
        // Given
        Transport transport = transport(new ReceiverSettings.Files(
                Optional.of(holds("token", "Bearer one")),
                Optional.of(holds("secret", "one")),
                Optional.of(holds("ca.crt", certificates.pemChain("authority"))),
                Optional.of(holds("tls.crt", certificates.pemChain("client"))),
                Optional.of(holds("tls.key", certificates.pemKey("client")))));
        Credentials before = transport.credentials().get();

        // When
        Files.writeString(directory.resolve(changed), "\n", StandardOpenOption.APPEND);
        now = now.plus(RenewedCredentials.LOOKS_EVERY);

        // Then
        assertThat(transport.credentials().get()).isNotSameAs(before);
    }

    @Test
    void shouldKeepWhatItHasAndSaySoOnceWhenAFileCannotBeUsed() throws IOException {
        // Given
        Path token = holds("token", "Bearer one");
        Transport transport = transport(files(token, holds("secret", "one")));

        // When
        holds("token", "s3cret\non two lines");
        for (int i = 0; i < 3; i++) {
            now = now.plus(RenewedCredentials.LOOKS_EVERY);
            assertThat(authorization(transport)).contains("Bearer one");
        }

        // Then
        assertThat(log.all())
                .containsExactly("receiver a: its files have changed, but what they held before is still used:"
                        + " receivers[].authorizationFile of a is " + token + ", which holds no text of one line");
        holds("token", "Bearer two");
        now = now.plus(RenewedCredentials.LOOKS_EVERY);
        assertThat(authorization(transport)).contains("Bearer two");
    }

    @Test
    void shouldKeepWhatItHasWhenAFileIsGone() throws IOException {
        // Given
        Path token = holds("token", "Bearer one");
        Transport transport = transport(files(token, holds("secret", "one")));

        // When
        Files.delete(token);
        now = now.plus(RenewedCredentials.LOOKS_EVERY);

        // Then
        assertThat(authorization(transport)).contains("Bearer one");
        assertThat(log.all()).singleElement().asString().endsWith("which does not exist");
    }

    @Test
    void shouldSayNothingMoreWhenTheFormerContentIsBack() throws IOException {
        // Given
        Transport transport = transport(files(holds("token", "Bearer one"), holds("secret", "one")));
        Credentials before = transport.credentials().get();
        holds("secret", "whsec_!");
        now = now.plus(RenewedCredentials.LOOKS_EVERY);
        assertThat(transport.credentials().get()).isSameAs(before);

        // When
        holds("secret", "one");
        now = now.plus(RenewedCredentials.LOOKS_EVERY);

        // Then
        assertThat(transport.credentials().get()).isSameAs(before);
        assertThat(log.all()).hasSize(1);
        holds("secret", "whsec_!");
        now = now.plus(RenewedCredentials.LOOKS_EVERY);
        assertThat(transport.credentials().get()).isSameAs(before);
        assertThat(log.all()).hasSize(2);
    }

    @Test
    void shouldReadAPipeOnlyOnce() throws Exception {
        // Given
        Path secret = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", secret.toString()).start().waitFor())
                .isZero();
        Thread writer = new Thread(() -> write(secret, "one"));
        writer.setDaemon(true);
        writer.start();

        assertTimeoutPreemptively(PATIENCE, () -> {
            Transport transport = transport(files(holds("token", "Bearer one"), secret));

            // When
            holds("token", "Bearer two");
            now = now.plus(RenewedCredentials.LOOKS_EVERY);

            // Then
            assertThat(authorization(transport)).contains("Bearer two");
            assertThat(transport.credentials().get().secret().orElseThrow())
                    .asString()
                    .isEqualTo("one");
        });
    }

    @Test
    void shouldKeepCertificateAndKeyUntilBothAreReplaced() throws IOException {
        // Given
        Transport transport = transport(new ReceiverSettings.Files(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(holds("tls.crt", certificates.pemChain("client"))),
                Optional.of(holds("tls.key", certificates.pemKey("client")))));
        Credentials before = transport.credentials().get();

        // When
        holds("tls.crt", certificates.pemChain("stranger"));
        now = now.plus(RenewedCredentials.LOOKS_EVERY);

        // Then
        assertThat(transport.credentials().get()).isSameAs(before);
        assertThat(log.all())
                .containsExactly("receiver a: its files have changed, but what they held before is still used:"
                        + " receivers[].certificateFile or keyFile of a cannot be used, expected PEM of a"
                        + " certificate and its key: the key is not that of the first certificate");
        holds("tls.key", certificates.pemKey("stranger"));
        now = now.plus(RenewedCredentials.LOOKS_EVERY);
        assertThat(transport.credentials().get().tls()).isPresent().isNotEqualTo(before.tls());
    }

    @Test
    void shouldKeepItsConnectionsWhenOnlyATokenIsReplaced() throws IOException {
        // Given
        Transport transport = transport(new ReceiverSettings.Files(
                Optional.of(holds("token", "Bearer one")),
                Optional.empty(),
                Optional.of(holds("ca.crt", certificates.pemChain("authority"))),
                Optional.empty(),
                Optional.empty()));
        Credentials before = transport.credentials().get();

        // When
        holds("token", "Bearer two");
        now = now.plus(RenewedCredentials.LOOKS_EVERY);

        // Then
        assertThat(authorization(transport)).contains("Bearer two");
        assertThat(transport.credentials().get().tls()).isPresent().isEqualTo(before.tls());
    }

    @Test
    void shouldUseWhatThereIsWhileAnotherThreadLooks() throws Exception {
        // Given
        CountDownLatch looks = new CountDownLatch(1);
        CountDownLatch resumed = new CountDownLatch(1);
        InstantSource slow = () -> {
            looks.countDown();
            assertThatCode(resumed::await).doesNotThrowAnyException();
            return now;
        };
        RenewedCredentials credentials = RenewedCredentials.read(
                        settings(files(holds("token", "Bearer one"), holds("secret", "one"))),
                        HERE,
                        new ReceiverFiles("a"),
                        slow)
                .orElseThrow();
        Thread looking = new Thread(credentials::get);
        looking.setDaemon(true);
        looking.start();
        looks.await();

        // When
        Credentials found = assertTimeoutPreemptively(PATIENCE, credentials::get);

        // Then
        assertThat(found.authorization()).contains("Bearer one");
        resumed.countDown();
        looking.join();
    }

    @Test
    void shouldMakeNothingAnewWhenNoFileChanged() throws IOException {
        // Given
        Transport transport = transport(files(holds("ca.crt", certificates.pemChain("authority"))));
        Credentials before = transport.credentials().get();

        // When
        now = now.plus(Duration.ofDays(1));

        // Then
        assertThat(transport.credentials().get()).isSameAs(before);
        assertThat(log.all()).isEmpty();
    }

    private Path holds(String file, String text) throws IOException {
        return Files.writeString(directory.resolve(file), text);
    }

    private static void write(Path pipe, String text) {
        assertThatCode(() -> Files.writeString(pipe, text)).doesNotThrowAnyException();
    }

    private static ReceiverSettings.Files files(Path authority) {
        return new ReceiverSettings.Files(
                Optional.empty(), Optional.empty(), Optional.of(authority), Optional.empty(), Optional.empty());
    }

    private static ReceiverSettings.Files files(Path authorization, Path secret) {
        return new ReceiverSettings.Files(
                Optional.of(authorization), Optional.of(secret), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Transport transport(ReceiverSettings.Files files) {
        return new Transport(
                RenewedCredentials.read(settings(files), HERE, new ReceiverFiles("a"), () -> now)
                        .orElseThrow(),
                PATIENCE);
    }

    private static ReceiverSettings settings(ReceiverSettings.Files files) {
        return new ReceiverSettings(
                "a",
                ReceiverSettings.Kind.WEBHOOK,
                new ReceiverSettings.Address(Optional.of("https://a"), Optional.empty()),
                Receiver.Format.CLOUDEVENTS,
                Duration.ZERO,
                PATIENCE,
                files);
    }

    private static Optional<String> authorization(Transport transport) {
        return transport.credentials().get().authorization();
    }

    private static int status(Endpoint endpoint) throws InterruptedException {
        return endpoint.post(new byte[0], Map.of()).status();
    }
}
