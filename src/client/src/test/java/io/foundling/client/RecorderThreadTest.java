package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecorderThreadTest {

    private static final int HOUR_MS = 3_600_000;

    private final FakeProducer producer = FakeProducer.acknowledging();
    private final TestRecorder described = new TestRecorder().withThread();

    @Test
    void shouldSendByItselfAndAgainAfterALongSleep() {
        // Given
        AuditRecorder recorder = described.over(producer);
        recorder.opened(subject(1));
        await().until(() -> producer.sent().size() == 1);
        await().until(() -> drains().allMatch(thread -> thread.getThreadState() == Thread.State.WAITING));

        // When
        recorder.opened(subject(2));

        // Then
        await().until(() -> producer.sent().size() == 2);
        recorder.close();
    }

    @Test
    void shouldNotHoldUrgentEventsBack() {
        // Given
        described.with(RecorderSetting.DRAIN_INTERVAL_MS, HOUR_MS);
        AuditRecorder recorder = described.over(producer);
        recorder.opened(subject(1));

        // When
        recorder.failed(subject(2), "Timeout", "no answer", false);
        await().until(() -> producer.sent().size() == 2);
        recorder.cancelled(subject(3), "paper form", "registrar");
        await().until(() -> producer.sent().size() == 3);
        recorder.on(subject(4)).urgent().completed();
        await().until(() -> producer.sent().size() == 4);
        recorder.opened(subject(5));

        // Then
        await().during(SHORT).until(() -> producer.sent().size() == 4);
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactly("1", "2", "3", "4", "5");
        recorder.close();
    }

    @Test
    void shouldNotWaitForTheIntervalWhenTheQueueIsHalfFull() {
        // Given
        described.with(RecorderSetting.DRAIN_INTERVAL_MS, HOUR_MS).with(RecorderSetting.QUEUE_MAXSIZE, 10);
        AuditRecorder recorder = described.over(producer);
        recorder.opened(subject(0));
        recorder.flush(LONG);

        // When
        IntStream.rangeClosed(1, 6).forEach(i -> recorder.opened(subject(i)));

        // Then
        await().until(() -> producer.sent().size() >= 7);
        recorder.close();
    }

    @Test
    void shouldSurviveWhateverIsThrown() {
        // Given
        AuditRecorder recorder = described.over(producer.failing(new StackOverflowError("a bug")));

        // When
        CompletionStage<Ticket> lost = recorder.opened(subject(1));
        lost.whenComplete((ticket, failure) -> {
            throw new IllegalStateException("a bug of the caller");
        });
        await().until(() -> lost.toCompletableFuture().isCompletedExceptionally());
        recorder.opened(subject(2));

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactly("2");
        assertThat(described.metrics.lostEvents(LossReason.FAILED)).isEqualTo(1);
        recorder.close();
    }

    @Test
    void shouldIgnoreMetricsThatFail() {
        // Given
        RecorderMetrics failing = new RecorderMetrics() {
            @Override
            public void started(RecorderGauges gauges) {
                throw new IllegalStateException("no registry");
            }

            @Override
            public void recorded() {
                throw new IllegalStateException("no counter");
            }

            @Override
            public void written() {
                throw new IllegalStateException("no counter");
            }
        };
        AuditRecorder recorder = described.over(producer, failing);

        // When
        CompletionStage<Ticket> ticket = recorder.opened(subject(1));

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(ticket.toCompletableFuture()).isCompleted();
        recorder.close();
    }

    @Test
    void shouldKeepTheOrderOfEachSubjectWhenSixtyFourThreadsRecord() throws InterruptedException {
        // Given
        described.with(RecorderSetting.QUEUE_MAXSIZE, 100).with(RecorderSetting.QUEUE_BLOCK_MS, 60_000);
        AuditRecorder recorder = described.over(producer);
        List<Thread> callers = IntStream.range(0, 64)
                .mapToObj(caller -> new Thread(() -> IntStream.rangeClosed(1, 500)
                        .forEach(i -> recorder.on(subject(caller)).attempt(i).opened())))
                .toList();

        // When
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }

        // Then
        assertThat(recorder.close(LONG)).isZero();
        List<AuditEvent> sent = producer.sent();
        assertThat(sent).hasSize(64 * 500);
        for (int caller = 0; caller < 64; caller++) {
            String id = Integer.toString(caller);
            assertThat(sent.stream()
                            .filter(event -> event.getSubject().getId().equals(id))
                            .map(AuditEvent::getAttempt))
                    .isSorted();
        }
    }

    @Test
    void shouldGoOnWhenTheMetricsCannotEvenBeLoaded() {
        // Given
        RecorderMetrics failing = new RecorderMetrics() {
            @Override
            public void recorded() {
                throw new NoSuchMethodError("no counter");
            }

            @Override
            public void lost(LossReason reason, long events) {
                throw new NoSuchMethodError("no counter");
            }

            @Override
            public void stopped() {
                throw new NoSuchMethodError("no counter");
            }
        };
        AuditRecorder recorder = described.over(producer.failing(new IllegalStateException("poison")), failing);

        // When
        CompletionStage<Ticket> poison = recorder.opened(subject(1));
        recorder.opened(subject(2));

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(poison.toCompletableFuture()).isCompletedExceptionally();
        assertThat(producer.sentIds()).containsExactly("2");
        assertThat(recorder.close(LONG)).isZero();
    }

    @Test
    void shouldEndTheFlushAndKeepTheInterruptWhenItIsInterrupted() throws InterruptedException {
        // Given
        AuditRecorder recorder = described.over(FakeProducer.silent());
        recorder.opened(subject(1));
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread flusher = new Thread(() -> {
            boolean done = recorder.flush(LONG);
            interrupted.set(!done && Thread.currentThread().isInterrupted());
        });
        flusher.start();
        await().until(() -> flusher.getState() == Thread.State.TIMED_WAITING);

        // When
        flusher.interrupt();
        flusher.join();

        // Then
        assertThat(interrupted).isTrue();
        recorder.close(SHORT);
    }

    @Test
    void shouldUseNoProcessorWhenFourHundredAreIdle() {
        // Given
        List<AuditRecorder> recorders = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            recorders.add(new TestRecorder().withThread().over(FakeProducer.acknowledging()));
        }
        recorders.forEach(recorder -> recorder.opened(subject(1)));
        recorders.forEach(recorder -> recorder.flush(LONG));
        await().until(() -> drains().filter(thread -> thread.getThreadState() == Thread.State.WAITING)
                        .count()
                >= 400);
        long wakeUps = drains().mapToLong(ThreadInfo::getWaitedCount).sum();

        // Then: not one of them is woken, so there is nothing to measure
        await().during(Duration.ofSeconds(1))
                .until(() -> drains().mapToLong(ThreadInfo::getWaitedCount).sum() == wakeUps);
        recorders.forEach(recorder -> recorder.close(LONG));
    }

    private static java.util.stream.Stream<ThreadInfo> drains() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(thread -> thread.getThreadName().equals("audit-recorder"));
    }
}
