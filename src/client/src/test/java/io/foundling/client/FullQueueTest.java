package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A queue for two events, which nobody empties but by hand. */
class FullQueueTest {

    private final FakeProducer producer = FakeProducer.acknowledging();
    private final TestRecorder described = new TestRecorder().with(RecorderSetting.QUEUE_MAXSIZE, 2);

    @Test
    void shouldLoseTheNewestWhenThePolicySaysSo() {
        // Given
        AuditRecorder recorder = filled(QueueFullPolicy.DROP_NEWEST);

        // When
        CompletionStage<Ticket> third = recorder.opened(subject(3));

        // Then
        assertLost(third);
        assertThatThrownBy(() -> third.toCompletableFuture().join())
                .hasMessageContaining("the audit event was lost (QUEUE_FULL): the queue is full")
                .cause()
                .satisfies(lost -> assertThat(lost.getStackTrace()).isEmpty());
        recorder.flush(LONG);
        assertThat(producer.sentIds()).containsExactly("1", "2");
    }

    @Test
    void shouldLoseTheOldestWhenThePolicySaysSo() {
        // Given
        AuditRecorder recorder = filled(QueueFullPolicy.DROP_OLDEST);

        // When
        CompletionStage<Ticket> third = recorder.opened(subject(3));

        // Then
        recorder.flush(LONG);
        assertThat(third.toCompletableFuture()).isCompleted();
        assertThat(producer.sentIds()).containsExactly("2", "3");
        assertThat(described.metrics.lostEvents(LossReason.QUEUE_FULL)).isEqualTo(1);
        assertThat(producer.sent())
                .extracting(event -> event.getProducer().getDropped())
                .containsExactly(1L, 1L);
    }

    @Test
    void shouldWaitAndThenLoseTheEventWhenItBlocksAndNobodyMakesRoom() {
        // Given
        AuditRecorder recorder = filled(QueueFullPolicy.BLOCK);
        long start = System.nanoTime();

        // When
        CompletionStage<Ticket> third = recorder.opened(subject(3));

        // Then
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
        assertLost(third);
        assertThatThrownBy(() -> third.toCompletableFuture().join())
                .hasMessageContaining("the queue was full for 30 ms (audit.queue.block.ms)");
    }

    @Test
    void shouldGoOnWhenItBlocksAndSomebodyMakesRoom() {
        // Given
        described.with(RecorderSetting.QUEUE_BLOCK_MS, 60_000);
        AuditRecorder recorder = filled(QueueFullPolicy.BLOCK);
        Thread caller = new Thread(() -> recorder.opened(subject(3)));
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);

        // When
        boolean done = recorder.flush(LONG);

        // Then
        assertThat(done).isTrue();
        assertThat(producer.sentIds()).containsExactly("1", "2", "3");
    }

    @Test
    void shouldFlushAlsoWhatWaitedForRoomWhenThereIsNoThread() {
        // Given
        described.with(RecorderSetting.QUEUE_BLOCK_MS, 60_000);
        AuditRecorder recorder = filled(QueueFullPolicy.BLOCK);

        for (int round = 0; round < 8; round++) {
            Thread caller = new Thread(() -> {
                for (int i = 0; i < 3; i++) {
                    recorder.opened(subject(i));
                }
            });
            caller.start();
            await().pollInterval(Duration.ofMillis(1)).until(() -> caller.getState() == Thread.State.TIMED_WAITING);

            // When
            boolean done = recorder.flush(LONG);

            // Then
            assertThat(done).isTrue();
            await().until(() -> !caller.isAlive());
        }
    }

    @Test
    void shouldLoseTheEventAndKeepTheInterruptWhenItIsInterruptedWhileItBlocks() throws InterruptedException {
        // Given
        described.with(RecorderSetting.QUEUE_BLOCK_MS, 60_000);
        AuditRecorder recorder = filled(QueueFullPolicy.BLOCK);
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            recorder.opened(subject(3));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);

        // When
        caller.interrupt();
        caller.join();

        // Then
        assertThat(interrupted.get()).isTrue();
        assertThat(described.metrics.lostEvents(LossReason.INTERRUPTED)).isEqualTo(1);
    }

    @Test
    void shouldNotWaitWhenItIsInterruptedButThereIsRoom() {
        // Given
        AuditRecorder recorder = described.over(producer);
        Thread.currentThread().interrupt();

        // When
        recorder.opened(subject(1));

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(described.metrics.gauges().queuedEvents()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhenItIsClosedWhileItBlocks() {
        // Given
        described.with(RecorderSetting.QUEUE_BLOCK_MS, 60_000);
        AuditRecorder recorder = filled(QueueFullPolicy.BLOCK);
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        Thread caller = new Thread(() -> recorder.opened(subject(3)));
        caller.setUncaughtExceptionHandler((thread, failure) -> refusal.set(failure));
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);

        // When
        recorder.close(LONG);

        // Then
        await().until(() -> refusal.get() instanceof IllegalStateException);
        assertThat(producer.sentIds()).containsExactly("1", "2");
    }

    @Test
    void shouldBeFullWhenTheBytesAreTooMany() {
        // Given
        described
                .with(RecorderSetting.QUEUE_MAXSIZE, 1000)
                .with(RecorderSetting.QUEUE_MAXBYTES, 100_000)
                .with(RecorderSetting.QUEUE_FULL, QueueFullPolicy.DROP_NEWEST);
        AuditRecorder recorder = described.over(producer);

        // When
        for (int i = 0; i < 10; i++) {
            recorder.on(subject(i)).detail("x".repeat(30_000)).opened();
        }

        // Then
        assertThat(described.metrics.gauges().queuedEvents()).isEqualTo(3);
        assertThat(described.metrics.gauges().queuedBytes()).isBetween(90_000L, 100_000L);
        assertThat(described.metrics.lostEvents()).isEqualTo(7);
    }

    @Test
    void shouldTakeAnEventThatIsLargerThanTheQueueWhenItIsAlone() {
        // Given
        described.with(RecorderSetting.QUEUE_MAXBYTES, 100);
        AuditRecorder recorder = described.over(producer);

        // When
        recorder.on(subject(1)).detail("x".repeat(1_000)).opened();

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactly("1");
    }

    private AuditRecorder filled(QueueFullPolicy policy) {
        described.with(RecorderSetting.QUEUE_FULL, policy);
        if (policy == QueueFullPolicy.BLOCK) {
            described.withDefault(RecorderSetting.QUEUE_BLOCK_MS, 30);
        }
        AuditRecorder recorder = described.over(producer);
        recorder.opened(subject(1));
        recorder.opened(subject(2));
        return recorder;
    }

    private void assertLost(CompletionStage<Ticket> ticket) {
        assertThatThrownBy(() -> ticket.toCompletableFuture().join())
                .cause()
                .isInstanceOfSatisfying(
                        LostEventException.class,
                        lost -> assertThat(lost.reason()).isEqualTo(LossReason.QUEUE_FULL));
        assertThat(described.metrics.lostEvents(LossReason.QUEUE_FULL)).isEqualTo(1);
    }
}
