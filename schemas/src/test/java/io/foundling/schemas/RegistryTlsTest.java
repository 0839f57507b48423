package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.schemas.registry.FakeRegistry;
import io.foundling.schemas.registry.RegistryAccessException;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.schemas.registry.RegistryUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real handshakes with certificates made a moment before. A refusal that waited would outlast the limit. */
@Timeout(50)
class RegistryTlsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String SCHEMA = "{\"schema\": \"\\\"string\\\"\"}";

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = Certificates.in(directory);
    }

    @Test
    void shouldTrustWhatTheTruststoreHolds() {
        assertThat(answered("server", false, trusting("authority"))).isTrue();
    }

    @Test
    void shouldUnderstandPemAsKafkaDoes() throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("authority.pem"), certificates.pemChain("authority"));
        Map<String, String> inFile = Map.of("truststore.type", "PEM", "truststore.location", file.toString());
        Map<String, String> inline = Map.of(
                "truststore.type", "PEM",
                "truststore.certificates", certificates.pemChain("authority"),
                "keystore.type", "PEM",
                "keystore.certificate.chain", certificates.pemChain("client"),
                "keystore.key", certificates.pemKey("client"));

        // Then
        assertThat(answered("server", false, inFile)).isTrue();
        assertThat(answered("server", true, inline)).isTrue();
    }

    @Test
    void shouldShowItsCertificateWhenTheRegistryAsksForOne() {
        // Given
        Map<String, String> settings = new HashMap<>(trusting("authority"));
        settings.put("keystore.type", "PKCS12");
        settings.put("keystore.location", certificates.keystore("client").toString());
        settings.put("keystore.password", Certificates.PASSWORD);
        settings.put("key.password", Certificates.PASSWORD);

        // Then
        assertThat(answered("server", true, settings)).isTrue();
    }

    @Test
    void shouldNameTheKeystoreWhenTheRegistryAsksForACertificateAndThereIsNone() throws IOException {
        // Given: most servers say why they refuse
        SSLServerSocket socket = (SSLServerSocket)
                certificates.server("server").getServerSocketFactory().createServerSocket(0, 5, LOOPBACK);
        socket.setNeedClientAuth(true);

        // Then
        assertRefusal(socket, trusting("authority"), "schema.registry.ssl.keystore.location");
    }

    @Test
    void shouldNameTheKeystoreWhenTheRegistryHangsUp() {
        // Given: the JDK's server does not say why
        try (FakeRegistry server = new FakeRegistry(certificates.server("server"), true).answering(200, SCHEMA)) {
            Map<String, String> settings = new HashMap<>(trusting("authority"));

            // Then
            assertThatThrownBy(() ->
                            client(server.url().toString(), settings, "200").schemaById(1))
                    .isExactlyInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContainingAll("it hung up", "schema.registry.ssl.keystore.location");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server|stranger|is not trusted|see schema.registry.ssl.truststore.location",
                "stranger|authority|is not trusted|see schema.registry.ssl.truststore.location",
                "expired|authority|has expired|it has to be renewed there",
                "elsewhere|authority|is for another host|it has to name the one in schema.registry.url",
            })
    void shouldSayAtOnceWhatIsWrongWithTheCertificate(String shown, String trusted, String said, String remedy) {
        assertRefusal(shown, false, trusting(trusted), said, remedy);
    }

    @Test
    void shouldNotTrustByDefault() {
        assertRefusal("server", false, Map.of(), "is not trusted", "schema.registry.ssl.truststore.location");
    }

    @Test
    void shouldSaySoWhenTheRegistryDoesNotSpeakTls() throws IOException {
        assertRefusal(new ServerSocket(0, 5, LOOPBACK), Map.of(), "does not speak TLS", "schema.registry.url");
    }

    @Test
    void shouldSayWhatIsWrongWithTheSettings() {
        Path truststore = certificates.truststore("authority");
        assertWrong(
                Map.of("truststore.location", "/absent.p12"),
                "'schema.registry.ssl.truststore.location' is /absent.p12, expected a file that can be read");
        assertWrong(
                Map.of(
                        "truststore.type",
                        "PKCS12",
                        "truststore.location",
                        truststore.toString(),
                        "truststore.password",
                        "sesame"),
                "the settings 'schema.registry.ssl.*' cannot be used",
                truststore.toString(),
                "password was incorrect");
        assertWrong(Map.of("truststore.password", "sesame"), "trust store password is specified");
        assertWrong(Map.of("keystore.type", "PEM", "keystore.key", "sesame"), "certificate chain is not specified");
        assertWrong(
                Map.of("keystore.type", "PEM", "keystore.key", "sesame", "keystore.certificate.chain", "sesame"),
                "the settings 'schema.registry.ssl.*' cannot be used");
        assertWrong(Map.of("protocol", "sesame"), "the settings 'schema.registry.ssl.*' cannot be used");
        assertWrong(
                Map.of("endpoint.identification.algorithm", ""),
                "'schema.registry.ssl.endpoint.identification.algorithm' is '', expected https");
        assertWrong(Map.of("engine.factory.class", "java.lang.String"), "engine.factory.class' is set");
    }

    private static boolean answered(String shown, boolean asksForCertificate, Map<String, String> ssl) {
        SSLContext tls = certificates.server(shown);
        try (FakeRegistry server = new FakeRegistry(tls, asksForCertificate).answering(200, SCHEMA);
                RegistryClient client = client(server.url().toString(), ssl)) {
            return client.schemaById(1).isPresent();
        }
    }

    private static void assertRefusal(String shown, boolean asks, Map<String, String> ssl, String... said) {
        SSLContext tls = certificates.server(shown);
        try (FakeRegistry server = new FakeRegistry(tls, asks).answering(200, SCHEMA);
                RegistryClient client = client(server.url().toString(), ssl)) {
            assertThatThrownBy(() -> client.schemaById(1))
                    .isInstanceOf(RegistryAccessException.class)
                    .hasMessageContaining("the schema registry at " + server.url())
                    .hasMessageContainingAll(said);
            assertThat(server.requests()).isEmpty();
        }
    }

    /** A server that reads something and answers that it was no good. */
    private static void assertRefusal(ServerSocket listening, Map<String, String> ssl, String... said) {
        try (ServerSocket socket = listening) {
            CompletableFuture.runAsync(() -> answerBadRequests(socket));
            String url = "https://127.0.0.1:" + socket.getLocalPort();
            assertThatThrownBy(() -> client(url, ssl).schemaById(1))
                    .isInstanceOf(RegistryAccessException.class)
                    .hasMessageContaining("the schema registry at " + url)
                    .hasMessageContainingAll(said);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void answerBadRequests(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                connection.getInputStream().read(new byte[1_000]);
                connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
            } catch (IOException handshakeFailed) {
                // The next one.
            }
        }
    }

    private static void assertWrong(Map<String, String> ssl, String... said) {
        assertThatThrownBy(() -> client("https://localhost:1", ssl))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(said);
    }

    private static Map<String, String> trusting(String name) {
        return Map.of(
                "truststore.type",
                "PKCS12",
                "truststore.location",
                certificates.truststore(name).toString(),
                "truststore.password",
                Certificates.PASSWORD);
    }

    private static RegistryClient client(String url, Map<String, String> ssl) {
        return client(url, ssl, "60000");
    }

    private static RegistryClient client(String url, Map<String, String> ssl, String maxWaitMs) {
        Map<String, String> settings =
                new HashMap<>(Map.of("schema.registry.url", url, "schema.registry.max.wait.ms", maxWaitMs));
        ssl.forEach((key, value) -> settings.put("schema.registry.ssl." + key, value));
        return AvroSerdes.registryClient(settings);
    }
}
