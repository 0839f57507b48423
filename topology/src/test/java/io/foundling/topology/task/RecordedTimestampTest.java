package io.foundling.topology.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordedTimestampTest {

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1767614400000, 1767614400000", "9223372036854775807, 9223372036854775807"})
    void shouldGiveTheRecordsTimestampAndNeverANegativeOne(long found, long expected) {
        // Given
        ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
                "audit.events",
                0,
                7,
                found,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());

        // When
        long extracted = new RecordedTimestamp().extract(record, 42);

        // Then
        assertThat(extracted).isEqualTo(expected);
    }
}
