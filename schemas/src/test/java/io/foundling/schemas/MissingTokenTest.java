package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingTokenTest {

    private static final String ENDPOINT = "https://tokens.example/token";

    private static final String NO_CONNECTION =
            "org.apache.kafka.common.KafkaException: java.net.ConnectException: refused"
                    + "\n\tat a.B.c(B.java:1)\nCaused by: java.net.ConnectException: refused\n\tat a.B.c(B.java:1)\n";

    private static Map<String, Object> kafka(String endpoint) {
        Map<String, Object> kafka = new HashMap<>(Map.of("sasl.mechanism", "OAUTHBEARER"));
        kafka.put("sasl.oauthbearer.token.endpoint.url", endpoint);
        return kafka;
    }

    private static KafkaException failure(String login) {
        return new KafkaException("Failed to construct kafka producer", new LoginException(login));
    }

    @Test
    void shouldNameTheEndpointAndTheLastCause() {
        assertThat(TokenLogin.missingToken(kafka(ENDPOINT), failure(NO_CONNECTION)))
                .hasValue("no token from " + ENDPOINT + ": java.net.ConnectException: refused; is it running, and are"
                        + " sasl.oauthbearer.token.endpoint.url and the client's id and secret right?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.KafkaException: a.UnretryableException: java.io.IOException: The response code 401 and",
                "a.Failure: x\nCaused by: javax.net.ssl.SSLHandshakeException: PKIX\nCaused by: a.PathException: y",
                "a.b.JwtRetrieverException: The token endpoint response did not contain a valid JWT. Response: (x)",
                "An internal error occurred while retrieving token from callback handler"
            })
    void shouldSpeakOfTheEndpointThatCannotBeReachedOrRefuses(String login) {
        assertThat(TokenLogin.missingToken(kafka(ENDPOINT), failure(login))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No LoginModule found for org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModul",
                "a.b.JwtRetrieverException: java.nio.file.NoSuchFileException: /etc/key.pem",
                "java.lang.IllegalStateException: Already logged in without a token"
            })
    void shouldLeaveAnyOtherFaultOfTheLogin(String login) {
        assertThat(TokenLogin.missingToken(kafka(ENDPOINT), failure(login))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void shouldNotSpeakOfAnEndpointWhereNoneIsSet(String none) {
        // Given: a handler of its own, as that of MSK
        Map<String, Object> without = kafka(ENDPOINT);
        without.remove("sasl.oauthbearer.token.endpoint.url");

        // When / Then
        assertThat(TokenLogin.missingToken(without, failure(NO_CONNECTION))).isEmpty();
        assertThat(TokenLogin.missingToken(kafka(none), failure(NO_CONNECTION))).isEmpty();
    }
}
