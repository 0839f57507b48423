package io.foundling.console.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.topology.harness.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** One partition runs ahead of the other, which has the later events: the trail holds what it has read of it. */
class TopicTrailTest {

    private static final int LARGE = 500_000;
    private static final int RECORDS = 200;
    private static final TopicPartition AHEAD = new TopicPartition("events", 0);
    private static final TopicPartition BEHIND = new TopicPartition("events", 1);

    private final byte[] large = new byte[LARGE];
    private final AuditEvent event = Events.opened("1").build();
    private final OneAPoll consumer = new OneAPoll();

    /** Hands out one record of each partition that is not paused at each poll, as a broker with large records does. */
    private final class OneAPoll extends MockConsumer<byte[], byte[]> {

        private final Map<TopicPartition, Integer> read = new HashMap<>(Map.of(AHEAD, 0, BEHIND, 0));

        private OneAPoll() {
            super("earliest");
            updateBeginningOffsets(Map.of(AHEAD, 0L, BEHIND, 0L));
            updateEndOffsets(Map.of(AHEAD, (long) RECORDS, BEHIND, (long) RECORDS));
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
            for (TopicPartition partition : List.of(AHEAD, BEHIND)) {
                int offset = read.get(partition);
                boolean isHeldUp = partition.equals(BEHIND) && read.get(AHEAD) < RECORDS && !paused().contains(AHEAD);
                if (offset < RECORDS && !paused().contains(partition) && !isHeldUp) {
                    read.put(partition, offset + 1);
                    records.put(partition, List.of(record(partition, offset)));
                }
            }
            return new ConsumerRecords<>(records, Map.of());
        }

        @Override
        public synchronized long position(TopicPartition partition, Duration timeout) {
            return read.get(partition);
        }
    }

    @Test
    void shouldPauseAPartitionWhoseRecordsFillItsShareOfTheMemory() {
        // Given
        try (TopicTrail trail = trail()) {
            // When
            trail.next();

            // Then
            assertThat(consumer.paused()).contains(AHEAD);
            assertThat((long) consumer.read.get(AHEAD) * LARGE).isBetween((8L << 20) - LARGE, (8L << 20) + LARGE);
        }
    }

    @Test
    void shouldHandOnAllRecordsInOrderAlthoughItPauses() {
        // Given
        List<Long> times = new ArrayList<>();
        try (TopicTrail trail = trail()) {
            // When
            trail.forEachRemaining(each -> times.add(each.appendedAtMs()));
        }

        // Then
        assertThat(times).hasSize(2 * RECORDS).isSorted();
    }

    private TopicTrail trail() {
        Deserializer<AuditEvent> deserializer = (topic, bytes) -> event;
        return new TopicTrail(consumer, List.of(AHEAD, BEHIND), deserializer, Duration.ofSeconds(30));
    }

    /** All have the same value, which is in the memory of the test once. */
    private ConsumerRecord<byte[], byte[]> record(TopicPartition partition, int offset) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                offset,
                TimestampType.LOG_APPEND_TIME,
                1,
                LARGE - 1,
                new byte[1],
                large,
                new RecordHeaders(),
                Optional.empty());
    }
}
