package io.foundling.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.config.ConfigReader;
import io.foundling.service.rocksdb.RocksDbMemory;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.BrokerTime;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {

    @Test
    void shouldNotWaitForAnInputThatHasNothing() {
        StreamsConfig streams = streams("");

        assertThat(streams.getLong("max.task.idle.ms")).isEqualTo(-1);
        assertThat(producer(streams))
                .containsEntry("compression.type", "lz4")
                .containsEntry("linger.ms", 200)
                .containsEntry("batch.size", 131_072);
    }

    @Test
    void shouldPreferWhatTheOperatorSaysUnderKafkasOwnKeys() {
        StreamsConfig streams = streams("""
                  max.task.idle.ms: 250
                  commit.interval.ms: 1000
                  compression.type: zstd
                  linger.ms: 20
                  batch.size: 65536
                """);

        assertThat(streams.getLong("max.task.idle.ms")).isEqualTo(250);
        assertThat(streams.getLong("commit.interval.ms")).isEqualTo(1000);
        assertThat(producer(streams))
                .containsEntry("compression.type", "zstd")
                .containsEntry("linger.ms", "20")
                .containsEntry("batch.size", "65536");
    }

    /** Threads and clients are named after it, in labels of metrics too: the same at each start. */
    @Test
    void shouldCallItsClientsTheSameAtEachStart() {
        assertThat(streams("", "instance: foundling-0\n").getString("client.id"))
                .isEqualTo("foundling-foundling-0");
    }

    @Test
    void shouldPreferAKeyForTheProducerToTheSameForAllClients() {
        StreamsConfig streams = streams("""
                  linger.ms: 20
                  producer.linger.ms: 30
                """);

        assertThat(producer(streams)).containsEntry("linger.ms", "30");
    }

    private static StreamsConfig streams(String kafka) {
        return streams(kafka, "");
    }

    private static StreamsConfig streams(String kafka, String more) {
        try (RocksDbMemory memory = new RocksDbMemory(1024)) {
            return new StreamsConfig(StreamsProperties.of(
                    new ConfigReader(Map.of()).read("the test's settings", """
                                    avro: {schema.registry.url: 'mock://streams'}
                                    kafka:
                                      bootstrap.servers: 127.0.0.1:9092
                                    """ + kafka + more),
                    new AuditClocks(Duration.ofSeconds(5)),
                    new BrokerTime(() -> 0),
                    memory));
        }
    }

    private static Map<String, Object> producer(StreamsConfig streams) {
        return streams.getProducerConfigs("any");
    }
}
