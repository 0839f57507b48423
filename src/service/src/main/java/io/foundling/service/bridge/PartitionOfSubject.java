package io.foundling.service.bridge;

import io.foundling.topology.task.SubjectPartition;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends an event to where the ledger expects its subject, whatever partitioner the settings of Kafka name. */
final class PartitionOfSubject implements StreamPartitioner<byte[], byte[]> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, Headers headers, int count) {
        return Optional.of(Set.of(new SubjectPartition(count).of(key)));
    }

    /** The method that the one with headers replaces; it is abstract until Kafka removes it. */
    @Override
    @SuppressWarnings("removal")
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int count) {
        return partitions(topic, key, value, null, count);
    }
}
