package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.LossReason;
import io.foundling.client.TestRecorder;
import io.foundling.client.internal.settings.RecorderSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainTest {

    private static final long MOST_NANOS = Duration.ofMinutes(10).toNanos();
    private static final Duration CONNECTING = Duration.ofMillis(500);

    private final EventQueue queue = new EventQueue(640, 640_000, Duration.ofSeconds(1), System::nanoTime);
    private final SlowToConnect sink = new SlowToConnect();
    private final InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
    private final DeliveryCounts counts = new DeliveryCounts(
            RecorderSettings.fromProperties(Map.of(
                    "audit.bootstrap.servers", "unused:1",
                    "audit.schema.registry.url", "mock://unused",
                    "audit.service", "declarations")),
            metrics,
            System::nanoTime);
    private final Drain drain = new Drain(queue, sink, counts, Duration.ofMillis(1));

    @Test
    void shouldCountAWaitFromTheEndOfConnecting() throws InterruptedException {
        // Given
        offer();
        Thread drained = drainedByAnotherThread();
        long beganNanos = System.nanoTime();
        await().until(() -> drain.readyNanos(MOST_NANOS) == 0);

        // When
        await().until(() -> System.nanoTime() - beganNanos > CONNECTING.toNanos());
        long whileConnecting = drain.readyNanos(MOST_NANOS);
        long tooLong = drain.readyNanos(CONNECTING.toNanos());
        long askedNanos = System.nanoTime();
        sink.connected.countDown();
        drained.join();

        // Then
        assertThat(whileConnecting).isZero();
        assertThat(tooLong).isEqualTo(Long.MAX_VALUE);
        assertThat(drain.readyNanos(MOST_NANOS)).isBetween(1L, System.nanoTime() - askedNanos);
    }

    @Test
    void shouldNotBeConnectingBeforeTheFirstEvent() {
        assertThat(drain.readyNanos(MOST_NANOS)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldLoseOnlyWhatWasNotPassedOnWhenItIsAbandonedBetweenTwoEventsThatLeftTheQueueTogether()
            throws InterruptedException {
        // Given
        sink.connected.countDown();
        sink.accepts = 2;
        List<Sending> events = Stream.generate(this::offer).limit(15).toList();
        drain.runOnThisThread(TimeLimit.of(Duration.ZERO));

        // When
        drain.abandon();

        // Then
        assertThat(events.subList(0, 2)).noneMatch(Sending::hasEnded);
        assertThat(events.subList(2, 15)).allMatch(Sending::isCompletedExceptionally);
        assertThat(metrics.lostEvents(LossReason.CLOSED)).isEqualTo(13);
    }

    @Test
    void shouldLoseWhatAFlushHasTakenWhenItIsAbandonedBeforeTheFirstOfThemIsPassedOn() throws InterruptedException {
        // Given: a caller in the line, so that the clock is read while events are taken
        AtomicReference<Runnable> whileTaking = new AtomicReference<>(() -> {});
        EventQueue full = new EventQueue(1, 640_000, Duration.ofSeconds(1), () -> {
            whileTaking.get().run();
            return System.nanoTime();
        });
        Drain flushed = new Drain(full, sink, counts, Duration.ZERO);
        Sending taken = sending();
        Sending inLine = sending();
        full.offer(taken);
        full.join(inLine);
        whileTaking.set(() -> {
            whileTaking.set(() -> {});
            flushed.abandon();
        });

        // When
        flushed.runOnThisThread(TimeLimit.of(Duration.ZERO));

        // Then
        assertThat(List.of(taken, inLine)).allMatch(Sending::isCompletedExceptionally);
        assertThat(metrics.lostEvents(LossReason.CLOSED)).isEqualTo(2);
    }

    private Sending offer() {
        Sending sending = sending();
        queue.offer(sending);
        return sending;
    }

    private static Sending sending() {
        InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();
        recorder.opened(TestRecorder.subject(1));
        return new Sending(recorder.last(), 10, new Epochs().enter(), false);
    }

    private Thread drainedByAnotherThread() {
        Thread thread = new Thread(() -> {
            try {
                drain.runOnThisThread(TimeLimit.of(Duration.ofSeconds(50)));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    /** Takes the first event when the test says so, and then so many. */
    private static final class SlowToConnect implements Sink {

        private final CountDownLatch connected = new CountDownLatch(1);
        private int accepts = Integer.MAX_VALUE;

        @Override
        public boolean accept(Sending sending) {
            try {
                connected.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return accepts-- > 0;
        }

        @Override
        public boolean roundOver(boolean last) {
            return true;
        }

        @Override
        public long dueInNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public void close(TimeLimit limit, boolean drained) {}

        @Override
        public long spooledBytes() {
            return 0;
        }

        @Override
        public boolean isOwnThread() {
            return false;
        }
    }
}
