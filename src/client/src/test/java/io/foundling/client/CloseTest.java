package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kafka-clients")
class CloseTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3_600_000})
    void shouldSendWhatItHoldsWhenItIsClosed(int intervalMs) {
        // Given
        FakeProducer producer = FakeProducer.acknowledging();
        AuditRecorder recorder = described(intervalMs).over(producer);
        recorder.opened(subject(1));
        recorder.opened(subject(2));

        // When
        long lost = recorder.close(LONG);

        // Then
        assertThat(lost).isZero();
        assertThat(producer.sentIds()).containsExactly("1", "2");
        assertThat(producer.closed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldRefuseWhenItIsClosed(int intervalMs) {
        // Given
        FakeProducer producer = FakeProducer.acknowledging();
        TestRecorder described = described(intervalMs);
        AuditRecorder recorder = described.over(producer);
        recorder.close();

        // Then
        assertThatThrownBy(() -> recorder.completed(subject(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(recorder.close(LONG)).isZero();
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sent()).isEmpty();
        assertThat(described.metrics.recordedEvents()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldCountWhatTheBrokerDidNotAcknowledge(int intervalMs) {
        // Given
        TestRecorder described = described(intervalMs);
        AuditRecorder recorder = described.over(FakeProducer.silent());
        CompletionStage<Ticket> first = recorder.opened(subject(1));
        recorder.completed(subject(2));
        recorder.flush(SHORT);

        // When
        long lost = recorder.close(SHORT);

        // Then
        assertThat(lost).isEqualTo(2);
        assertThatThrownBy(() -> first.toCompletableFuture().join()).hasMessageContaining("CLOSED");
        assertThat(described.metrics.lostEvents(LossReason.CLOSED)).isEqualTo(2);
    }

    @Test
    void shouldCountWhatItCouldNotEvenHandOverWhenTheProducerIsFrozen() {
        // Given
        TestRecorder described = described(1);
        AuditRecorder recorder = described.over(FakeProducer.acknowledging().frozen());
        for (int i = 0; i < 100; i++) {
            recorder.opened(subject(i));
        }
        long start = System.nanoTime();

        // When
        long lost = recorder.close(SHORT);

        // Then
        assertThat(lost).isEqualTo(100);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(described.metrics.gauges().queuedEvents()).isZero();
    }

    @Test
    void shouldNotWaitForABrokerThatIsAwayLongerThanItMay() {
        // Given
        AuditRecorder recorder = described(1).over(FakeProducer.acknowledging().away(true));
        recorder.opened(subject(1));

        // Then
        assertThat(recorder.close(Duration.ZERO)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60_000})
    void shouldAcceptNothingThatNobodyEndsWhenItIsClosedInTheMiddle(int timeoutMs) throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            // Given
            TestRecorder described = described(1).with(RecorderSetting.QUEUE_MAXSIZE, 500);
            FakeProducer producer = FakeProducer.acknowledging();
            AuditRecorder recorder = described.over(producer);
            ConcurrentLinkedQueue<CompletionStage<Ticket>> accepted = new ConcurrentLinkedQueue<>();
            List<Thread> callers = Stream.generate(() -> new Thread(() -> recordUntilClosed(recorder, accepted)))
                    .limit(4)
                    .toList();
            callers.forEach(Thread::start);
            while (accepted.size() < 10) {
                Thread.onSpinWait();
            }

            // When
            long lost = recorder.close(Duration.ofMillis(timeoutMs));

            // Then
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(accepted).allMatch(ticket -> ticket.toCompletableFuture().isDone());
            assertThat(described.metrics.writtenEvents() + described.metrics.lostEvents())
                    .isEqualTo(described.metrics.recordedEvents())
                    .isEqualTo(accepted.size());
            assertThat(timeoutMs == 0 || lost == 0 && producer.sent().size() == accepted.size())
                    .isTrue();
        }
    }

    static List<Duration> extremes() {
        return List.of(
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofNanos(-1));
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void shouldTakeAnyDuration(Duration time) {
        for (int intervalMs : new int[] {0, 1}) {
            // Given
            TestRecorder described = described(intervalMs);
            AuditRecorder recorder = described.over(FakeProducer.acknowledging());
            CompletionStage<Ticket> flushed = recorder.opened(subject(1));

            // When
            boolean done = recorder.flush(time);
            CompletionStage<Ticket> closed = recorder.opened(subject(2));
            long lost = recorder.close(time);

            // Then
            assertThat(done || time.isNegative()).isTrue();
            assertThat(lost).isEqualTo(described.metrics.lostEvents());
            assertThat(lost == 0 || time.isNegative()).isTrue();
            assertThat(described.metrics.writtenEvents() + lost).isEqualTo(2);
            assertThat(List.of(flushed, closed))
                    .allMatch(ticket -> ticket.toCompletableFuture().isDone());
        }
    }

    @Test
    void shouldEndEveryTicketWhenTheTimeIsOverInTheMiddleOfTheWork() {
        for (int round = 0; round < 20; round++) {
            // Given
            TestRecorder described = described(1);
            AuditRecorder recorder = described.over(FakeProducer.acknowledging());
            List<CompletionStage<Ticket>> tickets = IntStream.range(0, 300)
                    .mapToObj(i -> recorder.opened(subject(i)))
                    .toList();

            // When
            recorder.close(Duration.ofMillis(round % 2));

            // Then
            assertThat(tickets).allMatch(ticket -> ticket.toCompletableFuture().isDone());
            assertThat(recorder.flush(Duration.ZERO)).isTrue();
            assertThat(described.metrics.writtenEvents() + described.metrics.lostEvents())
                    .isEqualTo(described.metrics.recordedEvents())
                    .isEqualTo(300);
        }
    }

    private static void recordUntilClosed(AuditRecorder recorder, Collection<CompletionStage<Ticket>> accepted) {
        try {
            while (true) {
                accepted.add(recorder.opened(subject(1)));
            }
        } catch (IllegalStateException closed) {
            // as it should be
        }
    }

    private static TestRecorder described(int intervalMs) {
        return new TestRecorder().with(RecorderSetting.DRAIN_INTERVAL_MS, intervalMs);
    }
}
