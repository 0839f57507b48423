package io.foundling.console.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.console.delivery.FakeReceiver;
import io.foundling.schemas.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes with a receiver whose certificate was signed by an authority of the test. */
class EndpointTlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = Certificates.in(directory);
    }

    @Test
    void shouldTrustAReceiverWhenItsAuthorityIsTrusted() throws InterruptedException {
        assertThat(posted("server", false, trusted("authority"), Optional.empty())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldNameTheSettingWhenTheAuthorityIsNotTrusted() throws InterruptedException {
        assertThat(posted("server", false, Optional.empty(), Optional.empty()).text())
                .startsWith("the certificate of 127.0.0.1:")
                .contains("is not trusted")
                .endsWith("see receivers[].caFile");
        assertThat(posted("server", false, trusted("stranger"), Optional.empty())
                        .text())
                .endsWith("see receivers[].caFile");
    }

    @Test
    void shouldNameTheUrlWhenTheCertificateIsForAnotherHost() throws InterruptedException {
        assertThat(posted("elsewhere", false, trusted("authority"), Optional.empty())
                        .text())
                .contains("is for another host")
                .endsWith("receivers[].url");
    }

    @Test
    void shouldShowItsCertificateWhenTheReceiverAsksForOne() throws InterruptedException {
        // Given
        Optional<PemTls.Identity> own = Optional.of(identity("client"));

        // Then
        assertThat(posted("server", true, trusted("authority"), own).status()).isEqualTo(200);
        assertThat(posted("server", true, trusted("authority"), Optional.empty())
                        .text())
                .contains("certificateFile and keyFile");
    }

    @Test
    void shouldTrustTheNewAuthorityOnlyWhenItsCredentialsAreRenewed() throws InterruptedException {
        // Given
        AtomicReference<Credentials> credentials =
                new AtomicReference<>(credentials(trusted("authority"), Optional.empty()));
        try (FakeReceiver former = new FakeReceiver(certificates.server("server"), false);
                FakeReceiver renewed = new FakeReceiver(certificates.server("stranger"), false)) {
            Endpoint toFormer = new Endpoint(former.uri(), new Transport(credentials::get, PATIENCE));
            Endpoint toRenewed = new Endpoint(renewed.uri(), new Transport(credentials::get, PATIENCE));
            assertThat(status(toFormer)).isEqualTo(200);
            assertThat(status(toRenewed)).isZero();

            // When
            credentials.set(credentials(trusted("stranger"), Optional.empty()));

            // Then: not over the connection that was trusted before, either
            assertThat(status(toFormer)).isZero();
            assertThat(status(toRenewed)).isEqualTo(200);
        }
    }

    @Test
    void shouldKeepItsConnectionWhenItsCredentialsStay() throws InterruptedException {
        // Given
        Credentials same = credentials(trusted("authority"), Optional.empty());
        try (FakeReceiver receiver = new FakeReceiver(certificates.server("server"), false)) {
            Endpoint endpoint = new Endpoint(receiver.uri(), new Transport(() -> same, PATIENCE));

            // When
            status(endpoint);
            status(endpoint);

            // Then
            assertThat(receiver.posts())
                    .hasSize(2)
                    .extracting(FakeReceiver.Post::from)
                    .containsOnly(receiver.posts().get(0).from());
        }
    }

    private static int status(Endpoint endpoint) throws InterruptedException {
        return endpoint.post(new byte[0], Map.of()).status();
    }

    @Test
    void shouldRefuseWhatIsNoPem() {
        assertThatThrownBy(() -> PemTls.of(Optional.of("rubbish"), Optional.empty()))
                .isInstanceOf(KafkaException.class);
        assertThatThrownBy(() -> PemTls.of(
                        Optional.empty(), Optional.of(new PemTls.Identity(certificates.pemChain("client"), "rubbish"))))
                .isInstanceOf(KafkaException.class);
    }

    @Test
    void shouldRefuseAKeyOfAnotherCertificate() {
        assertThatThrownBy(() -> PemTls.of(
                        Optional.empty(),
                        Optional.of(
                                new PemTls.Identity(certificates.pemChain("client"), certificates.pemKey("stranger")))))
                .isInstanceOf(KafkaException.class)
                .hasMessage("the key is not that of the first certificate");
    }

    private static Answer posted(String server, boolean asks, Optional<String> trusted, Optional<PemTls.Identity> own)
            throws InterruptedException {
        Credentials credentials = trusted.isEmpty() && own.isEmpty() ? Credentials.NONE : credentials(trusted, own);
        Transport transport = new Transport(() -> credentials, PATIENCE);
        try (FakeReceiver receiver = new FakeReceiver(certificates.server(server), asks)) {
            return new Endpoint(receiver.uri(), transport).post(new byte[0], Map.of());
        }
    }

    private static Credentials credentials(Optional<String> trusted, Optional<PemTls.Identity> own) {
        return new Credentials(Optional.empty(), Optional.empty(), Optional.of(PemTls.of(trusted, own)));
    }

    private static Optional<String> trusted(String name) {
        return Optional.of(certificates.pemChain(name));
    }

    private static PemTls.Identity identity(String name) {
        return new PemTls.Identity(certificates.pemChain(name), certificates.pemKey(name));
    }
}
