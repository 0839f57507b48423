package io.foundling.service.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.service.topics.BrokerUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a tail in the order of time waits for a partition, and when it no longer does. */
@Timeout(60)
class TailTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final TopicPartition ONE = new TopicPartition("t", 0);
    private static final TopicPartition TWO = new TopicPartition("t", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    TailTest() {
        consumer.updatePartitions(
                "t",
                List.of(
                        new PartitionInfo("t", 0, Node.noNode(), new Node[0], new Node[0]),
                        new PartitionInfo("t", 1, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(ONE, 0L, TWO, 0L));
    }

    private void arrive(TopicPartition partition, long offset, long timestamp) {
        consumer.addRecord(new ConsumerRecord<>(
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
                Optional.empty()));
    }

    @Test
    void shouldEndAtTheEndsWithEverythingInOrder() {
        // Given
        consumer.updateEndOffsets(Map.of(ONE, 2L, TWO, 1L));
        consumer.schedulePollTask(() -> {
            arrive(ONE, 0, 10);
            arrive(ONE, 1, 30);
        });
        consumer.schedulePollTask(() -> {});
        consumer.schedulePollTask(() -> arrive(TWO, 0, 20));
        List<Long> seen = new ArrayList<>();

        // When
        new Tail(consumer, List.of("t"), TailStart.OLDEST, false, true, LONG)
                .run(record -> seen.add(record.timestamp()));

        // Then
        assertThat(seen).containsExactly(10L, 20L, 30L);
    }

    @Test
    void shouldNotWaitForEverForAPartitionThatDoesNotAnswer() throws Exception {
        // Given
        consumer.updateEndOffsets(Map.of(ONE, 1L, TWO, 5L));
        consumer.schedulePollTask(() -> arrive(ONE, 0, 10));
        List<Long> seen = new CopyOnWriteArrayList<>();
        Tail tail = new Tail(consumer, List.of("t"), TailStart.OLDEST, true, true, SHORT);
        Thread reading = new Thread(() -> tail.run(record -> seen.add(record.timestamp())));
        long startNs = System.nanoTime();

        // When
        reading.start();

        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> !seen.isEmpty());
        assertThat(System.nanoTime() - startNs)
                .isGreaterThan(Duration.ofSeconds(2).toNanos());
        tail.stop();
        reading.join(10_000);
        assertThat(reading.isAlive()).isFalse();
    }

    /** The consumer waits for its broker for ever, and without a word. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotWaitForEverForTheEnd(boolean isOrdered) {
        // Given
        consumer.updateEndOffsets(Map.of(ONE, 1L, TWO, 5L));
        consumer.schedulePollTask(() -> arrive(ONE, 0, 10));
        consumer.schedulePollTask(() -> arrive(TWO, 0, 20));
        Tail tail = new Tail(consumer, List.of("t"), TailStart.OLDEST, false, isOrdered, SHORT);

        // Then
        assertThatThrownBy(() -> tail.run(record -> true))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("partition t-1 has given nothing for 0 s")
                .hasMessageContaining("from offset 1 up to 5");
    }
}
