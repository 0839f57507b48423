package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.registry.SchemaRejectedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of events between the queue and the broker; without a thread, so that every step is ours. */
@Tag("kafka-clients")
class DeliveryTest {

    private final FakeProducer producer = FakeProducer.acknowledging();
    private final TestRecorder described = new TestRecorder();

    @Test
    void shouldSendNothingBeforeItIsFlushedWhenItHasNoThread() {
        // Given
        AuditRecorder recorder = described.over(producer);
        recorder.opened(subject(1));
        recorder.completed(subject(2));
        assertThat(producer.sent()).isEmpty();
        assertThat(described.metrics.gauges().queuedEvents()).isEqualTo(2);

        // When
        boolean done = recorder.flush(LONG);

        // Then
        assertThat(done).isTrue();
        assertThat(producer.sentIds()).containsExactly("1", "2");
        assertThat(described.metrics.gauges().queuedEvents()).isZero();
        assertThat(described.metrics.gauges().queuedBytes()).isZero();
        assertThat(described.metrics.recordedEvents()).isEqualTo(2);
        assertThat(described.metrics.writtenEvents()).isEqualTo(2);
    }

    @Test
    void shouldFlushAtOnceWhenNothingIsUnderWay() {
        assertThat(described.over(producer).flush(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldStayUsableWhenAFlushTakesTooLong() {
        // Given
        FakeProducer silent = FakeProducer.silent();
        AuditRecorder recorder = described.over(silent);
        recorder.opened(subject(1));

        // Then
        assertThat(recorder.flush(SHORT)).isFalse();
        assertThat(recorder.flush(Duration.ZERO)).isFalse();
        silent.completeNext();
        assertThat(recorder.flush(Duration.ZERO)).isTrue();
        recorder.completed(subject(1));
        assertThat(recorder.flush(Duration.ZERO)).isFalse();
        silent.completeNext();
        assertThat(recorder.flush(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldLoseNothingAndKeepTheOrderWhenTheBrokerIsAwayAndComesBack() {
        // Given
        AuditRecorder recorder = described.over(producer.away(true));
        recorder.opened(subject(1));
        recorder.opened(subject(2));
        assertThat(recorder.flush(SHORT)).isFalse();
        recorder.opened(subject(3));

        // When
        producer.away(false);

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactly("1", "2", "3");
        assertThat(described.metrics.retries()).isPositive();
        assertThat(described.metrics.lostEvents()).isZero();
    }

    @Test
    void shouldLoseNothingWhenTheRegistryIsAwayAndComesBack() {
        // Given
        AuditRecorder recorder = described.over(producer);
        producer.registry.down(true);
        CompletionStage<Ticket> ticket = recorder.opened(subject(1));
        assertThat(recorder.flush(SHORT)).isFalse();

        // When
        producer.registry.down(false);

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(ticket.toCompletableFuture()).isCompleted();
    }

    static List<RuntimeException> passing() {
        return List.of(
                new SchemaRejectedException("not registered"),
                new TopicAuthorizationException("audit.events"),
                new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"),
                new KafkaException("the producer is in an error state"),
                new SerializationException("registry", new java.io.IOException("connection refused")));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void shouldKeepTheEventWhenTheFailureIsNotItsOwn(RuntimeException failure) {
        // Given
        FakeProducer second = FakeProducer.acknowledging();
        producer.failing(failure);
        AuditRecorder recorder = described.overMade(() -> producer.closed() ? second : producer);

        // When
        recorder.opened(subject(1));

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(Stream.concat(producer.sentIds(), second.sentIds())).containsExactly("1");
        assertThat(described.metrics.retries()).isEqualTo(1);
    }

    @Test
    void shouldMakeTheProducerAnewWhenItIsOfNoUseAnyMore() {
        // Given
        FakeProducer second = FakeProducer.acknowledging();
        Deque<Producer<String, AuditEvent>> producers = new ArrayDeque<>(List.of(producer, second));
        AuditRecorder recorder = described.overMade(producers::remove);
        producer.failing(new KafkaException("the producer is in an error state"));

        // When
        recorder.opened(subject(1));

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.closed()).isTrue();
        assertThat(second.sentIds()).containsExactly("1");
    }

    @Test
    void shouldWaitWhenNoProducerCanBeMadeYet() {
        // Given
        Deque<Producer<String, AuditEvent>> producers = new ArrayDeque<>();
        AuditRecorder recorder = described.overMade(() -> {
            if (producers.isEmpty()) {
                throw new KafkaException("Failed to construct kafka producer");
            }
            return producers.peek();
        });
        recorder.opened(subject(1));
        assertThat(recorder.flush(SHORT)).isFalse();

        // When
        producers.add(producer);

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactly("1");
    }

    static List<Throwable> own() {
        return List.of(
                new RecordTooLargeException("too large"),
                new SerializationException("AuditEvent does not follow its schema", new NullPointerException()),
                new IllegalStateException("an interceptor of the service"),
                new StackOverflowError("a bug"),
                new AssertionError("a bug"));
    }

    @ParameterizedTest
    @MethodSource("own")
    void shouldSendThoseBehindWhenAnEventCannotBeSent(Throwable failure) {
        // Given
        AuditRecorder recorder = described.over(producer.failing(failure));
        CompletionStage<Ticket> poison = recorder.opened(subject(1));
        recorder.opened(subject(2));

        // When
        boolean done = recorder.flush(LONG);

        // Then
        assertThat(done).isTrue();
        assertThat(producer.sentIds()).containsExactly("2");
        assertThat(producer.sent().get(0).getProducer().getDropped()).isEqualTo(1);
        assertThatThrownBy(() -> poison.toCompletableFuture().join())
                .hasCauseInstanceOf(LostEventException.class)
                .hasRootCauseMessage(rootOf(failure).getMessage());
        assertThat(described.metrics.lostEvents()).isEqualTo(1);
    }

    @Test
    void shouldCountALossInLaterEventsWhenTheBrokerRefusesOneLater() {
        // Given
        FakeProducer silent = FakeProducer.silent();
        AuditRecorder recorder = described.over(silent);
        CompletionStage<Ticket> lost = recorder.opened(subject(1));
        recorder.completed(subject(2));
        recorder.flush(Duration.ZERO);

        // When
        silent.errorNext(new RecordTooLargeException("too large"));
        silent.completeNext();
        recorder.completed(subject(3));
        recorder.flush(Duration.ZERO);

        // Then
        assertThatThrownBy(() -> lost.toCompletableFuture().join())
                .hasCauseInstanceOf(LostEventException.class)
                .hasRootCauseInstanceOf(RecordTooLargeException.class);
        assertThat(described.metrics.lostEvents(LossReason.TOO_LARGE)).isEqualTo(1);
        assertThat(silent.sent())
                .extracting(event -> event.getProducer().getDropped())
                .containsExactly(0L, 0L, 1L);
    }

    @Test
    void shouldTellLossesInCompleteEventsOnlyWhenTheyAreItsOwn() {
        // Given
        AuditRecorder recorder = described.over(producer.failing(new IllegalStateException("poison")));
        recorder.opened(subject(1));
        recorder.opened(subject(2));
        recorder.flush(LONG);
        AuditEvent own = AuditEvent.newBuilder(producer.sent().get(0)).build();
        own.put("producer", new io.foundling.audit.Producer("declarations", "pod-1", "1.2", 0L));
        AuditEvent foreign = AuditEvent.newBuilder(own).build();
        foreign.put("producer", new io.foundling.audit.Producer("somebody", "pod-1", "1.2", 0L));

        // When
        recorder.record(own);
        recorder.record(foreign);
        recorder.flush(LONG);

        // Then
        assertThat(producer.sent().subList(1, 3))
                .extracting(event -> event.getProducer().getDropped())
                .containsExactly(1L, 0L);
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : failure.getCause();
    }
}
