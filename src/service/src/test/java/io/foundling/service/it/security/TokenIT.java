package io.foundling.service.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderBuilder;
import io.foundling.client.Ticket;
import io.foundling.local.LocalBroker;
import io.foundling.schemas.TokenLogin;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.FoundlingProcess;
import io.foundling.service.it.rig.TokenIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service and the recorder at a broker that wants a token (OAUTHBEARER). */
class TokenIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NOBODY = "http://127.0.0.1:1/token";

    @TempDir
    private static Path directory;

    private static TokenIssuer issuer;
    private static LocalBroker broker;

    @BeforeAll
    static void start() throws Exception {
        issuer = new TokenIssuer();
        System.setProperty(TokenLogin.ALLOWED_URLS, issuer.tokenUrl() + ',' + issuer.keysUrl());
        broker = LocalBroker.startIn(directory.resolve("broker"), properties());
    }

    @AfterAll
    static void stop() {
        // Either is null if it did not start.
        if (broker != null) {
            broker.close();
        }
        if (issuer != null) {
            issuer.close();
        }
        System.clearProperty(TokenLogin.ALLOWED_URLS);
    }

    @Test
    void shouldLetTheRecorderIn() throws Exception {
        // Given
        Map<String, String> kafka = issuer.kafka(broker.bootstrapServers());
        try (Admin admin = Admin.create(Map.copyOf(kafka))) {
            admin.createTopics(List.of(new NewTopic("audit.tokens", 1, (short) 1)))
                    .all()
                    .get();
        }
        RecorderBuilder builder = KafkaAuditRecorder.builder()
                .service("tokens")
                .topic("audit.tokens")
                .bootstrapServers(broker.bootstrapServers())
                .schemaRegistryUrl("mock://tokens");
        kafka.forEach(builder::kafka);
        try (KafkaAuditRecorder recorder = builder.build()) {

            // When
            Ticket ticket = recorder.opened(new Subject(SubjectKind.RECORD, "university", "declaration", "1"))
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            // Then
            assertThat(ticket.topic()).isEqualTo("audit.tokens");
        }
    }

    @Test
    void shouldLetTheServiceIn() {
        shouldEnd(
                "admitted",
                issuer.kafka(broker.bootstrapServers()),
                issuer.tokenUrl(),
                ExitCode.UNAVAILABLE,
                "topic audit.events does not exist");
    }

    @Test
    void shouldNameTheTokenEndpointThatIsAway() {
        shouldEnd(
                "away",
                TokenIssuer.kafka(broker.bootstrapServers(), NOBODY, "any"),
                NOBODY,
                ExitCode.UNAVAILABLE,
                "no token from " + NOBODY + ": java.net.ConnectException: Connection refused; is it running, and are"
                        + " sasl.oauthbearer.token.endpoint.url and the client's id and secret right?");
    }

    @Test
    void shouldNameTheTokenEndpointThatRefusesTheSecret() {
        shouldEnd(
                "refused",
                TokenIssuer.kafka(broker.bootstrapServers(), issuer.tokenUrl(), "wrong"),
                issuer.tokenUrl(),
                ExitCode.UNAVAILABLE,
                "no token from " + issuer.tokenUrl(),
                "401");
    }

    @Test
    void shouldNotSpeakOfTheEndpointWhereTheLoginModuleIsMisspelt() {
        Map<String, String> misspelt = new HashMap<>(issuer.kafka(broker.bootstrapServers()));
        misspelt.computeIfPresent("sasl.jaas.config", (key, jaas) -> jaas.replace("LoginModule", "LoginModul"));
        shouldEnd(
                "misspelt",
                misspelt,
                issuer.tokenUrl(),
                ExitCode.USAGE,
                "the Kafka settings cannot be used: ",
                "No LoginModule found for org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModul");
    }

    @Test
    void shouldNameThePropertyThatAllowsTheTokenEndpoint() {
        shouldEnd(
                "forbidden",
                issuer.kafka(broker.bootstrapServers()),
                NOBODY,
                ExitCode.USAGE,
                "Kafka may not ask " + issuer.tokenUrl() + " for a token: start the JVM with"
                        + " -Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + issuer.tokenUrl()
                        + ", for example in FOUNDLING_JAVA_OPTS");
    }

    private static void shouldEnd(
            String name, Map<String, String> kafka, String allowed, int exitCode, String... said) {
        Map<String, String> settings = new HashMap<>(Map.of("avro.schema.registry.url", "http://127.0.0.1:1"));
        kafka.forEach((key, value) -> settings.put("kafka." + key, value));
        List<String> options = new ArrayList<>(FoundlingProcess.SMALL);
        options.add("-D" + TokenLogin.ALLOWED_URLS + '=' + allowed);
        try (FoundlingProcess process = FoundlingProcess.start(
                directory.resolve(name + ".log"), settings, List.of("topics", "check"), options)) {
            int ended = process.awaitExit(PATIENCE);
            assertThat(ended).as(process.log()).isEqualTo(exitCode);
            assertThat(process.log()).contains(said).doesNotContain("\tat ", "sesame");
        }
    }

    /** The broker logs in at itself with a password, so that it needs no token before it runs. */
    private static Map<String, String> properties() {
        String listener = "listener.name.plaintext.";
        String tokens = listener + "oauthbearer.";
        return Map.ofEntries(
                Map.entry("listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("sasl.enabled.mechanisms", "PLAIN,OAUTHBEARER"),
                Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                Map.entry(
                        listener + "plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"broker\""
                                + " password=\"b\" user_broker=\"b\";"),
                Map.entry(
                        tokens + "sasl.jaas.config",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                                + " unsecuredLoginStringClaim_sub=\"broker\";"),
                Map.entry(
                        tokens + "sasl.server.callback.handler.class",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler"),
                Map.entry(tokens + "sasl.oauthbearer.jwks.endpoint.url", issuer.keysUrl()),
                Map.entry(tokens + "sasl.oauthbearer.expected.issuer", TokenIssuer.ISSUER),
                Map.entry(tokens + "sasl.oauthbearer.expected.audience", TokenIssuer.AUDIENCE));
    }
}
