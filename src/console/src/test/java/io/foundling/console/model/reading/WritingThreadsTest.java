package io.foundling.console.model.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WritingThreadsTest {

    @Test
    void shouldWriteAtTheSameTimeWhatTheDatabaseTakes() {
        try (WritingThreads threads = new WritingThreads(2)) {
            CyclicBarrier both = new CyclicBarrier(2);
            AtomicInteger done = new AtomicInteger();

            // When: each waits for the other one
            threads.run(List.of(() -> meet(both, done), () -> meet(both, done)));

            // Then
            assertThat(done).hasValue(2);
        }
    }

    @Test
    void shouldWaitForTheOthersBeforeAFailureIsThrown() {
        try (WritingThreads threads = new WritingThreads(2)) {
            AtomicInteger done = new AtomicInteger();
            Runnable fails = () -> {
                throw new IllegalStateException("away");
            };

            // When, then
            assertThatThrownBy(() -> threads.run(List.of(fails, done::incrementAndGet, done::incrementAndGet)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("away");
            assertThat(done).hasValue(2);
        }
    }

    @Test
    void shouldWriteOnTheThreadOfTheCallerWhenTheDatabaseTakesOneAtATime() {
        try (WritingThreads threads = new WritingThreads(1)) {
            Thread caller = Thread.currentThread();
            AtomicInteger onCaller = new AtomicInteger();
            Runnable work = () -> onCaller.addAndGet(Thread.currentThread() == caller ? 1 : 0);

            // When
            threads.run(List.of(work, work));

            // Then
            assertThat(onCaller).hasValue(2);
        }
    }

    private static void meet(CyclicBarrier both, AtomicInteger done) {
        try {
            both.await(30, TimeUnit.SECONDS);
            done.incrementAndGet();
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException(alone);
        }
    }
}
