package io.foundling.console.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RoundTest {

    private static final int RECORDS_A_POLL = 2;
    private static final List<TopicPartition> PARTITIONS =
            IntStream.range(0, 3).mapToObj(i -> new TopicPartition("t", i)).toList();

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @Test
    void shouldReadSeveralPartitionsOfWhichEachFillsAPoll() {
        // Given
        Round round = round(3);

        // When
        round.read(Duration.ZERO);

        // Then
        assertThat(PARTITIONS).allSatisfy(each -> assertThat(round.take(each)).hasSize(RECORDS_A_POLL));
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void shouldReadNoMoreThanThereAreThreadsFor() {
        // Given
        Round round = round(1);

        // When
        round.read(Duration.ZERO);

        // Then
        assertThat(PARTITIONS.stream().filter(each -> !round.take(each).isEmpty()))
                .hasSize(1);
    }

    @Test
    void shouldKeepWhatWasNotTakenAndGoOnBehindIt() {
        // Given
        Round round = round(3);
        round.read(Duration.ZERO);

        // When
        round.read(Duration.ZERO);

        // Then
        assertThat(round.take(PARTITIONS.get(0)))
                .extracting(ConsumerRecord::offset)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldForgetPartitionsThatAreReadFromElsewhere() {
        // Given
        Round round = round(3);
        round.read(Duration.ZERO);

        // When
        round.forget(Set.of(PARTITIONS.get(0)));

        // Then
        assertThat(round.take(PARTITIONS.get(0))).isEmpty();
        assertThat(round.take(PARTITIONS.get(1))).isNotEmpty();
    }

    /** Each partition has more than a poll takes. */
    private Round round(int partitions) {
        consumer.assign(PARTITIONS);
        consumer.updateBeginningOffsets(PARTITIONS.stream().collect(Collectors.toMap(each -> each, each -> 0L)));
        consumer.seekToBeginning(PARTITIONS);
        consumer.setMaxPollRecords(RECORDS_A_POLL);
        for (TopicPartition each : PARTITIONS) {
            for (int offset = 0; offset < 3 * RECORDS_A_POLL; offset++) {
                consumer.addRecord(
                        new ConsumerRecord<>(each.topic(), each.partition(), offset, new byte[1], new byte[1]));
            }
        }
        return new Round(consumer, partitions);
    }
}
