package io.foundling.console.model.reading;

import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.opened;
import static io.foundling.console.model.ModelRecords.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.writing.Batch;
import io.foundling.schemas.AvroSerdes;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.TopicContracts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class DecoderTest {

    private static final Map<String, Object> AVRO = Map.of("schema.registry.url", "mock://decoder");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(99));
    private static final byte[] RUBBISH = {1, 2, 3};

    @Test
    void shouldRemoveTheRowOfARecordThatCannotBeDecoded() {
        // Given
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                record(TopicNames.DISPOSITIONS, 0, key("1"), bytes(disposition("1", Status.OPEN))),
                record(TopicNames.DISPOSITIONS, 1, key("1"), RUBBISH),
                record(TopicNames.DISPOSITIONS, 2, key("2"), null));

        // When
        Batch<Disposition> batch = batch(TopicNames.DISPOSITIONS, records);

        // Then
        assertThat(batch.passedOver()).isEqualTo(1);
        assertThat(batch.entries()).extracting(Entry::key).containsExactly(key("1"), key("1"), key("2"));
        assertThat(batch.entries())
                .extracting(entry -> Optional.ofNullable(entry.value()).isPresent())
                .containsExactly(true, false, false);
    }

    @Test
    void shouldPassOverKeysThatADatabaseDoesNotStore() {
        // Given
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                record(TopicNames.DISPOSITIONS, 0, "a\0b", bytes(disposition("1", Status.OPEN))),
                record(TopicNames.DISPOSITIONS, 1, "", null),
                record(TopicNames.DISPOSITIONS, 2, "x".repeat(2_049), null));

        // When
        Batch<Disposition> batch = batch(TopicNames.DISPOSITIONS, records);

        // Then
        assertThat(batch.passedOver()).isEqualTo(3);
        assertThat(batch.entries()).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatIsNoEvent() {
        // Given
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                record(TopicNames.EXPECTATIONS, 0, key("1"), null),
                record(TopicNames.EXPECTATIONS, 1, key("1"), RUBBISH),
                record(TopicNames.EXPECTATIONS, 2, key("1"), bytes(opened("1"))));

        // When
        Batch<AuditEvent> batch = batch(TopicNames.EXPECTATIONS, records);

        // Then
        assertThat(batch.passedOver()).isEqualTo(1);
        assertThat(batch.entries()).extracting(entry -> entry.origin().offset()).containsExactly(2L);
    }

    /** Time is that of reading where a topic does not say when a record was appended. */
    @Test
    void shouldTakeTheTimeOfReadingWhenATopicHasNoAppendTime() {
        // Given
        ConsumerRecord<byte[], byte[]> created = new ConsumerRecord<>(
                TopicNames.EVENTS,
                0,
                0,
                5,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key("1").getBytes(StandardCharsets.UTF_8),
                bytes(opened("1")),
                new RecordHeaders(),
                Optional.empty());

        // When
        Batch<AuditEvent> batch = batch(TopicNames.EVENTS, List.of(created));

        // Then
        assertThat(batch.entries())
                .extracting(entry -> entry.origin().writtenMs())
                .containsExactly(99L);
    }

    @Test
    void shouldKeepTheBeginningOfADeadLetter() {
        // Given
        ConsumerRecord<byte[], byte[]> letter = record(TopicNames.DEAD_LETTERS, 0, "\0", new byte[70_000]);
        letter.headers().add(Headers.REASON, "WRONG_PARTITION".getBytes(StandardCharsets.UTF_8));
        letter.headers().add(Headers.OFFSET, "17".getBytes(StandardCharsets.UTF_8));
        letter.headers().add(Headers.PARTITION, "many".getBytes(StandardCharsets.UTF_8));

        // When
        Batch<DeadLetter> batch = batch(TopicNames.DEAD_LETTERS, List.of(letter));

        // Then
        Entry<DeadLetter> entry = batch.entries().get(0);
        assertThat(entry.key()).isNull();
        assertThat(entry.value().reason()).isEqualTo("WRONG_PARTITION");
        assertThat(entry.value().offset()).isEqualTo(17);
        assertThat(entry.value().partition()).isNull();
        assertThat(entry.value().size()).isEqualTo(70_000);
        assertThat(entry.value().value()).hasSize(65_536);
    }

    @SuppressWarnings("unchecked")
    private static <T> Batch<T> batch(String name, List<ConsumerRecord<byte[], byte[]>> records) {
        ModelTopic<T> topic = (ModelTopic<T>) ModelTopic.of(TopicContracts.declared()).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return new Decoder<>(topic, AVRO, CLOCK).batch(position(0, 1, 0), 10, records);
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, String key, byte[] value) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                5,
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static byte[] bytes(SpecificRecord value) {
        try (Serializer<SpecificRecord> serializer = AvroSerdes.serializer(AVRO, false)) {
            return serializer.serialize("audit.any", value);
        }
    }
}
