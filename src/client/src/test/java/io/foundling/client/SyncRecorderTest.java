package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kafka-clients")
class SyncRecorderTest {

    private final FakeProducer producer = FakeProducer.acknowledging();
    private final TestRecorder described = new TestRecorder().with(RecorderSetting.ASYNC, false);

    @Test
    void shouldReturnWhenTheBrokerHasAcknowledged() {
        // Given
        AuditRecorder recorder = described.over(producer);

        // When
        CompletionStage<Ticket> ticket = recorder.opened(subject(1));

        // Then
        assertThat(ticket.toCompletableFuture()).isCompletedWithValue(new Ticket("audit.events", 0, 0));
        assertThat(described.metrics.writtenEvents()).isEqualTo(1);
    }

    @Test
    void shouldWaitAsLongAsTheBrokerDoes() throws InterruptedException {
        // Given
        FakeProducer silent = FakeProducer.silent();
        AuditRecorder recorder = described.over(silent);
        Thread caller = new Thread(() -> recorder.opened(subject(1)));
        caller.start();
        await().until(() -> caller.getState() == Thread.State.WAITING);
        assertThat(recorder.flush(Duration.ZERO)).isFalse();

        // When
        silent.completeNext();

        // Then
        caller.join();
        assertThat(recorder.flush(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldThrowWhenTheBrokerDoesNotTakeTheEvent() {
        // Given
        AuditRecorder recorder = described.over(producer.away(true));

        // Then
        assertThatThrownBy(() -> recorder.opened(subject(1)))
                .isInstanceOf(LostEventException.class)
                .hasMessageContaining("REFUSED")
                .hasMessageContaining("not present in metadata");
        producer.away(false).failing(new RecordTooLargeException("too large"));
        assertThatThrownBy(() -> recorder.opened(subject(1)))
                .isInstanceOf(LostEventException.class)
                .hasMessageContaining("TOO_LARGE");
        recorder.opened(subject(2));
        assertThat(producer.sent().get(0).getProducer().getDropped()).isEqualTo(2);
    }

    @Test
    void shouldThrowAndKeepTheInterruptWhenItIsInterrupted() throws InterruptedException {
        // Given
        FakeProducer silent = FakeProducer.silent();
        AuditRecorder recorder = described.over(silent);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                recorder.opened(subject(1));
            } catch (LostEventException failure) {
                thrown.set(failure);
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        await().until(() -> caller.getState() == Thread.State.WAITING);

        // When
        caller.interrupt();
        caller.join();

        // Then
        assertThat(thrown.get()).hasMessageContaining("may be written");
        assertThat(interrupted.get()).isTrue();
        silent.completeNext();
        assertThat(described.metrics.writtenEvents()).isZero();
        assertThat(recorder.flush(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldWaitAndSendWhileTheProducerIsReplaced() throws InterruptedException {
        // Given
        FakeProducer broken = FakeProducer.acknowledging().endless();
        AuditRecorder recorder = replacing(broken);
        List<Thread> callers = IntStream.of(3, 4)
                .mapToObj(id -> new Thread(() -> recorder.opened(subject(id))))
                .toList();
        callers.forEach(Thread::start);

        // When: it takes longer than the second call of all waits for it
        await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
        broken.thaw();
        for (Thread caller : callers) {
            caller.join();
        }

        // Then
        assertThat(producer.sentIds()).containsExactlyInAnyOrder("3", "4");
        assertThat(described.metrics.lostEvents()).isEqualTo(1);
    }

    @Test
    void shouldThrowWhenTheReplacementTakesLongerThanACallMayWait() {
        // Given
        described.withKafka("max.block.ms", 10);
        FakeProducer broken = FakeProducer.acknowledging().endless();
        AuditRecorder recorder = replacing(broken);

        // When, then
        assertThatThrownBy(() -> recorder.opened(subject(3)))
                .isInstanceOf(LostEventException.class)
                .hasMessageContaining("is being replaced");
        broken.thaw();
        await().untilAsserted(() -> recorder.opened(subject(4)));
    }

    @Test
    void shouldThrowWhenItIsClosedWhileTheProducerIsReplaced() throws InterruptedException {
        // Given
        FakeProducer broken = FakeProducer.acknowledging().endless();
        AuditRecorder recorder = replacing(broken);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                recorder.opened(subject(3));
            } catch (LostEventException failure) {
                thrown.set(failure);
            }
        });
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);

        // When
        recorder.close(Duration.ZERO);

        // Then
        caller.join(LONG.toMillis());
        assertThat(thrown.get()).hasMessageContaining("CLOSED");
        broken.thaw();
    }

    /** Returns a recorder that will replace this producer with the next call. */
    private AuditRecorder replacing(FakeProducer broken) {
        Iterator<FakeProducer> producers = List.of(broken, producer).iterator();
        AuditRecorder recorder = described.overMade(producers::next);
        recorder.opened(subject(1));
        broken.failing(new KafkaException("broken"));
        assertThatThrownBy(() -> recorder.opened(subject(2))).isInstanceOf(LostEventException.class);
        return recorder;
    }

    @Test
    void shouldRefuseWhenItIsClosed() {
        // Given
        AuditRecorder recorder = described.over(producer);
        recorder.opened(subject(1));

        // When
        recorder.close(LONG);

        // Then
        assertThatThrownBy(() -> recorder.opened(subject(1))).isInstanceOf(IllegalStateException.class);
        assertThat(recorder.close(LONG)).isZero();
        assertThat(producer.closed()).isTrue();
    }
}
