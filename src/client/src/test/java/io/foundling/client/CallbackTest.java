package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A callback of a ticket that uses the recorder is on a thread that the recorder needs, and must not wait for itself.
 */
@Timeout(30)
class CallbackTest {

    private static final int HOUR_MS = 3_600_000;

    private final FakeProducer producer = FakeProducer.acknowledging();
    private final TestRecorder described = new TestRecorder().withThread();

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "DROP_NEWEST", "DROP_OLDEST"})
    void shouldNotWaitForItselfWhenItRecordsAndTheQueueIsFull(QueueFullPolicy policy) {
        // Given
        described
                .with(RecorderSetting.QUEUE_MAXSIZE, 1)
                .with(RecorderSetting.QUEUE_FULL, policy)
                .with(RecorderSetting.QUEUE_BLOCK_MS, HOUR_MS);
        AuditRecorder recorder = described.over(producer);
        AtomicBoolean over = new AtomicBoolean();

        // When
        recorder.opened(subject(1)).thenRun(() -> {
            for (int i = 2; i < 10; i++) {
                recorder.completed(subject(i));
            }
            over.set(true);
        });

        // Then
        await().untilTrue(over);
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(described.metrics.recordedEvents()).isEqualTo(9);
        assertThat(described.metrics.writtenEvents() + described.metrics.lostEvents(LossReason.QUEUE_FULL))
                .isEqualTo(9);
        recorder.close();
    }

    @Test
    void shouldNotWaitForItselfWhenItFlushes() {
        // Given
        FakeProducer silent = FakeProducer.silent();
        AuditRecorder recorder = described.over(silent);
        AtomicReference<Boolean> flushed = new AtomicReference<>();
        recorder.opened(subject(1)).thenRun(() -> flushed.set(recorder.flush(LONG)));
        recorder.opened(subject(2));
        await().until(() -> silent.sent().size() == 2);

        // When
        silent.completeNext();

        // Then
        assertThat(flushed.get()).isFalse();
        silent.completeNext();
        assertThat(recorder.flush(LONG)).isTrue();
        recorder.close();
    }

    @Test
    void shouldNotHoldUpTheCallWhoseEventTookThePlaceOfTheOldest() {
        // Given
        AuditRecorder recorder = new TestRecorder()
                .with(RecorderSetting.QUEUE_FULL, QueueFullPolicy.DROP_OLDEST)
                .with(RecorderSetting.QUEUE_MAXSIZE, 2)
                .over(producer.away(true));
        AtomicReference<Boolean> flushed = new AtomicReference<>();
        AtomicReference<CompletionStage<Ticket>> inReturn = new AtomicReference<>();
        recorder.opened(subject(1)).whenComplete((ticket, lost) -> {
            flushed.set(recorder.flush(LONG));
            inReturn.set(recorder.failed(subject(1), "Lost", lost.getMessage(), true));
        });
        recorder.opened(subject(2));

        // When
        recorder.opened(subject(3));

        // Then
        assertThat(flushed.get()).isFalse();
        assertThat(inReturn.get().toCompletableFuture()).isCompletedExceptionally();
        producer.away(false);
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactly("2", "3");
    }

    @Test
    void shouldRecordAndFlushWhenTheRecorderIsSynchronous() {
        // Given
        AuditRecorder recorder = described.with(RecorderSetting.ASYNC, false).over(producer);
        AtomicReference<Boolean> flushed = new AtomicReference<>();

        // When
        recorder.opened(subject(1))
                .thenCompose(ticket -> recorder.completed(subject(1)))
                .thenRun(() -> flushed.set(recorder.flush(LONG)));

        // Then
        assertThat(flushed.get()).isTrue();
        assertThat(producer.sentIds()).containsExactly("1", "1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldCloseAndSendNothingTwice(int intervalMs) {
        // Given
        producer.frozen();
        AuditRecorder recorder =
                described.with(RecorderSetting.DRAIN_INTERVAL_MS, intervalMs).over(producer);
        AtomicReference<Boolean> flushed = new AtomicReference<>();
        AtomicBoolean closed = new AtomicBoolean();
        recorder.opened(subject(1)).thenRun(() -> {
            flushed.set(recorder.flush(LONG));
            recorder.close(LONG);
            closed.set(true);
        });
        CompletionStage<Ticket> second = recorder.opened(subject(2));

        // When
        producer.thaw();
        recorder.flush(intervalMs == 0 ? LONG : Duration.ZERO);

        // Then
        await().untilTrue(closed);
        await().until(() -> second.toCompletableFuture().isDone());
        assertThat(producer.closed()).isTrue();
        assertThat(producer.sentIds()).doesNotHaveDuplicates().startsWith("1");
        assertThat(described.metrics.writtenEvents() + described.metrics.lostEvents())
                .isEqualTo(2);
        recorder.close(SHORT);
    }

    @Test
    void shouldCloseTheProducerOnTheThreadOfTheCallbackWhichMayBeItsOwn() {
        // Given
        AuditRecorder recorder = described.over(producer);
        AtomicReference<Thread> callback = new AtomicReference<>();

        // When
        recorder.opened(subject(1)).thenRun(() -> {
            callback.set(Thread.currentThread());
            recorder.close(LONG);
        });
        recorder.flush(LONG);

        // Then
        await().until(() -> producer.closed());
        assertThat(producer.closer()).hasValue(callback.get());
    }
}
