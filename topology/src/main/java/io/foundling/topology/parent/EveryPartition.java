package io.foundling.topology.parent;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends a copy to every partition: any of them may hold members of a parent. */
public final class EveryPartition implements StreamPartitioner<byte[], byte[]> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, Headers headers, int count) {
        return Optional.of(IntStream.range(0, count).boxed().collect(Collectors.toUnmodifiableSet()));
    }

    /** The method that the one with headers replaces; it is abstract until Kafka removes it. */
    @Override
    @SuppressWarnings("removal")
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int count) {
        return partitions(topic, key, value, null, count);
    }
}
