package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.client.internal.broker.ProducerFactory;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.schemas.TokenLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A login with a token, on the class path that a service has: kafka-clients needs jose4j for it. */
@Tag("kafka-clients")
class TokenLoginTest {

    private static final String NOBODY = "http://127.0.0.1:1/token";

    @AfterEach
    void forbidAgain() {
        System.clearProperty(TokenLogin.ALLOWED_URLS);
    }

    @Test
    void shouldComeToTheBrokerWithATokenOfTheEndpoint() throws IOException {
        // Given
        try (TokenEndpoint endpoint = new TokenEndpoint();
                ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.setProperty(TokenLogin.ALLOWED_URLS, endpoint.url());
            broker.setSoTimeout(60_000);
            Map<String, String> settings = settings("127.0.0.1:" + broker.getLocalPort(), endpoint.url());
            KafkaAuditRecorder recorder = KafkaAuditRecorder.start(settings, new InMemoryRecorderMetrics());

            // When
            recorder.opened(TestRecorder.subject(1));

            // Then
            try (Socket connection = broker.accept()) {
                assertThat(connection.isConnected()).isTrue();
            } finally {
                recorder.close(Duration.ZERO);
            }
        }
    }

    @Test
    void shouldNameTheEndpointThatIsAway() {
        // Given
        System.setProperty(TokenLogin.ALLOWED_URLS, NOBODY);
        RecorderSettings settings = RecorderSettings.fromProperties(settings("127.0.0.1:9", NOBODY));

        // When, then
        assertThatThrownBy(() -> ProducerFactory.factory(settings).get())
                .isInstanceOf(KafkaException.class)
                .hasMessageContainingAll(
                        "no token from " + NOBODY,
                        "sasl.oauthbearer.token.endpoint.url and the client's id and secret right?");
    }

    @Test
    void shouldNotSpeakOfTheEndpointWhereTheLoginModuleIsMisspelt() {
        // Given
        System.setProperty(TokenLogin.ALLOWED_URLS, NOBODY);
        Map<String, String> misspelt = settings("127.0.0.1:9", NOBODY);
        misspelt.computeIfPresent(
                RecorderSetting.KAFKA_PREFIX + "sasl.jaas.config", (key, jaas) -> jaas.replace("Module", "Modul"));
        RecorderSettings settings = RecorderSettings.fromProperties(misspelt);

        // When, then
        assertThatThrownBy(() -> ProducerFactory.factory(settings).get())
                .isInstanceOf(KafkaException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("no token"))
                .hasRootCauseInstanceOf(LoginException.class);
    }

    @Test
    void shouldLimitTheWaitForTheEndpoint() {
        assertThat(ProducerFactory.config(RecorderSettings.fromProperties(settings("127.0.0.1:9", NOBODY))))
                .containsEntry("sasl.login.connect.timeout.ms", "10000")
                .containsEntry("sasl.login.read.timeout.ms", "10000");
    }

    private static Map<String, String> settings(String broker, String endpoint) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "audit.bootstrap.servers", broker,
                "audit.schema.registry.url", "mock://tokens",
                "audit.service", "declarations"));
        Map<String, String> login = Map.of(
                "max.block.ms",
                "1000",
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "OAUTHBEARER",
                "sasl.login.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                "sasl.login.retry.backoff.max.ms",
                "100",
                "sasl.oauthbearer.token.endpoint.url",
                endpoint,
                "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                        + " clientId=\"declarations\" clientSecret=\"a-secret\";");
        login.forEach((key, value) -> settings.put(RecorderSetting.KAFKA_PREFIX + key, value));
        return settings;
    }
}
