package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads that record at once with the policy BLOCK, on virtual threads if this JDK has them. */
@Timeout(60)
class ManyCallersTest {

    /** More platform threads than this would only measure the machine. */
    private static final int MOST_PLATFORM_THREADS = 2_000;

    private final TestRecorder described = new TestRecorder().withThread();

    @ParameterizedTest
    @ValueSource(ints = {1, 200, 10_000})
    void shouldLoseNothingWhileTheBrokerAnswers(int wanted) throws InterruptedException {
        // Given
        described.with(RecorderSetting.QUEUE_MAXSIZE, 100);
        FakeProducer producer = FakeProducer.acknowledging();
        AuditRecorder recorder = described.over(producer);
        int callers = possible(wanted);
        int each = 20_000 / callers;

        // When
        recordFrom(callers, caller -> IntStream.range(0, each).forEach(i -> recorder.opened(subject(caller))));

        // Then
        assertThat(recorder.close(LONG)).isZero();
        assertThat(described.metrics.lostEvents()).isZero();
        assertThat(producer.sent()).hasSize(callers * each);
    }

    @Test
    void shouldLoseNothingWhenConnectingTakesLongerThanACallMayWait() throws InterruptedException {
        // Given
        int callers = possible(50_000);
        described.with(RecorderSetting.QUEUE_MAXSIZE, callers / 50).with(RecorderSetting.QUEUE_BLOCK_MS, 1_500);
        FakeProducer producer = FakeProducer.acknowledging();
        AuditRecorder recorder = described.overMade(() -> {
            LockSupport.parkNanos(Duration.ofMillis(3_500).toNanos());
            return producer;
        });

        // When
        recordFrom(callers, caller -> recorder.opened(subject(caller)));

        // Then
        assertThat(recorder.close(LONG)).isZero();
        assertThat(described.metrics.lostEvents()).isZero();
        assertThat(producer.sent()).hasSize(callers);
    }

    @Test
    void shouldWaitOnceOnlyWhenConnectingHangs() throws InterruptedException {
        // Given
        described.with(RecorderSetting.QUEUE_MAXSIZE, 1).with(RecorderSetting.QUEUE_BLOCK_MS, 200);
        SlowFactory lookup = new SlowFactory();
        AuditRecorder recorder = described.overMade(lookup);
        recorder.opened(subject(1));
        lookup.awaitCall();
        recorder.opened(subject(2));

        // When
        long first = nanosOf(() -> recorder.opened(subject(3)));
        long second = nanosOf(() -> recorder.opened(subject(4)));

        // Then
        assertThat(Duration.ofNanos(first)).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(10));
        assertThat(Duration.ofNanos(second)).isLessThan(Duration.ofMillis(1_500));
        assertThat(described.metrics.lostEvents(LossReason.QUEUE_FULL)).isEqualTo(2);
        lookup.answer();
        assertThat(recorder.close(LONG)).isZero();
    }

    @Test
    void shouldWaitInLineForASlowBrokerButNotForEver() throws InterruptedException {
        // Given: a caller waits for 300 ms without progress, for 3 s at most, and 100 events take 5 s
        described.with(RecorderSetting.QUEUE_MAXSIZE, 1).with(RecorderSetting.QUEUE_BLOCK_MS, 300);
        FakeProducer producer = FakeProducer.acknowledging().slow(Duration.ofMillis(50));
        AuditRecorder recorder = described.over(producer);

        // When
        recordFrom(100, caller -> recorder.opened(subject(caller)));

        // Then
        recorder.close(LONG);
        assertThat(producer.sent()).hasSizeBetween(5, 75);
        assertThat(described.metrics.lostEvents(LossReason.QUEUE_FULL))
                .isEqualTo(100L - producer.sent().size());
    }

    @Test
    void shouldNotPollWhileItWaits() throws InterruptedException {
        // Given
        described.with(RecorderSetting.QUEUE_MAXSIZE, 1).with(RecorderSetting.QUEUE_BLOCK_MS, 60_000);
        FakeProducer producer = FakeProducer.acknowledging().frozen();
        AuditRecorder recorder = described.over(producer);
        recorder.opened(subject(1));
        recorder.opened(subject(2));
        List<Thread> callers = IntStream.range(0, 20)
                .mapToObj(i -> new Thread(() -> recorder.opened(subject(i))))
                .toList();

        // When
        callers.forEach(Thread::start);
        await().until(() -> callers.stream().allMatch(caller -> caller.getState() == Thread.State.TIMED_WAITING));
        long[] ids = callers.stream().mapToLong(Thread::getId).toArray();
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);

        // Then
        assertThat(Stream.of(ManagementFactory.getThreadMXBean().getThreadInfo(ids)))
                .extracting(ThreadInfo::getWaitedCount)
                .allMatch(count -> count <= 2);
        producer.thaw();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(recorder.close(LONG)).isZero();
        assertThat(described.metrics.lostEvents()).isZero();
    }

    /** Ends when the last caller has had its turns; those who had theirs go on, as fast as they can. */
    @Test
    void shouldGiveEveryCallerItsTurnsInTimeWhenTheOthersGoOn() throws InterruptedException {
        // Given
        described.with(RecorderSetting.QUEUE_MAXSIZE, 10).with(RecorderSetting.QUEUE_BLOCK_MS, 60_000);
        FakeProducer producer = FakeProducer.acknowledging();
        AuditRecorder recorder = described.over(producer);
        int turns = 21;
        long[] longestNanos = new long[50];
        CyclicBarrier start = new CyclicBarrier(50);
        CountDownLatch unserved = new CountDownLatch(50);

        // When
        recordFrom(50, caller -> {
            meet(start);
            for (int recorded = 0; unserved.getCount() > 0; recorded++) {
                if (recorded == turns) {
                    unserved.countDown();
                }
                long nanos = nanosOf(() -> recorder.opened(subject(caller)));
                longestNanos[caller] = Math.max(longestNanos[caller], nanos);
            }
        });

        // Then: a second at most, and the time of a slow machine
        assertThat(LongStream.of(longestNanos).mapToObj(Duration::ofNanos))
                .allMatch(longest -> longest.compareTo(Duration.ofSeconds(10)) < 0);
        recorder.close(LONG);
        assertThat(described.metrics.lostEvents()).isZero();
    }

    private static void recordFrom(int callers, IntConsumer call) throws InterruptedException {
        ExecutorService threads = threads(callers);
        IntStream.range(0, callers).forEach(caller -> threads.execute(() -> call.accept(caller)));
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private static long nanosOf(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return System.nanoTime() - start;
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await();
        } catch (InterruptedException | BrokenBarrierException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static int possible(int callers) {
        return hasVirtualThreads() ? callers : Math.min(callers, MOST_PLATFORM_THREADS);
    }

    private static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    /** By name, because this code is compiled for Java 17. */
    private static ExecutorService threads(int callers) {
        if (!hasVirtualThreads()) {
            return Executors.newFixedThreadPool(callers, task -> new Thread(null, task, "caller", 64 << 10));
        }
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
