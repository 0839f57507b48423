package io.foundling.console.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final AtomicInteger steps = new AtomicInteger();

    @Test
    void shouldLookOnceAndThenOnlyWhenItIsWoken() {
        try (Worker worker = worker(() -> {
            steps.incrementAndGet();
            return Worker.NEVER;
        })) {
            // Given
            await().atMost(PATIENCE).until(() -> steps.get() == 1);

            // When
            worker.wake();

            // Then
            await().atMost(PATIENCE).until(() -> steps.get() == 2);
        }
    }

    @Test
    void shouldLookAgainWhenSomethingIsDue() {
        try (Worker worker =
                worker(() -> steps.incrementAndGet() < 3 ? System.currentTimeMillis() + 1 : Worker.NEVER)) {
            await().atMost(PATIENCE).until(() -> steps.get() == 3);
            assertThat(worker.failure()).isNull();
        }
    }

    @Test
    void shouldShowWhyItEnded() {
        // Given
        RuntimeException why = new IllegalStateException("broken");

        // When
        try (Worker worker = worker(() -> {
            throw why;
        })) {
            // Then
            await().atMost(PATIENCE).until(() -> worker.failure() == why);
        }
    }

    @Test
    void shouldShowWhyItEndedWhenThatIsAnError() {
        // Given
        Error why = new NoClassDefFoundError("io/foundling/Missing");

        // When
        try (Worker worker = worker(() -> {
            throw why;
        })) {
            // Then
            await().atMost(PATIENCE).until(() -> worker.failure() != null);
            assertThat(worker.failure())
                    .hasMessage("NoClassDefFoundError ended worker")
                    .hasCause(why);
        }
    }

    @Test
    void shouldInterruptTheStepWhenItIsClosed() {
        // Given
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Worker worker = worker(() -> {
            steps.incrementAndGet();
            try {
                never.await();
            } finally {
                interrupted.countDown();
            }
            return Worker.NEVER;
        });
        await().atMost(PATIENCE).until(() -> steps.get() == 1);

        // When
        worker.close();

        // Then
        assertThat(interrupted.getCount()).isZero();
        assertThat(worker.failure()).isNull();
    }

    @Test
    void shouldDoNoOtherStepWhenOneSwallowsThatItIsClosed() {
        // Given
        CountDownLatch never = new CountDownLatch(1);
        Worker worker = worker(() -> {
            steps.incrementAndGet();
            try {
                never.await();
            } catch (InterruptedException closed) {
                return 0;
            }
            return Worker.NEVER;
        });
        await().atMost(PATIENCE).until(() -> steps.get() == 1);

        // When
        worker.close();

        // Then
        assertThat(steps).hasValue(1);
        assertThat(worker.failure()).isNull();
    }

    @Test
    void shouldWaitUntilItHasEndedWhenItIsClosed() {
        // Given
        CountDownLatch never = new CountDownLatch(1);
        Thread closing = Thread.currentThread();
        Worker worker = worker(() -> {
            steps.incrementAndGet();
            try {
                never.await();
            } finally {
                while (closing.getState() == Thread.State.RUNNABLE) {
                    Thread.onSpinWait();
                }
                steps.incrementAndGet();
            }
            return Worker.NEVER;
        });
        await().atMost(PATIENCE).until(() -> steps.get() == 1);

        // When
        worker.close();

        // Then
        assertThat(steps).hasValue(2);
    }

    @Test
    void shouldSeeWithinASecondThatTheWallClockWasSetAhead() {
        // Given
        FakeClock clock = new FakeClock();
        long dueMs = clock.millis() + Duration.ofDays(1).toMillis();
        try (Worker worker = new Worker("worker", () -> steps.incrementAndGet() == 1 ? dueMs : Worker.NEVER, clock)) {
            worker.start();
            await().atMost(PATIENCE).until(() -> steps.get() == 1);

            // When
            clock.isAt(dueMs);

            // Then
            await().atMost(PATIENCE).until(() -> steps.get() == 2);
        }
    }

    @Test
    void shouldNotKeepTheProcessAlive() {
        // Given
        AtomicBoolean isDaemon = new AtomicBoolean();

        // When
        try (Worker worker = worker(() -> {
            isDaemon.set(Thread.currentThread().isDaemon());
            steps.incrementAndGet();
            return Worker.NEVER;
        })) {
            await().atMost(PATIENCE).until(() -> steps.get() == 1);
            assertThat(worker.failure()).isNull();
        }

        // Then
        assertThat(isDaemon).isTrue();
    }

    private static Worker worker(Worker.Step step) {
        Worker worker = new Worker("worker", step, InstantSource.system());
        worker.start();
        return worker;
    }
}
