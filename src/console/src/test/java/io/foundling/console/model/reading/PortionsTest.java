package io.foundling.console.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PortionsTest {

    @Test
    void shouldDivideSoThatNoPortionIsLargerThanTheLimitUnlessItIsASingleRecord() {
        assertThat(sizes(5, 4, 6, 1, 11, 1)).containsExactly(2, 2, 1, 1);
        assertThat(sizes(10)).containsExactly(1);
        assertThat(sizes(2, 2, 2, 2, 2, 2, 2)).containsExactly(3, 3, 1);
        assertThat(sizes(11, 11)).containsExactly(1, 1);
    }

    @Test
    void shouldBeOneEmptyPortionWhenThereIsNoRecord() {
        assertThat(sizes()).containsExactly(0);
    }

    private static List<Integer> sizes(int... bytes) {
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, bytes.length)
                .mapToObj(i -> new ConsumerRecord<>("topic", 0, i, new byte[1], value(bytes[i])))
                .toList();
        return Portions.of(records, 3, 10).stream().map(List::size).toList();
    }

    /** A tombstone has no value. */
    private static byte[] value(int bytes) {
        return bytes == 1 ? null : new byte[bytes - 1];
    }
}
