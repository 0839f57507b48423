package io.foundling.schemas.registry;

import static io.foundling.schemas.registry.FakeRegistry.client;
import static io.foundling.schemas.registry.FakeRegistry.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRegistryClientTest {

    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final String STRING_ANSWER = "{\"schema\": \"\\\"string\\\"\"}";
    private static final String DENIAL = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final FakeRegistry server = new FakeRegistry();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAskOnceUnderTheWholeAddressWhenASchemaIsRegisteredTwice() {
        // Given
        server.answering(200, "{\"id\": 17}");
        RegistryClient client = client(SHORT, server.url("/apis/ccompat/v7/"));

        // When
        int first = client.register("a topic/1-value", STRING);
        int second = client.register("a topic/1-value", STRING);

        // Then
        assertThat(first).isEqualTo(second).isEqualTo(17);
        assertThat(server.requests())
                .containsExactly("POST /apis/ccompat/v7/subjects/a%20topic%2F1-value/versions"
                        + " application/vnd.schemaregistry.v1+json {\"schema\":\"\\\"string\\\"\"}");
    }

    @Test
    void shouldAskOnceWhenASchemaIsReadTwice() {
        // Given
        server.answering(200, STRING_ANSWER);
        RegistryClient client = client(SHORT, server.url());

        // When
        client.schemaById(3);
        client.schemaById(3);

        // Then
        assertThat(client.schemaById(3)).contains(STRING);
        assertThat(server.requests()).hasSize(1).first().asString().startsWith("GET /schemas/ids/3 ");
    }

    @Test
    void shouldRememberADenialForAMomentWhenTheRegistryKnowsNoSuchId() {
        // Given
        server.answering(404, DENIAL);
        RegistryClient client = client(LONG, server.url());

        // Then
        assertThat(client.schemaById(3)).isEmpty();
        assertThat(client.schemaById(3)).isEmpty();
        assertThat(client.schemaById(-3)).isEmpty();
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "404, ''",
        "404, '{\"error_code\": 404}'",
        "429, '{}'",
        "500, '{}'",
        "503, ''",
        "200, '<html>welcome</html>'",
        "200, ''"
    })
    void shouldWaitAndThenSaySoWhenTheAnswerSettlesNothing(int status, String body) {
        // Given
        server.answering(status, body);
        RegistryClient client = client(SHORT, server.url());

        // Then
        assertThatThrownBy(() -> client.schemaById(3))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContainingAll(
                        "within 300 ms", "schema.registry.max.wait.ms", "" + server.url(), "" + status);
        assertThat(server.requests()).hasSizeGreaterThan(2);
        assertThat(client.waiting()).isFalse();
    }

    @Test
    void shouldSucceedWhenTheRegistryComesBackInTime() {
        // Given
        server.answering(503, "").answering(500, "{}").answering(200, STRING_ANSWER);

        // When
        RegistryClient client = client(LONG, server.url());

        // Then
        assertThat(client.schemaById(3)).contains(STRING);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void shouldNameTheAddressWhenNobodyListens() throws IOException {
        // Given
        RegistryClient client = client(Duration.ZERO, nobody());

        // Then
        assertThatThrownBy(() -> client.register("s", STRING))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("is unreachable")
                .hasMessageContaining("http://127.0.0.1:");
    }

    @Test
    void shouldGiveUpARequestWhenTheServerHangs() throws IOException {
        // Given: connections are accepted by the backlog, but nobody answers
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + mute.getLocalPort());
            RegistryClient client = new HttpRegistryClient(new HttpRegistrySettings(
                    List.of(RegistryAddress.open(url)),
                    Optional.empty(),
                    false,
                    Duration.ZERO,
                    Duration.ofMillis(100)));

            // Then
            assertThatThrownBy(() -> client.schemaById(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("no complete answer within 100 ms");
        }
    }

    @Test
    void shouldAskTheNextAddressWhenTheFirstIsDown() throws IOException {
        // Given
        server.answering(200, STRING_ANSWER);

        // When
        RegistryClient client = client(Duration.ZERO, nobody(), server.url());

        // Then
        assertThat(client.schemaById(3)).contains(STRING);
    }

    @Test
    void shouldBelieveTheAddressThatKnowsWhenAnotherLagsBehind() {
        try (FakeRegistry behind = new FakeRegistry().answering(404, DENIAL)) {
            // Given
            server.answering(200, STRING_ANSWER);

            // When
            RegistryClient client = client(Duration.ZERO, behind.url(), server.url());

            // Then
            assertThat(client.schemaById(3)).contains(STRING);
        }
    }

    @Test
    void shouldSayThatItWaitsAndEndWhenItIsClosed() {
        // Given
        server.answering(503, "");
        RegistryClient client = client(LONG, server.url());
        assertThat(client.waiting()).isFalse();

        // When
        CompletableFuture<?> read = CompletableFuture.supplyAsync(() -> client.schemaById(3));
        await().until(client::waiting);
        client.close();

        // Then
        assertThatThrownBy(read::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("closed while waiting");
        assertThat(client.waiting()).isFalse();
    }

    @Test
    void shouldEndAndKeepTheInterruptWhenItIsInterrupted() throws InterruptedException {
        // Given
        server.answering(503, "");
        RegistryClient client = client(LONG, server.url());
        AtomicReference<String> seen = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                client.schemaById(3);
            } catch (RegistryUnavailableException expected) {
                seen.set(expected.getMessage() + ", interrupted "
                        + Thread.currentThread().isInterrupted());
            }
        });
        reader.start();
        await().until(client::waiting);

        // When
        reader.interrupt();
        reader.join();

        // Then
        assertThat(seen.get()).isEqualTo("interrupted while asking the schema registry, interrupted true");
    }

    @ParameterizedTest
    @CsvSource({"409, 'incompatible with v1'", "422, 'invalid'"})
    void shouldRepeatWhatTheRegistrySaysWhenItRejectsASchema(int status, String message) {
        // Given
        server.answering(status, "{\"error_code\": " + status + ", \"message\": \"" + message + "\"}");

        // Then
        assertThatThrownBy(() -> client(LONG, server.url()).register("s-value", STRING))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("s-value")
                .hasMessageContaining(message);
    }

    @Test
    void shouldNameTheSettingWhenALookedUpSchemaIsNotRegistered() {
        // Given
        server.answering(404, "{\"error_code\": 40401}").answering(200, "{\"id\": 5, \"version\": 1}");
        RegistryClient client = client(LONG, server.url());

        // Then
        assertThatThrownBy(() -> client.idOf("s-value", STRING))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("auto.register.schemas");
        assertThat(client.idOf("s-value", STRING)).isEqualTo(5);
        assertThat(server.requests()).allMatch(request -> request.startsWith("POST /subjects/s-value "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"schema\": \"x\", \"schemaType\": \"PROTOBUF\"} | PROTOBUF",
                "{\"schema\": \"{\\\"type\\\":\\\"nonsense\\\"}\"} | no Avro schema",
                "{\"other\": 1} | no Avro schema",
                "{\"schema\": \"x\", \"references\": [{\"name\": \"y\"}]} | no Avro schema"
            })
    void shouldSayWhatIsRegisteredWhenItIsNoSchemaForUs(String answer, String said) {
        // Given
        server.answering(200, answer);

        // Then
        assertThatThrownBy(() -> client(LONG, server.url()).schemaById(9))
                .isInstanceOf(UnusableSchemaException.class)
                .hasMessageContaining("schema id 9")
                .hasMessageContaining(said);
    }

    @Test
    void shouldReadASchemaByItsGuid() {
        // Given
        server.answering(200, STRING_ANSWER);
        RegistryClient client = client(LONG, server.url());
        UUID guid = new UUID(1, 2);

        // When
        client.schemaByGuid(guid);

        // Then
        assertThat(client.schemaByGuid(guid)).contains(STRING);
        assertThat(server.requests()).singleElement().asString().startsWith("GET /schemas/guids/" + guid + " ");
    }

    @Test
    void shouldDenyAGuidWhenTheRegistryHasNone() {
        // Given: what a registry before Confluent's 8 says of any path that it does not know
        server.answering(404, "{\"error_code\": 404, \"message\": \"HTTP 404 Not Found\"}");
        RegistryClient client = client(LONG, server.url());

        // Then
        assertThat(client.schemaByGuid(new UUID(1, 2))).isEmpty();
        assertThat(client.schemaByGuid(new UUID(1, 2))).isEmpty();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldSetTheLevelByItsNameInTheApi() {
        // Given
        server.answering(200, "{}");

        // When
        client(SHORT, server.url()).compatibility("s-value", Compatibility.FULL_TRANSITIVE);

        // Then
        assertThat(server.requests())
                .containsExactly("PUT /config/s-value application/vnd.schemaregistry.v1+json"
                        + " {\"compatibility\":\"FULL_TRANSITIVE\"}");
    }

    @Test
    void shouldAskForNormalisationOnlyWhereASchemaIsCompared() {
        // Given
        server.answering(200, "{\"id\": 5}").answering(200, "{\"id\": 5}").answering(200, STRING_ANSWER);
        RegistryClient client = new HttpRegistryClient(new HttpRegistrySettings(
                List.of(RegistryAddress.open(server.url())), Optional.empty(), true, SHORT, Duration.ofSeconds(10)));

        // When
        client.register("a-value", STRING);
        client.idOf("b-value", STRING);
        client.schemaById(7);

        // Then
        assertThat(server.requests())
                .extracting(request -> request.substring(0, request.indexOf(" application")))
                .containsExactly(
                        "POST /subjects/a-value/versions?normalize=true",
                        "POST /subjects/b-value?normalize=true",
                        "GET /schemas/ids/7");
    }

    @Test
    void shouldReadTheNewestSchemaOfASubject() {
        // Given
        server.answering(200, "{\"subject\": \"s-value\", \"version\": 3, \"id\": 9, \"schema\": \"\\\"string\\\"\"}")
                .answering(404, "{\"error_code\": 40401, \"message\": \"Subject not found\"}");
        RegistryClient client = client(LONG, server.url());

        // Then
        assertThat(client.latest("s-value")).isEqualTo(new RegisteredSchema(9, STRING));
        assertThatThrownBy(() -> client.latest("other-value"))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContainingAll("other-value", "use.latest.version", "Subject not found");
        assertThat(server.requests()).first().asString().startsWith("GET /subjects/s-value/versions/latest ");
    }
}
