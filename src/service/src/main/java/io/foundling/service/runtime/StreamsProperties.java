package io.foundling.service.runtime;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.rocksdb.RocksDbMemory;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.BrokerTime;
import io.foundling.topology.clock.PollObserver;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of Kafka Streams: fixed ones where correctness or recovery depends on them, else those of the operator.
 */
final class StreamsProperties {

    /** Larger than any dead letter, so that an unreadable record can never stop the producer. */
    private static final int MAX_REQUEST_BYTES = 3 * 1024 * 1024;

    private static final int COMMIT_INTERVAL_MS = 200;

    private StreamsProperties() {}

    static Properties of(ServiceConfig config, AuditClocks clocks, BrokerTime brokers, RocksDbMemory rocksDb) {
        Properties properties = new Properties();
        // Measured defaults that the operator may change. Without a prefix, so that any key of Kafka's overrides them.
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // A commit sends what lingers, and nobody reads it before. With 5 ms most batches hold two records, and each
        // batch costs buffers of its compression: more than half of all garbage.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, COMMIT_INTERVAL_MS);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        // A task does not wait for audit.closures: the order of events and closures does not matter to it, and with any
        // other value Kafka Streams formats a text for each event while there are no closures to read.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // Names of threads and clients, also in labels of metrics. By default they contain an id that changes at each
        // start, and with it every series of Kafka's metrics.
        properties.put(
                StreamsConfig.CLIENT_ID_CONFIG,
                config.instance().application() + '-' + config.instance().name());
        properties.putAll(config.kafka().values());

        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.instance().application());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                config.instance().stateDirectory().toString());
        properties.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.instance().threads());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.replicationFactor());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // Changelog records carry the time of the event's record. From a source that stamps as the producer says, it
        // may be one that the broker refuses, and a refused record ends the thread that reads the event, for ever.
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG), "LogAppendTime");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // The repair of damaged stores relies on Kafka Streams wiping a store when its thread fails. It does not wipe
        // transactional ones.
        properties.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, false);
        // There is no global store, but unset, every start warns about it. By name, as its constant is deprecated.
        properties.put("processing.exception.handler.global.enabled", true);
        // With static membership a killed instance is back with its tasks within seconds. The streams protocol has it
        // with brokers from 4.4 on only, and leaves the number of standbys to the broker.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                config.instance().name());
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                PollObserver.class.getName());
        properties.put(StreamsConfig.mainConsumerPrefix(PollObserver.CLOCKS_CONFIG), clocks);
        properties.put(StreamsConfig.mainConsumerPrefix(PollObserver.BROKER_TIME_CONFIG), brokers);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
        properties.putAll(rocksDb.streamsConfig());
        return properties;
    }
}
