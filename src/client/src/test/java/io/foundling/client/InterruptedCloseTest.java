package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that is being stopped may interrupt the thread that closes the recorder, before or during the close. */
class InterruptedCloseTest {

    @TempDir
    private Path directory;

    private static final int EVENTS = 5_003;

    private final TestRecorder described = new TestRecorder();

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3_600_000})
    void shouldSendEverythingWhenTheThreadIsInterruptedAlready(int intervalMs) {
        // Given
        FakeProducer producer = FakeProducer.acknowledging();
        AuditRecorder recorder =
                described.with(RecorderSetting.DRAIN_INTERVAL_MS, intervalMs).over(producer);
        IntStream.range(0, EVENTS).forEach(i -> recorder.opened(subject(i)));
        Thread.currentThread().interrupt();

        // When
        long lost = recorder.close(LONG);

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lost).isZero();
        assertThat(producer.sent()).hasSize(EVENTS);
    }

    @Test
    void shouldPutEverythingIntoTheSpoolWhenTheTaskThatClosesIsShutDown() throws InterruptedException {
        // Given
        described
                .withSpool(directory)
                .with(RecorderSetting.SPOOL_MAXBYTES, 16 << 20)
                .with(RecorderSetting.CLOSE_TIMEOUT_MS, 2_000);
        AuditRecorder recorder = described.over(FakeProducer.acknowledging().away(true));
        AtomicLong lost = new AtomicLong(-1);
        CountDownLatch recorded = new CountDownLatch(1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.execute(() -> {
            IntStream.range(0, EVENTS).forEach(i -> recorder.opened(subject(i)));
            recorded.countDown();
            awaitInterrupt();
            lost.set(recorder.close(LONG));
        });
        recorded.await();

        // When
        executor.shutdownNow();
        executor.awaitTermination(1, TimeUnit.MINUTES);

        // Then
        assertThat(lost).hasValue(0);
        FakeProducer producer = FakeProducer.acknowledging();
        AuditRecorder next = new TestRecorder().withSpool(directory).over(producer);
        await().until(() -> producer.sent().size() == EVENTS);
        next.close(LONG);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3_600_000})
    void shouldEndAndCountWhatIsLostWhenTheThreadIsInterruptedAlready(int intervalMs) {
        // Given
        described.with(RecorderSetting.DRAIN_INTERVAL_MS, intervalMs).with(RecorderSetting.CLOSE_TIMEOUT_MS, 50);
        AuditRecorder recorder = described.over(FakeProducer.acknowledging().away(true));
        CompletionStage<Ticket> first = recorder.opened(subject(1));
        CompletionStage<Ticket> second = recorder.opened(subject(2));
        Thread.currentThread().interrupt();

        // When
        long lost = recorder.close(LONG);

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lost).isEqualTo(2);
        assertThat(described.metrics.lostEvents(LossReason.CLOSED)).isEqualTo(2);
        assertThat(first.toCompletableFuture()).isCompletedExceptionally();
        assertThat(second.toCompletableFuture()).isCompletedExceptionally();
        assertThat(recorder.flush(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldLeaveTheSpoolToTheNextRecorderWhenTheThreadIsInterruptedAlready() {
        // Given
        described.withSpool(directory).with(RecorderSetting.CLOSE_TIMEOUT_MS, 50);
        AuditRecorder recorder = described.over(FakeProducer.acknowledging().away(true));
        CompletionStage<Ticket> left = recorder.opened(subject(1));
        await().until(() -> described.metrics.gauges().spooledBytes() > 0);
        Thread.currentThread().interrupt();

        // When
        long lost = recorder.close(LONG);

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lost).isZero();
        assertThatThrownBy(() -> left.toCompletableFuture().join()).hasCauseInstanceOf(EventSpooledException.class);
        FakeProducer producer = FakeProducer.acknowledging();
        AuditRecorder next = new TestRecorder().withSpool(directory).over(producer);
        await().until(() -> producer.sent().size() == 1);
        next.close(LONG);
    }

    @Test
    void shouldEndTheCloseAndKeepTheInterruptWhenItIsInterrupted() throws InterruptedException {
        // Given
        AuditRecorder recorder = described
                .withThread()
                .with(RecorderSetting.CLOSE_TIMEOUT_MS, 50)
                .over(FakeProducer.acknowledging().frozen());
        recorder.opened(subject(1));
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicLong lost = new AtomicLong();
        Thread closer = new Thread(() -> {
            lost.set(recorder.close(LONG));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        closer.start();
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);

        // When
        closer.interrupt();
        closer.join();

        // Then
        assertThat(interrupted).isTrue();
        assertThat(lost).hasValue(1);
    }

    private static void awaitInterrupt() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }
}
