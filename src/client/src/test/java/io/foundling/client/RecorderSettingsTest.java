package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.client.internal.broker.ProducerFactory;
import io.foundling.client.internal.settings.RecorderSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kafka-clients")
class RecorderSettingsTest {

    private static final Map<String, String> REQUIRED = Map.of(
            "AUDIT_BOOTSTRAP_SERVERS", "broker:9092",
            "AUDIT_SCHEMA_REGISTRY_URL", "mock://settings",
            "AUDIT_SERVICE", "declarations");

    @Test
    void shouldTakeDefaultsWhenOnlyTheRequiredIsSet() {
        // When
        RecorderSettings settings = fromEnvironment(REQUIRED);

        // Then
        assertThat(settings.target().bootstrapServers()).isEqualTo("broker:9092");
        assertThat(settings.target().registryUrl()).isEqualTo("mock://settings");
        assertThat(settings.service().name()).isEqualTo("declarations");
        assertThat(settings.target().topic()).isEqualTo("audit.events");
        assertThat(settings.service().instance()).isNotBlank();
        assertThat(settings.service().version()).isEqualTo("unknown");
        assertThat(settings.shutdown().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.async()).isTrue();
        assertThat(settings.queue())
                .isEqualTo(new RecorderSettings.Queue(10_000, 32 << 20, QueueFullPolicy.BLOCK, Duration.ofSeconds(1)));
        assertThat(settings.drainInterval()).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.spool()).isEmpty();
        assertThat(settings.shutdown().onExit()).isFalse();
        assertThat(settings.target().kafka()).isEmpty();
    }

    @Test
    void shouldNotShowASecret() {
        // Given
        Map<String, String> environment = with(
                "AUDIT_SCHEMA_REGISTRY_URL", "https://ann:zeb,rax@one:1,https://bob:zeb/rax@two:2",
                "AUDIT_KAFKA_SASL_JAAS_CONFIG", "zeb-rax",
                "AUDIT_KAFKA_SSL_KEY_PASSWORD", "zeb-rax");

        // When
        RecorderSettings settings = fromEnvironment(environment);

        // Then
        assertThat(settings.toString())
                .doesNotContain("zeb", "rax", "ann:", "bob")
                .contains("//(hidden)@two:2", "kafka=[sasl.jaas.config, ssl.key.password]");
        assertThatThrownBy(() -> ProducerFactory.factory(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema.registry.url")
                .satisfies(
                        wrong -> assertThat(wrong.toString() + wrong.getCause()).doesNotContain("zeb", "rax", "bob"));
    }

    @Test
    void shouldTakeEverySettingWhenItIsInTheEnvironment() {
        // Given
        Map<String, String> environment = with(
                "AUDIT_TOPIC", "other.events",
                "AUDIT_INSTANCE", "pod-1",
                "AUDIT_VERSION", "1.2",
                "AUDIT_ASYNC", "true",
                "AUDIT_QUEUE_MAXSIZE", "7",
                "AUDIT_QUEUE_MAXBYTES", "8",
                "AUDIT_QUEUE_FULL", "SPILL",
                "AUDIT_QUEUE_BLOCK_MS", "9",
                "AUDIT_DRAIN_INTERVAL_MS", "10",
                "AUDIT_SPOOL_DIRECTORY", "spool",
                "AUDIT_SPOOL_MAXBYTES", "2000000",
                "AUDIT_DURABLE", "true",
                "AUDIT_DURABLE_FLUSH_MS", "11",
                "AUDIT_CLOSE_ON_EXIT", "true",
                "AUDIT_CLOSE_TIMEOUT_MS", "0",
                "AUDIT_KAFKA_LINGER_MS", "20",
                "AUDIT_LOG_OF_SOMEBODY_ELSE", "x");

        // Then
        assertThat(fromEnvironment(environment))
                .isEqualTo(new RecorderSettings(
                        new RecorderSettings.Target(
                                "broker:9092", "mock://settings", "other.events", Map.of("linger.ms", "20")),
                        new RecorderSettings.ReportingService("declarations", "pod-1", "1.2"),
                        true,
                        new RecorderSettings.Queue(7, 8, QueueFullPolicy.SPILL, Duration.ofMillis(9)),
                        Duration.ofMillis(10),
                        Optional.of(new RecorderSettings.Spool(
                                Path.of("spool"), false, 2_000_000, true, Duration.ofMillis(11))),
                        new RecorderSettings.Shutdown(Duration.ZERO, true)));
    }

    @Test
    void shouldGiveTheSameWhenTheSettingsComeFromCode() {
        // When
        RecorderSettings built = settings(KafkaAuditRecorder.builder()
                .bootstrapServers("broker:9092")
                .schemaRegistryUrl("mock://settings")
                .service("declarations")
                .instance("pod-1")
                .version("1.2")
                .topic("other.events")
                .async(true)
                .queue(70, 80)
                .spill(Path.of("spool"), 2_000_000)
                .durable(Duration.ofMillis(11))
                .blockLimit(Duration.ofMillis(9))
                .drainInterval(Duration.ofMillis(10))
                .closeOnExit(true)
                .closeTimeout(Duration.ofSeconds(3))
                .kafka("linger.ms", "20"));

        // Then
        assertThat(built)
                .isEqualTo(fromEnvironment(with(
                        "AUDIT_TOPIC", "other.events",
                        "AUDIT_INSTANCE", "pod-1",
                        "AUDIT_VERSION", "1.2",
                        "AUDIT_ASYNC", "TRUE",
                        "AUDIT_QUEUE_MAXSIZE", "70",
                        "AUDIT_QUEUE_MAXBYTES", "80",
                        "AUDIT_QUEUE_FULL", "SPILL",
                        "AUDIT_QUEUE_BLOCK_MS", "9",
                        "AUDIT_DRAIN_INTERVAL_MS", "10",
                        "AUDIT_SPOOL_DIRECTORY", "spool",
                        "AUDIT_SPOOL_MAXBYTES", "2000000",
                        "AUDIT_DURABLE", "true",
                        "AUDIT_DURABLE_FLUSH_MS", "11",
                        "AUDIT_CLOSE_ON_EXIT", "true",
                        "AUDIT_CLOSE_TIMEOUT_MS", "3000",
                        "AUDIT_KAFKA_LINGER_MS", "20")));
    }

    @Test
    void shouldGiveEveryInstanceADirectoryBelowTheRoot() {
        // When
        RecorderSettings built = settings(KafkaAuditRecorder.builder()
                .environment(REQUIRED)
                .service("../Größe 1")
                .instance("pod-1.a_b")
                .spillBelow(Path.of("root"), 2_000_000));

        // Then
        assertThat(built.spool())
                .contains(new RecorderSettings.Spool(
                        Path.of("root", "%2E.%2FGr%C3%B6%C3%9Fe%201", "pod-1.a_b"),
                        true,
                        2_000_000,
                        false,
                        Duration.ZERO));
    }

    @Test
    void shouldRefuseTwoPlacesForOneSpool() {
        assertThatThrownBy(() -> fromEnvironment(with(
                        "AUDIT_QUEUE_FULL", "SPILL", "AUDIT_SPOOL_ROOT", "root", "AUDIT_SPOOL_DIRECTORY", "spool")))
                .hasMessage("audit recorder: audit.spool.root is set and audit.spool.directory too,"
                        + " a recorder has one spool");
    }

    @Test
    void shouldListEverythingWhenSeveralSettingsAreWrong() {
        // Given
        Properties properties = new Properties();
        properties.put("audit.close.timeout.ms", "soon");
        properties.put("audit.topics", "audit.events");
        properties.put("audit.service", " ");
        properties.put("audit.async", "maybe");
        properties.put("audit.queue.maxsize", "0");
        properties.put("audit.queue.full", "DROP");
        properties.put("audit.durable", "true");
        properties.put("other.key", "ignored");

        // Then
        assertThatThrownBy(() -> KafkaAuditRecorder.fromProperties(properties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("audit recorder: audit.bootstrap.servers (AUDIT_BOOTSTRAP_SERVERS) is missing;"
                        + " audit.schema.registry.url (AUDIT_SCHEMA_REGISTRY_URL) is missing;"
                        + " audit.service (AUDIT_SERVICE) is missing;"
                        + " audit.async is 'maybe', must be true or false;"
                        + " audit.queue.maxsize is '0', must be a number from 1 to 4194304;"
                        + " audit.queue.full is 'DROP', must be one of [BLOCK, DROP_NEWEST, DROP_OLDEST, SPILL];"
                        + " audit.queue.full must be SPILL where audit.durable, audit.spool.root"
                        + " or audit.spool.directory is set;"
                        + " audit.close.timeout.ms is 'soon', must be milliseconds, 0 or more;"
                        + " audit.topics is no setting of the recorder, which reserves the prefix 'audit.'"
                        + " (did you mean 'audit.topic'?)");
    }

    @Test
    void shouldSuggestNoSettingWhenNoneIsSpeltLikeIt() {
        // Given
        Properties properties = new Properties();
        properties.put("audit.enabled", "true");

        // Then
        assertThatThrownBy(() -> KafkaAuditRecorder.fromProperties(properties))
                .hasMessageEndingWith(
                        "audit.enabled is no setting of the recorder, which reserves the prefix 'audit.'");
    }

    @Test
    void shouldLoseAndDoubleNothingByDefault() {
        assertThat(ProducerFactory.config(fromEnvironment(REQUIRED)))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("compression.type", "lz4")
                .doesNotContainKey("partitioner.class");
    }

    @Test
    void shouldWantADirectoryWhenItSpills() {
        assertThatThrownBy(() -> fromEnvironment(with("AUDIT_QUEUE_FULL", "SPILL")))
                .hasMessage("audit recorder: audit.spool.root is missing, SPILL needs it or audit.spool.directory");
    }

    @Test
    void shouldRefuseAtOnceWhatKafkaOrTheSerializerWouldRefuse() {
        assertThatThrownBy(() -> KafkaAuditRecorder.builder()
                        .environment(with("AUDIT_KAFKA_LINGER_MS", "soon"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("audit recorder: Kafka settings (audit.kafka.*): Invalid value soon");
        assertThatThrownBy(() -> KafkaAuditRecorder.builder()
                        .environment(with("AUDIT_SCHEMA_REGISTRY_URL", "registry:8081"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be an http or https address, or mock://name");
    }

    @Test
    void shouldLetKafkaSettingsWinExceptTheAddresses() {
        assertThat(ProducerFactory.config(
                        fromEnvironment(with("AUDIT_KAFKA_ACKS", "1", "AUDIT_KAFKA_BOOTSTRAP_SERVERS", "elsewhere:1"))))
                .containsEntry("acks", "1")
                .containsEntry("enable.idempotence", "false")
                .containsEntry("bootstrap.servers", "broker:9092");
    }

    @Test
    void shouldNotRoundAShortTimeToNone() {
        // When
        RecorderSettings settings = settings(KafkaAuditRecorder.builder()
                .environment(REQUIRED)
                .spill(Path.of("spool"), 2_000_000)
                .drainInterval(Duration.ofNanos(1))
                .durable(Duration.ofNanos(900_000))
                .blockLimit(Duration.ofNanos(1_000_001))
                .closeTimeout(Duration.ofMillis(-1)));

        // Then
        assertThat(settings.drainInterval()).isEqualTo(Duration.ofMillis(1));
        assertThat(settings.spool().orElseThrow().flushInterval()).isEqualTo(Duration.ofMillis(1));
        assertThat(settings.spool().orElseThrow().forcesBeforeReturn()).isFalse();
        assertThat(settings.queue().blockLimit()).isEqualTo(Duration.ofMillis(2));
        assertThat(settings.shutdown().timeout()).isZero();
    }

    @Test
    void shouldRefuseASpoolWhenCallsWaitForTheBroker() {
        assertThatThrownBy(() -> fromEnvironment(
                        with("AUDIT_QUEUE_FULL", "SPILL", "AUDIT_SPOOL_DIRECTORY", "spool", "AUDIT_ASYNC", "false")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("audit recorder: audit.queue.full is SPILL, which needs audit.async to be true");
    }

    @Test
    void shouldRefuseTransactions() {
        assertThatThrownBy(() -> KafkaAuditRecorder.builder()
                        .environment(with("AUDIT_KAFKA_TRANSACTIONAL_ID", "declarations-1"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "audit recorder: audit.kafka.transactional.id is set, but the recorder uses no transactions");
    }

    private static RecorderSettings fromEnvironment(Map<String, String> environment) {
        return settings(KafkaAuditRecorder.builder().environment(environment));
    }

    private static RecorderSettings settings(RecorderBuilder builder) {
        return RecorderSettings.fromProperties(builder.properties());
    }

    private static Map<String, String> with(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>(REQUIRED);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return environment;
    }
}
