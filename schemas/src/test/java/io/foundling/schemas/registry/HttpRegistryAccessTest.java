package io.foundling.schemas.registry;

import static io.foundling.schemas.registry.FakeRegistry.client;
import static io.foundling.schemas.registry.FakeRegistry.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows when a registry refuses access: at once from the start, as an outage later. */
class HttpRegistryAccessTest {

    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final String STRING_ANSWER = "{\"schema\": \"\\\"string\\\"\"}";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final FakeRegistry server = new FakeRegistry();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "401, 'asks for credentials (401) and none are set; see basic.auth.credentials.source'",
        "403, 'forbids GET /schemas/ids/3 (403) to whom basic.auth.credentials.source names'"
    })
    void shouldSaySoAtOnceWhenTheRegistryRefusesFromTheStart(int status, String said) {
        // Given
        server.answering(status, "");
        RegistryClient client = client(LONG, server.url());

        // Then
        assertThatThrownBy(() -> client.schemaById(3))
                .isInstanceOf(RegistryAccessException.class)
                .hasMessageContaining("the schema registry at " + server.url())
                .hasMessageContaining(said);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldWaitAsForAnOutageWhenARegistryRefusesThatOnceGrantedAccess() {
        // Given
        server.answering(200, STRING_ANSWER)
                .answering(401, "")
                .answering(401, "")
                .answering(200, STRING_ANSWER);
        RegistryClient client = client(LONG, server.url());
        client.schemaById(3);

        // Then
        assertThat(client.schemaById(4)).contains(STRING);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void shouldNameTheSettingWhenARegistryGoesOnRefusing() {
        // Given
        server.answering(200, STRING_ANSWER).answering(401, "");
        RegistryClient client = client(SHORT, server.url());
        client.schemaById(3);

        // Then
        assertThatThrownBy(() -> client.schemaById(4))
                .isInstanceOf(RegistryAccessException.class)
                .hasMessageContainingAll("within 300 ms", "(401)", "basic.auth.credentials.source");
        assertThat(server.requests()).hasSizeGreaterThan(3);
    }

    @Test
    void shouldSaySoAtOnceWhenARefusalFollowsAnOutage() {
        // Given
        server.answering(503, "").answering(401, "");

        // Then
        assertThatThrownBy(() -> client(LONG, server.url()).schemaById(3)).isInstanceOf(RegistryAccessException.class);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void shouldAskTheNextAddressWhenTheFirstRefuses() {
        try (FakeRegistry refusing = new FakeRegistry().answering(401, "")) {
            // Given
            server.answering(200, STRING_ANSWER);

            // Then
            assertThat(client(LONG, refusing.url(), server.url()).schemaById(3)).contains(STRING);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldWaitAndTellBothWhenOneAddressRefusesAndAnotherIsDown(boolean refusingFirst) throws IOException {
        // Given
        server.answering(401, "");
        URI[] urls = refusingFirst ? new URI[] {server.url(), nobody()} : new URI[] {nobody(), server.url()};

        // Then
        assertThatThrownBy(() -> client(SHORT, urls).schemaById(3))
                .isExactlyInstanceOf(RegistryUnavailableException.class)
                .hasMessageContainingAll("(401)", "is unreachable");
        assertThat(server.requests()).hasSizeGreaterThan(1);
    }

    @Test
    void shouldNotFollowARedirectWithCredentials() {
        try (FakeRegistry elsewhere = new FakeRegistry().answering(200, STRING_ANSWER)) {
            // Given
            server.redirectingTo(elsewhere.url("/schemas/ids/3"));
            RegistryAddress proven =
                    new RegistryAddress(server.url(), Optional.of("Bearer sesame"), "bearer.auth.token");
            RegistryClient client = new HttpRegistryClient(
                    new HttpRegistrySettings(List.of(proven), Optional.empty(), false, SHORT, Duration.ofSeconds(10)));

            // Then
            assertThatThrownBy(() -> client.schemaById(3))
                    .isExactlyInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("a redirect, which is not followed");
            assertThat(server.authorizations()).contains("Bearer sesame");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }
}
