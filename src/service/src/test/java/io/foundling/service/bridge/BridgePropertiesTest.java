package io.foundling.service.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class BridgePropertiesTest {

    private static final String YAML = """
            application: ledger
            instance: pod-1
            kafka: {bootstrap.servers: "localhost:9092"%s}
            avro: {schema.registry.url: "http://localhost:8081"}
            """;

    @Test
    void shouldKeepTransactionsShort() {
        StreamsConfig streams = streams("");

        assertThat(streams.getLong("commit.interval.ms")).isEqualTo(100);
        assertThat(producer(streams))
                .containsEntry("transaction.timeout.ms", 10_000)
                .containsEntry("linger.ms", 100);
    }

    @Test
    void shouldPreferWhatTheOperatorSaysButForWhatIsPromised() {
        StreamsConfig streams = streams(", commit.interval.ms: 500, producer.transaction.timeout.ms: 20000");

        assertThat(streams.getLong("commit.interval.ms")).isEqualTo(500);
        assertThat(producer(streams)).containsEntry("transaction.timeout.ms", "20000");
        assertThat(streams.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(streams.getString("application.id")).isEqualTo("ledger-bridge-orders");
    }

    @Test
    void shouldReadCommittedRecordsAsAStaticMemberOfAGroupOfItsOwn() {
        Map<String, Object> consumer = streams("").getMainConsumerConfigs("ledger-bridge-orders", "client", 1);

        assertThat(consumer)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("group.instance.id", "pod-1-1")
                .containsEntry("session.timeout.ms", 15_000);
    }

    /** So that an instance that comes back ends the transaction that it left open. */
    @Test
    void shouldNameTransactionsTheSameAtEachStartOfAnInstance() {
        // When
        Map<String, Object> first = producer("ledger-bridge-orders-8a0d6c1e-6f3b-4b6e-9c39-0d9c7c1f0a11-2");
        Map<String, Object> second = producer("ledger-bridge-orders-11111111-6f3b-4b6e-9c39-0d9c7c1f0a11-2");

        // Then
        assertThat(first)
                .containsEntry("transactional.id", "ledger-bridge-orders/pod-1/2")
                .isEqualTo(second);
        assertThat(BridgeProperties.ofProducer(Map.of("acks", "all"), "group", "pod-1"))
                .isEqualTo(Map.of("acks", "all"));
    }

    private static Map<String, Object> producer(String id) {
        return BridgeProperties.ofProducer(Map.of("transactional.id", id), "ledger-bridge-orders", "pod-1");
    }

    private static StreamsConfig streams(String kafka) {
        ServiceConfig config = new ConfigReader(Map.of()).read("test.yaml", YAML.formatted(kafka));
        return new StreamsConfig(BridgeProperties.of(config, "orders"));
    }

    private static Map<String, Object> producer(StreamsConfig streams) {
        return streams.getProducerConfigs("client");
    }
}
