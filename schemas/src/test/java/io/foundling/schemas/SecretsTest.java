package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.foundling.schemas.registry.FakeRegistry;
import io.foundling.schemas.registry.HttpRegistrySettings;
import io.foundling.schemas.registry.RegistryAddress;
import io.foundling.schemas.registry.RegistryClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Everything that is logged at any level, thrown, or shown by a toString, without one secret in it. */
class SecretsTest {

    private static final String SECRET = "sesame";

    /** What the secrets look like on their way: as they are, and in the header. */
    private static final List<String> TRACES = List.of(
            SECRET,
            Certificates.PASSWORD,
            encoded("ann:" + SECRET),
            encoded("ann:" + SECRET).substring(0, 12));

    private static final Logger ROOT =
            ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final StringBuilder said = new StringBuilder();
    private Level before;

    @BeforeAll
    static void makeCertificates() {
        certificates = Certificates.in(directory);
    }

    @BeforeEach
    void listen() {
        before = ROOT.getLevel();
        ROOT.setLevel(Level.TRACE);
        log.start();
        ROOT.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ROOT.detachAppender(log);
        ROOT.setLevel(before);
    }

    @Test
    void shouldSayNothingOfASecretWhateverHappens() {
        for (Map<String, String> proof : proofs()) {
            try (FakeRegistry server = new FakeRegistry()
                    .answering(200, "{\"schema\": \"\\\"string\\\"\"}")
                    .answering(401, "")
                    .answering(403, "")
                    .answering(503, "")
                    .answering(409, "{\"error_code\": 409, \"message\": \"no\"}")
                    .answering(500, "")) {
                // Given
                Map<String, Object> settings = new HashMap<>(proof);
                settings.put("schema.registry.max.wait.ms", "50");
                // A server without TLS does not answer a handshake: it waits for the end of the line.
                settings.put("schema.registry.request.timeout.ms", "300");
                settings.put(
                        "schema.registry.url",
                        proof.getOrDefault("schema.registry.url", "http://127.0.0.1:PORT")
                                .replace("PORT", Integer.toString(server.url().getPort())));

                // When
                use(settings);
                use(with(settings, "schema.registry.url", "http://ann:" + SECRET + "@127.0.0.1:1"));
                use(with(settings, "schema.registry.url", "htp://ann:" + SECRET + "@127.0.0.1:1"));
                use(with(settings, "basic.auth.credentials.source", "OTHER"));
                use(with(settings, "schema.registry.ssl.truststore.password", SECRET));
                use(with(settings, "schema.registry.ssl.keystore.key", SECRET));

                // Then
                assertThat(server.requests()).isNotEmpty();
            }
        }
        assertThat(log.list)
                .as("Kafka's own log of values is among it")
                .anyMatch(event -> event.getFormattedMessage().contains("values:"));
        assertThat(everything()).doesNotContain(TRACES).contains("127.0.0.1", "401", "truststore");
    }

    @Test
    void shouldNotShowTheProofOfAnAddress() {
        // Given
        RegistryAddress address = new RegistryAddress(
                URI.create("http://127.0.0.1:1"), Optional.of("Bearer " + SECRET), "bearer.auth.token");

        // Then
        assertThat(new HttpRegistrySettings(List.of(address), Optional.empty(), false, Duration.ZERO, Duration.ZERO)
                        .toString())
                .contains("127.0.0.1", "bearer.auth.token")
                .doesNotContain(SECRET);
        assertThatThrownBy(() -> RegistryAddress.open(URI.create("http://ann:" + SECRET + "@127.0.0.1")))
                .hasMessageNotContaining(SECRET);
    }

    private static List<Map<String, String>> proofs() {
        String jaas = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ann\" password=\""
                + SECRET + "\";";
        return List.of(
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ann:" + SECRET),
                Map.of("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", jaas),
                Map.of("bearer.auth.token", SECRET),
                Map.of("schema.registry.url", "http://ann:" + SECRET + "@127.0.0.1:PORT"),
                Map.of(
                        "schema.registry.url",
                        "https://ann:" + SECRET + "@127.0.0.1:PORT,http://ann:" + SECRET + "@127.0.0.1:PORT",
                        "schema.registry.ssl.keystore.type",
                        "PKCS12",
                        "schema.registry.ssl.keystore.location",
                        certificates.keystore("client").toString(),
                        "schema.registry.ssl.keystore.password",
                        Certificates.PASSWORD,
                        "schema.registry.ssl.key.password",
                        Certificates.PASSWORD));
    }

    /** As a producer and a consumer would; every failure is kept with all its causes. */
    private void use(Map<String, Object> settings) {
        attempt(() -> AvroSerdes.check(settings));
        attempt(() -> {
            try (RegistryClient client = AvroSerdes.registryClient(settings)) {
                said.append(client);
                for (int id = 1; id < 5; id++) {
                    int unknown = id;
                    attempt(() -> client.schemaById(unknown));
                }
                attempt(() -> client.register("s", Schema.create(Schema.Type.INT)));
                attempt(() -> client.latest("s"));
            }
        });
        attempt(() -> AvroSerdes.serializer(settings, false).serialize("t", Records.deferredEvent()));
        attempt(() -> said.append(new AvroConfig(settings)));
        Map<String, Object> producer = new HashMap<>(settings);
        producer.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, AvroSerializer.class);
        attempt(() -> new ProducerConfig(producer).logUnused());
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            StringWriter stack = new StringWriter();
            failure.printStackTrace(new PrintWriter(stack));
            said.append(stack).append('\n');
        }
    }

    private String everything() {
        return said
                + log.list.stream()
                        .flatMap(event -> Stream.of(
                                event.getFormattedMessage(),
                                String.valueOf(event.getKeyValuePairs()),
                                event.getThrowableProxy() == null
                                        ? ""
                                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                        .collect(Collectors.joining("\n"));
    }

    private static Map<String, Object> with(Map<String, Object> settings, String key, String value) {
        Map<String, Object> changed = new HashMap<>(settings);
        changed.put(key, value);
        return changed;
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
