package io.foundling.topology.topics;

import io.foundling.schemas.Contract;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One topic as topics.yaml declares it.
 *
 * @param key the key of its records, in words
 * @param value name of the Avro record in the namespace of the contracts, or {@link #AS_RECEIVED}
 * @param partitions how many {@code topics apply} creates
 * @param partitionedLikeSources whether {@code topics apply --partitions} changes its count
 * @param source whether the ledger reads audit events from it
 * @param config topic settings by Kafka's own names
 * @param why the purpose of the topic
 */
public record TopicContract(
        String name,
        String key,
        String value,
        int partitions,
        boolean partitionedLikeSources,
        boolean source,
        Map<String, String> config,
        String why) {

    /** The value of a topic that holds bytes of any kind. */
    public static final String AS_RECEIVED = "as received";

    public static final String CLEANUP = "cleanup.policy";
    public static final String RETENTION = "retention.ms";
    public static final String TIMESTAMP_TYPE = "message.timestamp.type";
    public static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    public static final String COMPRESSION = "compression.type";
    public static final String LOG_APPEND_TIME = "LogAppendTime";

    public TopicContract {
        config = Collections.unmodifiableMap(new TreeMap<>(config));
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions of " + name + " is " + partitions + ", must be 1 or more");
        }
        for (String needed : new String[] {CLEANUP, TIMESTAMP_TYPE, MAX_MESSAGE_BYTES}) {
            if (!config.containsKey(needed)) {
                throw new IllegalArgumentException("config of " + name + " must name " + needed);
            }
        }
        if (config.get(CLEANUP).equals("delete") != config.containsKey(RETENTION)) {
            throw new IllegalArgumentException(
                    "config of " + name + " must name retention.ms if, and only if, cleanup.policy is delete");
        }
        if (!value.equals(AS_RECEIVED) && Contract.named(value).isEmpty()) {
            throw new IllegalArgumentException(
                    "value of " + name + " is '" + value + "', must name a contract, such as "
                            + Contract.AUDIT_EVENT.schema().getName() + ", or be '" + AS_RECEIVED + "'");
        }
    }

    /** Returns the contract of the topic's values; empty where they are kept as received. */
    public Optional<Contract> contract() {
        return Contract.named(value);
    }

    /** Whether the ledger reads the topic. */
    public boolean isRead() {
        return source || holds(Contract.CLOSURE) || holds(Contract.AUDIT_EVENT);
    }

    /** Whether the ledger writes the topic. */
    public boolean isWritten() {
        return !source && !holds(Contract.DELIVERY);
    }

    private boolean holds(Contract record) {
        return contract().filter(record::equals).isPresent();
    }

    /** Whether the ledger cannot run if the partition count differs from that of the sources. */
    public boolean mustMatchSources() {
        return isRead();
    }

    /** Whether the broker keeps the newest record of each key, so that a record without a value is a tombstone. */
    public boolean isCompacted() {
        return retention().isEmpty();
    }

    public String cleanup() {
        return config.get(CLEANUP);
    }

    public String timestampType() {
        return config.get(TIMESTAMP_TYPE);
    }

    public int maxMessageBytes() {
        return Integer.parseInt(config.get(MAX_MESSAGE_BYTES));
    }

    /** Returns how long records are kept; empty for compacted topics. */
    public Optional<Duration> retention() {
        return Optional.ofNullable(config.get(RETENTION)).map(ms -> Duration.ofMillis(Long.parseLong(ms)));
    }

    TopicContract named(String other) {
        return new TopicContract(other, key, value, partitions, partitionedLikeSources, source, config, why);
    }

    TopicContract partitioned(int count) {
        return new TopicContract(name, key, value, count, partitionedLikeSources, source, config, why);
    }
}
