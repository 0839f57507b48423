package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RecorderSettingsTest {

    private static final Map<String, String> REQUIRED = Map.of(
            "AUDIT_BOOTSTRAP_SERVERS", "broker:9092",
            "AUDIT_SCHEMA_REGISTRY_URL", "mock://settings",
            "AUDIT_SERVICE", "declarations");

    @Test
    void shouldTakeDefaultsWhenOnlyTheRequiredIsSet() {
        // When
        RecorderSettings settings = RecorderSettings.fromEnvironment(REQUIRED);

        // Then
        assertThat(settings.bootstrapServers()).isEqualTo("broker:9092");
        assertThat(settings.registryUrl()).isEqualTo("mock://settings");
        assertThat(settings.service()).isEqualTo("declarations");
        assertThat(settings.topic()).isEqualTo("audit.events");
        assertThat(settings.instance()).isNotBlank();
        assertThat(settings.version()).isEqualTo("unknown");
        assertThat(settings.closeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.kafka()).isEmpty();
    }

    @Test
    void shouldTakeEverySettingWhenItIsInTheEnvironment() {
        // Given
        Map<String, String> environment = with(
                "AUDIT_TOPIC", "other.events",
                "AUDIT_INSTANCE", "pod-1",
                "AUDIT_VERSION", "1.2",
                "AUDIT_CLOSE_TIMEOUT_MS", "0",
                "AUDIT_KAFKA_LINGER_MS", "20",
                "AUDIT_LOG_OF_SOMEBODY_ELSE", "x");

        // Then
        assertThat(RecorderSettings.fromEnvironment(environment))
                .isEqualTo(new RecorderSettings(
                        "broker:9092",
                        "mock://settings",
                        "other.events",
                        "declarations",
                        "pod-1",
                        "1.2",
                        Duration.ZERO,
                        Map.of("linger.ms", "20")));
    }

    @Test
    void shouldGiveTheSameWhenTheSettingsComeFromCode() {
        // When
        RecorderSettings built = KafkaAuditRecorder.builder()
                .bootstrapServers("broker:9092")
                .schemaRegistryUrl("mock://settings")
                .service("declarations")
                .instance("pod-1")
                .version("1.2")
                .topic("other.events")
                .closeTimeout(Duration.ofSeconds(3))
                .kafka("linger.ms", "20")
                .settings();

        // Then
        assertThat(built)
                .isEqualTo(RecorderSettings.fromEnvironment(with(
                        "AUDIT_TOPIC", "other.events",
                        "AUDIT_INSTANCE", "pod-1",
                        "AUDIT_VERSION", "1.2",
                        "AUDIT_CLOSE_TIMEOUT_MS", "3000",
                        "AUDIT_KAFKA_LINGER_MS", "20")));
    }

    @Test
    void shouldListEverythingWhenSeveralSettingsAreWrong() {
        // Given
        Properties properties = new Properties();
        properties.put("audit.close.timeout.ms", "soon");
        properties.put("audit.topics", "audit.events");
        properties.put("audit.service", " ");
        properties.put("other.key", "ignored");

        // Then
        assertThatThrownBy(() -> KafkaAuditRecorder.fromProperties(properties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("audit recorder: audit.bootstrap.servers (AUDIT_BOOTSTRAP_SERVERS) is missing;"
                        + " audit.schema.registry.url (AUDIT_SCHEMA_REGISTRY_URL) is missing;"
                        + " audit.service (AUDIT_SERVICE) is missing;"
                        + " audit.close.timeout.ms is 'soon', must be milliseconds, 0 or more;"
                        + " audit.topics is no setting of the recorder");
    }

    @Test
    void shouldLoseAndDoubleNothingByDefault() {
        assertThat(EventProducer.config(RecorderSettings.fromEnvironment(REQUIRED)))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("compression.type", "lz4")
                .doesNotContainKey("partitioner.class");
    }

    @Test
    void shouldLetKafkaSettingsWinExceptTheAddresses() {
        assertThat(EventProducer.config(RecorderSettings.fromEnvironment(
                        with("AUDIT_KAFKA_ACKS", "1", "AUDIT_KAFKA_BOOTSTRAP_SERVERS", "elsewhere:1"))))
                .containsEntry("acks", "1")
                .containsEntry("bootstrap.servers", "broker:9092");
    }

    private static Map<String, String> with(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>(REQUIRED);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return environment;
    }
}
