package io.foundling.service.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of several partitions in the order of their timestamps. */
class TimeOrderTest {

    private static final TopicPartition ONE = new TopicPartition("t", 0);
    private static final TopicPartition TWO = new TopicPartition("t", 1);
    private static final TopicPartition OTHER = new TopicPartition("u", 0);
    private static final List<TopicPartition> ALL = List.of(ONE, TWO, OTHER);

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, long timestamp) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
    }

    private static List<Long> taken(TimeOrder order, Set<TopicPartition> unread) {
        List<Long> timestamps = new ArrayList<>();
        Optional<ConsumerRecord<byte[], byte[]>> next = order.next(unread);
        while (next.isPresent()) {
            timestamps.add(next.get().timestamp());
            next = order.next(unread);
        }
        return timestamps;
    }

    @Test
    void shouldWaitForPartitionsThatHaveMore() {
        // Given
        TimeOrder order = new TimeOrder(ALL);
        order.add(record(ONE, 0, 10));
        order.add(record(ONE, 1, 30));
        order.add(record(TWO, 0, 20));

        // Then
        assertThat(taken(order, Set.of(OTHER))).isEmpty();
        assertThat(taken(order, Set.of(ONE, TWO))).containsExactly(10L, 20L);
        order.add(record(TWO, 1, 25));
        assertThat(taken(order, Set.of())).containsExactly(25L, 30L);
        assertThat(order.isEmpty()).isTrue();
    }

    @Test
    void shouldKeepTheOrderOfAPartitionWhoseTimestampsGoBack() {
        // Given
        TimeOrder order = new TimeOrder(List.of(ONE, TWO));
        order.add(record(ONE, 0, 50));
        order.add(record(ONE, 1, 10));
        order.add(record(TWO, 0, 20));

        // Then
        assertThat(taken(order, Set.of())).containsExactly(20L, 50L, 10L);
    }

    @Test
    void shouldAskToStopReadingAPartitionThatIsFarAhead() {
        // Given
        TimeOrder order = new TimeOrder(ALL);

        // When
        for (int i = 0; i < 1_000; i++) {
            assertThat(order.isFull(ONE)).isFalse();
            order.add(record(ONE, i, i));
        }

        // Then
        assertThat(order.isFull(ONE)).isTrue();
        assertThat(order.isFull(TWO)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldGiveTheSameOrderHoweverRecordsArrive(long seed) {
        // Given
        Random random = new Random(seed);
        List<List<ConsumerRecord<byte[], byte[]>>> partitions = new ArrayList<>();
        List<Long> all = new ArrayList<>();
        for (TopicPartition partition : ALL) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            long timestamp = 0;
            for (int i = 0; i < 100; i++) {
                timestamp += random.nextInt(5);
                records.add(record(partition, i, timestamp));
                all.add(timestamp);
            }
            partitions.add(records);
        }
        TimeOrder order = new TimeOrder(ALL);
        List<Long> taken = new ArrayList<>();
        int[] read = new int[ALL.size()];
        Set<TopicPartition> unread = new HashSet<>(ALL);

        // When
        while (!unread.isEmpty()) {
            int partition = random.nextInt(ALL.size());
            int until = Math.min(100, read[partition] + random.nextInt(20));
            partitions.get(partition).subList(read[partition], until).forEach(order::add);
            read[partition] = until;
            if (until == 100) {
                unread.remove(ALL.get(partition));
            }
            taken.addAll(taken(order, unread));
        }

        // Then
        assertThat(taken).containsExactlyElementsOf(all.stream().sorted().toList());
    }
}
