package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.LossReason;
import io.foundling.client.TestRecorder;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.client.internal.spool.Position;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the lane holds while a broker takes events and says nothing about them. */
@Timeout(60)
class UrgentLaneBoundsTest {

    private static final int MOST_EVENTS = 1_000;
    private static final int MIB = 1 << 20;

    private volatile MockProducer<String, AuditEvent> producer = newProducer();
    private final InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
    private final BrokerLink link = new BrokerLink("audit.events", () -> producer, Optional.empty());
    private final DeliveryCounts counts = new DeliveryCounts(
            RecorderSettings.fromProperties(Map.of(
                    "audit.bootstrap.servers", "unused:1",
                    "audit.schema.registry.url", "mock://unused",
                    "audit.service", "declarations")),
            metrics,
            System::nanoTime);
    private final UrgentLane lane = new UrgentLane(link, counts);
    private final Epochs epochs = new Epochs();
    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();
    private AuditEvent event;

    @BeforeEach
    void start() {
        recorder.opened(TestRecorder.subject(1));
        event = recorder.last();
        lane.start();
    }

    @AfterEach
    void stop() {
        lane.stop();
        link.close(Duration.ZERO);
    }

    @Test
    void shouldCountEventsUntilTheirOutcomeIsKnown() {
        // Given: the producer holds all that the lane may take
        add(MOST_EVENTS, 300);
        await().until(() -> producer.history().size() == MOST_EVENTS);

        // When
        Sending beyond = add(1, 300).get(0);
        producer.completeNext();
        Sending next = add(1, 300).get(0);

        // Then
        await().until(() -> producer.history().size() == MOST_EVENTS + 1);
        assertThat(next.claim(Sending.Way.SPOOL)).isFalse();
        assertThat(beyond.claim(Sending.Way.SPOOL)).isTrue();
    }

    @Test
    void shouldCountBytesUntilTheirOutcomeIsKnown() {
        // Given
        add(8, MIB);
        await().until(() -> producer.history().size() == 8);

        // When
        Sending beyond = add(1, 1).get(0);
        producer.completeNext();
        Sending next = add(1, MIB).get(0);

        // Then
        await().until(() -> producer.history().size() == 9);
        assertThat(next.claim(Sending.Way.SPOOL)).isFalse();
        assertThat(beyond.claim(Sending.Way.SPOOL)).isTrue();
    }

    @Test
    void shouldMakeRoomWhenTheSpoolHasSentAnEvent() {
        // Given
        Sending sent = sending(8 * MIB);
        sent.claim(Sending.Way.SPOOL);
        lane.add(sent);

        // When, then
        await().until(() -> {
            add(1, MIB);
            return !producer.history().isEmpty();
        });
    }

    @Test
    void shouldNotLoseAnEventWhoseFrameIsMissingWhileTheLaneSendsIt() {
        // Given
        OwnEvents own = new OwnEvents(new Position(0, 0), counts);
        List<Sending> both = List.of(sending(300), sending(300));
        both.forEach(own::expect);
        both.forEach(lane::add);
        await().until(() -> producer.history().size() == 2);

        // When
        own.loseUpTo(2);
        producer.completeNext();

        // Then
        assertThat(metrics.lostEvents()).isZero();
        assertThat(both.get(0)).isCompleted();

        // When: the end comes before the broker answers
        own.leaveAll(new IllegalStateException("closed"));

        // Then
        assertThat(both.get(1)).isCompletedExceptionally();
        assertThat(metrics.lostEvents(LossReason.SPOOL_DAMAGED)).isEqualTo(1);
    }

    @Test
    void shouldSendAgainInTheOrderOfTheSpoolWhenTheProducerIsReplaced() {
        // Given
        IntStream.range(0, 100).forEach(i -> lane.add(numbered(i)));
        await().until(() -> producer.history().size() == 100);
        MockProducer<String, AuditEvent> replaced = producer;
        producer = newProducer();

        // When
        while (replaced.errorNext(new KafkaException("Producer is closed forcefully."))) {
            // all that is under way
        }

        // Then
        await().until(() -> producer.history().size() == 100);
        assertThat(producer.history())
                .extracting(record -> record.value().getEventId())
                .containsExactlyElementsOf(replaced.history().stream()
                        .map(record -> record.value().getEventId())
                        .toList());
    }

    @Test
    void shouldWaitLongerEachTimeWhenOneProducerAfterTheOtherBreaks() {
        // Given
        lane.add(numbered(1));
        long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
        int broken = 0;

        // When
        while (System.nanoTime() < end) {
            MockProducer<String, AuditEvent> breaks = producer;
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> !breaks.history().isEmpty());
            producer = newProducer();
            breaks.errorNext(new KafkaException("the producer is in an error state"));
            broken++;
        }

        // Then: after 10, 20, 40, 80, 160 and 320 ms
        assertThat(broken).isLessThan(8);
    }

    private Sending numbered(int number) {
        recorder.opened(TestRecorder.subject(number));
        Sending sending = new Sending(recorder.last(), 300, epochs.enter(), false);
        sending.number(number);
        return sending;
    }

    private static MockProducer<String, AuditEvent> newProducer() {
        return new MockProducer<>(
                false, null, new StringSerializer(), new AvroSerializer<>(new InMemoryRegistryClient()));
    }

    private List<Sending> add(int events, int bytes) {
        List<Sending> added =
                Stream.generate(() -> sending(bytes)).limit(events).toList();
        added.forEach(lane::add);
        return added;
    }

    private Sending sending(int bytes) {
        return new Sending(event, bytes, epochs.enter(), false);
    }
}
