package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
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
