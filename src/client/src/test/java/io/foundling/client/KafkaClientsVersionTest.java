package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A recorder over Kafka's own producer, with each of the versions of kafka-clients that the build runs this with: the
 * settings are checked and the producer is made without a broker.
 */
@Tag("kafka-clients")
class KafkaClientsVersionTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "audit.bootstrap.servers", "127.0.0.1:9",
            "audit.schema.registry.url", "mock://versions",
            "audit.service", "declarations",
            "audit.kafka.max.block.ms", "10");

    @Test
    void shouldHaveTheVersionThatTheBuildNames() throws IOException {
        // Given
        Properties versions = new Properties();

        // When
        try (InputStream resource = KafkaProducer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            versions.load(resource);
        }

        // Then
        assertThat(versions).containsEntry("version", System.getProperty("kafka.clients.version"));
    }

    @Test
    void shouldMakeAProducerWhenTheBrokerIsAway() {
        // Given
        InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
        KafkaAuditRecorder recorder = KafkaAuditRecorder.start(SETTINGS, metrics);

        // When
        CompletionStage<Ticket> ticket = recorder.opened(TestRecorder.subject(1));
        long lost = recorder.close(Duration.ofSeconds(1));

        // Then
        assertThat(lost).isEqualTo(1);
        assertThat(metrics.lostEvents(LossReason.CLOSED)).isEqualTo(1);
        assertThat(ticket.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void shouldRefuseARegistryThatIsNamedTwice() {
        // Given
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("audit.schema.registry.url", "http://registry:8081,http://registry:8081");

        // When, then
        assertThatThrownBy(() -> KafkaAuditRecorder.start(settings, new InMemoryRecorderMetrics()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a list that has each entry once");
    }
}
