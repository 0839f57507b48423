package io.foundling.bench.ledger;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Kafka Streams for the competitors: exactly once, a commit a second, tuned by what was measured for this load. */
final class StreamsSettings {

    private StreamsSettings() {}

    /** Starts the topology; it runs until the process ends. */
    static void run(Topology topology, Place place, int threads, Map<String, Object> more) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, place.bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, place.name());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, place.state().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
        // The cache of Kafka Streams flushes at every commit, which costs more than it saves here.
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 200);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        properties.putAll(more);
        KafkaStreams streams = new KafkaStreams(topology, properties);
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close, "streams-stop"));
        streams.start();
    }
}
