package io.foundling.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceMetricsTest {

    @Test
    void shouldShowTheJvmAndTheBuild() throws IOException {
        try (ServiceMetrics metrics = new ServiceMetrics(BuildVersion.text(), KafkaMetrics.USED)) {
            assertThat(metrics.scrape())
                    .contains("jvm_memory_used_bytes{")
                    .contains("jvm_threads_live_threads ")
                    .contains("jvm_gc_")
                    .containsPattern("foundling_build_info\\{kafka=\"" + kafkaStreams()
                            + "\",version=\"\\d+\\.\\d+\\.\\d+[^\"]*\"} 1");
        }
    }

    @Test
    void shouldShowKafkaStreamsWhileItIsBound(@TempDir Path directory) {
        try (ServiceMetrics metrics = new ServiceMetrics("1.2.3", KafkaMetrics.USED)) {
            // Given
            KafkaStreams first = streams(directory.resolve("first"));
            KafkaStreams second = streams(directory.resolve("second"));
            try {
                // When
                metrics.bind(first);
                metrics.bind(second);

                // Then
                assertThat(metrics.scrape())
                        .contains("kafka_stream_client_state")
                        .doesNotContain("client_id=\"first\"");
            } finally {
                first.close(Duration.ZERO);
                second.close(Duration.ZERO);
            }
        }
    }

    @Test
    void shouldShowOfKafkaWhatIsUsedAndTheRestWhenAsked(@TempDir Path directory) {
        try (ServiceMetrics used = new ServiceMetrics("1.2.3", KafkaMetrics.USED);
                ServiceMetrics all = new ServiceMetrics("1.2.3", KafkaMetrics.ALL)) {
            // Given
            KafkaStreams streams = streams(directory.resolve("streams"));
            try {
                // When
                used.bind(streams);
                all.bind(streams);

                // Then
                assertThat(kafkaMetrics(used))
                        .contains("kafka_stream_client_state", "kafka_stream_thread_commit_total")
                        .allMatch(KafkaMetrics::isUsed);
                assertThat(kafkaMetrics(all)).containsAll(kafkaMetrics(used)).hasSizeGreaterThan(100);
            } finally {
                streams.close(Duration.ZERO);
            }
        }
    }

    private static Set<String> kafkaMetrics(ServiceMetrics metrics) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("kafka_"))
                .map(line -> line.split("[{ ]")[0])
                .collect(Collectors.toSet());
    }

    /** The version that the library says of itself. */
    private static String kafkaStreams() throws IOException {
        Properties library = new Properties();
        try (InputStream resource = KafkaStreams.class.getResourceAsStream("/kafka/kafka-streams-version.properties")) {
            library.load(resource);
        }
        return library.getProperty("version");
    }

    private static KafkaStreams streams(Path stateDirectory) {
        Topology topology = new Topology();
        topology.addSource("source", "audit.events");
        Properties config = new Properties();
        config.put(
                StreamsConfig.APPLICATION_ID_CONFIG,
                stateDirectory.getFileName().toString());
        config.put(StreamsConfig.CLIENT_ID_CONFIG, stateDirectory.getFileName().toString());
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        return new KafkaStreams(topology, config);
    }
}
