package io.foundling.service.bridge;

import io.foundling.service.config.ServiceConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of Kafka Streams for one bridge: fixed ones where correctness depends on them, else those of the operator.
 */
public final class BridgeProperties {

    /** Larger than any dead letter. */
    private static final int MAX_REQUEST_BYTES = 3 * 1024 * 1024;

    /**
     * The ledger reads up to the first open transaction, so its audit clock waits for this one: as long as a commit takes
     * while records linger until the commit, and for the interval at most.
     */
    static final int COMMIT_INTERVAL_MS = 100;

    /** How long the transaction of a process that was killed may stay open, until the coordinator looks for it. */
    static final int TRANSACTION_TIMEOUT_MS = 10_000;

    /** How long the partitions of a process wait that was killed and does not come back. Taking them over costs nothing. */
    private static final int SESSION_TIMEOUT_MS = 15_000;

    private BridgeProperties() {}

    /** Returns how the names of all groups and transactions of the bridges of an application begin. */
    public static String groups(String application) {
        return application + "-bridge-";
    }

    /** Returns the group of a bridge, which is its application.id, too. */
    static String group(String application, String bridge) {
        return groups(application) + bridge;
    }

    static Properties of(ServiceConfig config, String bridge) {
        String group = group(config.instance().application(), bridge);
        Properties properties = new Properties();
        // Measured defaults that the operator may change.
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, COMMIT_INTERVAL_MS);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        // Without it, the names of Kafka's metrics change at each start.
        properties.put(
                StreamsConfig.CLIENT_ID_CONFIG, group + '-' + config.instance().name());
        properties.putAll(config.kafka().values());

        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
        // Nothing is written there, as there is no store.
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                config.instance().stateDirectory().toString());
        properties.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.instance().threads());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // There is no global store, but unset, every start warns about it. By name, as its constant is deprecated.
        properties.put("processing.exception.handler.global.enabled", true);
        // With static membership a killed instance is back with its partitions within seconds.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                config.instance().name());
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
        return properties;
    }

    /**
     * Names transactions after the instance, and not after the run of the process, as Kafka Streams does where there is no
     * state: the first transaction of an instance that comes back ends the one that it left open, so that the ledger need
     * not wait for the timeout. A slash is in no name, so two bridges never have the same.
     */
    static Map<String, Object> ofProducer(Map<String, Object> settings, String group, String instance) {
        Map<String, Object> named = new HashMap<>(settings);
        named.computeIfPresent(ProducerConfig.TRANSACTIONAL_ID_CONFIG, (key, id) -> {
            String given = id.toString();
            return group + '/' + instance + '/' + given.substring(given.lastIndexOf('-') + 1);
        });
        return named;
    }
}
