package io.foundling.service.it.rig;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic materialised by somebody who has nothing of ours: a table that it keeps, with the offsets up to which it has read,
 * over lives of its consumer.
 */
public final class ForeignTable implements AutoCloseable {

    private final String bootstrapServers;
    private final String topic;
    private final Map<String, byte[]> table = new TreeMap<>();
    private final Map<TopicPartition, Long> offsets =
            new TreeMap<>((a, b) -> Integer.compare(a.partition(), b.partition()));
    private int tombstones;
    private KafkaConsumer<byte[], byte[]> consumer;

    public ForeignTable(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        begin();
    }

    private void begin() {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        20_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(found -> new TopicPartition(topic, found.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        offsets.forEach(consumer::seek);
    }

    /** Ends the consumer and begins another where it was. */
    public void restart() {
        consumer.close();
        begin();
    }

    /** Reads on for one poll. */
    public ForeignTable poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                tombstones++;
                table.remove(key);
            } else {
                table.put(key, record.value());
            }
            offsets.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        return this;
    }

    /** Reads on and returns the keys that have a value. */
    public Set<String> keys() {
        return new TreeSet<>(poll().table.keySet());
    }

    /** Reads on and says whether a key has a value. */
    public boolean holds(String key) {
        return poll().table.containsKey(key);
    }

    /** Reads on and returns how many keys have a value. */
    public int size() {
        return poll().table.size();
    }

    /** Returns how many records without a value were read. */
    public int tombstones() {
        return tombstones;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
