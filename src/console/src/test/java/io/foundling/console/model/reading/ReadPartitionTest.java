package io.foundling.console.model.reading;

import static io.foundling.console.model.ModelRecords.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.writing.Batch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadPartitionTest {

    private static final long NOW_MS = 1_000_000;

    private final ReadPartition<DeadLetter> partition = new ReadPartition<>(
            new TopicPartition("audit.topic", 0),
            new Decoder<>(
                    new ModelTopic<>("audit.topic", Tables.DEAD_LETTER, avro -> DeadLetter::of),
                    Map.of(),
                    InstantSource.fixed(Instant.ofEpochMilli(NOW_MS))),
            position(0, 1, 5),
            5);

    @Test
    void shouldSayThatNothingCameOnlyOnceTheBrokerHasSaidSo() {
        assertThat(partition.idle(5, 6, NOW_MS)).isEmpty();
        assertThat(partition.idle(5, 5, NOW_MS)).map(Batch::readThroughMs).contains(NOW_MS);
    }

    @Test
    void shouldBeReadUpToNowAtMostWhenTheClockOfAProducerIsAhead() {
        // Given
        ConsumerRecord<byte[], byte[]> ahead = new ConsumerRecord<>("audit.topic", 0, 5, new byte[] {'1'}, null) {
            @Override
            public long timestamp() {
                return NOW_MS + 1;
            }
        };

        // When
        Optional<Batch<DeadLetter>> batch = partition.batch(List.of(ahead), 6);

        // Then
        assertThat(batch).map(Batch::readThroughMs).contains(NOW_MS);
    }
}
