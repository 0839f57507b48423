package io.foundling.client.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.client.internal.settings.RecorderSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the settings of a recorder decide what is watched, and what Kafka's own producer lets the watch see. */
@Tag("kafka-clients")
class WatchTest {

    private final Map<String, String> properties = new HashMap<>(Map.of(
            "audit.bootstrap.servers", "127.0.0.1:9",
            "audit.schema.registry.url", "mock://watch",
            "audit.service", "declarations"));

    @Test
    void shouldBePatientForLongerThanLeadersMayBeUnknownAndEventsLinger() {
        // When
        Watch watch = watch().orElseThrow();
        properties.put("audit.kafka.linger.ms", "20000");
        Watch lingering = watch().orElseThrow();
        properties.put("audit.kafka.metadata.max.age.ms", "300000");
        Watch old = watch().orElseThrow();

        // Then
        assertThat(watch.patience(false)).isEqualTo(Watch.PATIENCE.plusMillis(1));
        assertThat(watch.longestBreak()).isEqualTo(Duration.ofSeconds(15));
        assertThat(lingering.patience(false)).isEqualTo(Duration.ofSeconds(40));
        assertThat(old.patience(false)).isEqualTo(Duration.ofSeconds(620));
        assertThat(old.next(false).patience(false)).isEqualTo(Duration.ofSeconds(620));
    }

    @Test
    void shouldKnowWithinItsPatienceThatAPartitionLostItsReplicas() {
        // When
        Map<String, Object> config = ProducerFactory.config(RecorderSettings.fromProperties(properties));

        // Then
        assertThat(Long.parseLong((String) config.get("metadata.max.age.ms")))
                .isLessThanOrEqualTo(Watch.PATIENCE.toMillis() / 2);
    }

    @Test
    void shouldNotWatchWhenCallsWaitForTheBroker() {
        // Given
        properties.put("audit.async", "false");

        // When, then
        assertThat(watch()).isEmpty();
    }

    @Test
    void shouldNotWatchWhenASettingChoosesThePartition() {
        // Given
        properties.put("audit.kafka.partitioner.class", RoundRobinPartitioner.class.getName());
        Optional<Watch> otherPartitioner = watch();
        properties.remove("audit.kafka.partitioner.class");
        properties.put("audit.kafka.partitioner.ignore.keys", "true");

        // When
        Optional<Watch> ignoringKeys = watch();

        // Then
        assertThat(otherPartitioner).isEmpty();
        assertThat(ignoringKeys).isEmpty();
    }

    @Test
    void shouldSeeTheAnswersOfABrokerThatTheProducerIsConnectedTo() throws IOException {
        // Given
        Producer<String, AuditEvent> producer;
        try (ServerSocket broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            properties.put("audit.bootstrap.servers", "127.0.0.1:" + broker.getLocalPort());
            RecorderSettings settings = RecorderSettings.fromProperties(properties);
            producer = ProducerFactory.factory(settings).get();

            // When
            WatchedProducer watched =
                    new WatchedProducer(producer, "audit.events", Watch.of(settings), System::nanoTime);

            // Then: the broker is known by its place among the addresses until its id is known
            await().until(() -> watched.answers().containsKey(-1));
        }
        // While the broker listens, this would wait for the answer to the first request.
        producer.close(Duration.ZERO);
    }

    private Optional<Watch> watch() {
        return Watch.of(RecorderSettings.fromProperties(properties));
    }
}
