package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EpochsTest {

    private static final long STRESS_NANOS = 300_000_000;

    private final Epochs epochs = new Epochs();

    @Test
    void shouldBeOverWhenNothingWasCountedIn() {
        assertThat(epochs.soFar()).isCompleted();
    }

    @Test
    void shouldWaitForAllThatWasCountedInBeforeAndForNothingBehind() {
        // Given
        Epochs.Epoch first = epochs.enter();
        CompletableFuture<Void> one = epochs.soFar();
        Epochs.Epoch second = epochs.enter();
        CompletableFuture<Void> both = epochs.soFar();
        epochs.enter();

        // Then
        second.leave();
        assertThat(both).isNotDone();
        assertThat(one).isNotDone();
        first.leave();
        assertThat(one).isCompleted();
        assertThat(both).isCompleted();
    }

    @Test
    void shouldKeepNothingOfACallWhenNoEventCameSinceTheLastOne() {
        // Given
        epochs.enter();
        CompletableFuture<Void> first = epochs.soFar();
        Epochs.Epoch current = epochs.current();

        // Then
        for (int i = 0; i < 10; i++) {
            assertThat(epochs.soFar()).isSameAs(first);
            assertThat(epochs.areOver()).isFalse();
        }
        assertThat(epochs.current()).isSameAs(current);
    }

    @Test
    void shouldBeginNothingWhenItIsOnlyAskedWhetherAllAreOver() {
        // Given
        Epochs.Epoch current = epochs.enter();

        // Then
        assertThat(epochs.areOver()).isFalse();
        current.leave();
        assertThat(epochs.areOver()).isTrue();
        assertThat(epochs.current()).isSameAs(current);
    }

    @Test
    void shouldEndAnyNumberOfEpochsWhenTheFirstEventIsTheLastOne() {
        // Given
        Epochs.Epoch stuck = epochs.enter();
        CompletableFuture<Void> last = epochs.soFar();
        for (int i = 0; i < 100_000; i++) {
            Epochs.Epoch event = epochs.enter();
            last = epochs.soFar();
            event.leave();
        }
        assertThat(last).isNotDone();
        assertThat(epochs.areOver()).isFalse();

        // When
        stuck.leave();

        // Then
        assertThat(last).isCompleted();
        assertThat(epochs.areOver()).isTrue();
    }

    @Test
    void shouldNotCountAnEventIntoAnEpochThatEndedMeanwhile() {
        // Given
        AtomicBoolean asked = new AtomicBoolean();
        Epochs interrupted = new Epochs() {
            @Override
            Epoch current() {
                Epoch known = super.current();
                if (asked.compareAndSet(false, true)) {
                    soFar();
                }
                return known;
            }
        };

        // When
        Epochs.Epoch event = interrupted.enter();

        // Then
        CompletableFuture<Void> all = interrupted.soFar();
        assertThat(all).isNotDone();
        event.leave();
        assertThat(all).isCompleted();
    }

    @Test
    void shouldNeverBeOverBeforeTheEventWhenManyEnterAndAskAtOnce() throws InterruptedException {
        // Given
        AtomicInteger tooEarly = new AtomicInteger();
        long end = System.nanoTime() + STRESS_NANOS;
        Runnable entering = () -> {
            Epochs.Epoch event = epochs.enter();
            if (epochs.soFar().isDone()) {
                tooEarly.incrementAndGet();
            }
            event.leave();
        };
        List<Thread> threads = Stream.of(entering, entering, epochs::soFar)
                .map(step -> new Thread(() -> {
                    while (System.nanoTime() < end) {
                        step.run();
                    }
                }))
                .toList();

        // When
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        assertThat(tooEarly).hasValue(0);
        assertThat(epochs.soFar()).isCompleted();
    }
}
