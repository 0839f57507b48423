package io.foundling.topology.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is taken from a poll. Proves rules T6 and T7. */
final class PollObserverTest {

    private static final TopicPartition EVENTS = new TopicPartition("audit.events", 3);

    private final AuditClocks clocks = new AuditClocks(Duration.ZERO);
    private final BrokerTime brokers = new BrokerTime(() -> 2_000_000);
    private final AuditClock clock = clocks.open("0_3", Set.of(EVENTS));
    private final PollObserver observer = new PollObserver();

    @BeforeEach
    void configure() {
        observer.configure(Map.of(PollObserver.CLOCKS_CONFIG, clocks, PollObserver.BROKER_TIME_CONFIG, brokers));
    }

    @Test
    void shouldReportThePositionWhenAPollBringsNoRecords() {
        // Given
        clocks.prove(EVENTS, new Proof(100, 12, 0));

        // When
        observer.onConsume(poll(List.of(), 12));

        // Then
        assertThat(clock.nowMs()).isEqualTo(100);
    }

    @Test
    void shouldReportTheLastRecordWhenAPollBringsSome() {
        // Given
        clocks.prove(EVENTS, new Proof(100, 12, 0));

        // When
        observer.onConsume(poll(List.of(record(9), record(10)), 12));

        // Then
        assertThat(clock.nowMs()).isEqualTo(AuditClock.UNSET);
        clock.processed(EVENTS.topic(), EVENTS.partition(), 9);
        assertThat(clock.nowMs()).isEqualTo(AuditClock.UNSET);
        clock.processed(EVENTS.topic(), EVENTS.partition(), 10);
        assertThat(clock.nowMs()).isEqualTo(100);
    }

    @Test
    void shouldHandOnWhatWasPolled() {
        // Given
        ConsumerRecords<byte[], byte[]> polled = poll(List.of(record(1)), 2);

        // When
        ConsumerRecords<byte[], byte[]> handedOn = observer.onConsume(polled);

        // Then
        assertThat(handedOn).isSameAs(polled);
    }

    @Test
    void shouldTakeTheAppendTimeOfTheLastRecord() {
        // Given
        brokers.ends(EVENTS, 1, 9);

        // When
        observer.onConsume(poll(List.of(record(9), stamped(10, TimestampType.LOG_APPEND_TIME, 77)), 11));

        // Then
        assertThat(brokers.bounds()).contains(new ClockBounds(75, 76));
    }

    @Test
    void shouldTakeNoTimeThatAProducerSet() {
        // Given
        brokers.ends(EVENTS, 1, 9);

        // When
        observer.onConsume(poll(List.of(stamped(10, TimestampType.CREATE_TIME, 77)), 11));

        // Then
        assertThat(brokers.bounds()).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> stamped(long offset, TimestampType type, long timestampMs) {
        return new ConsumerRecord<>(
                EVENTS.topic(),
                EVENTS.partition(),
                offset,
                timestampMs,
                type,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }

    private static ConsumerRecords<byte[], byte[]> poll(List<ConsumerRecord<byte[], byte[]>> records, long next) {
        return new ConsumerRecords<>(
                records.isEmpty() ? Map.of() : Map.of(EVENTS, records), Map.of(EVENTS, new OffsetAndMetadata(next)));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>(EVENTS.topic(), EVENTS.partition(), offset, new byte[0], new byte[0]);
    }
}
