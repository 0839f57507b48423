package io.foundling.topology.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How the time of a turn is shared out. Proves rule B6. */
final class BusyTimeTest {

    private static final long MAX_MS = ThreadTime.MAX.toMillis();

    private final AtomicLong nowMs = new AtomicLong();
    private final ThreadTime thread = new ThreadTime(() -> nowMs.get() * 1_000_000);

    @Test
    void shouldGiveEachTaskOfAThreadTheSamePart() {
        // Given
        BusyTime one = thread.open();
        BusyTime two = thread.open();
        thread.open();

        // When / Then
        assertThat(partMs(one)).isEqualTo(MAX_MS / 3);
        two.close();
        two.close();
        assertThat(partMs(one)).isEqualTo(MAX_MS / 2);
    }

    @Test
    void shouldNotCountTasksOfOtherThreads() throws InterruptedException {
        // Given
        BusyTime one = thread.open();
        Thread other = new Thread(thread::open);

        // When
        other.start();
        other.join();

        // Then
        assertThat(partMs(one)).isEqualTo(MAX_MS);
    }

    @Test
    void shouldGiveEachKindOfWorkAnEqualPartOfWhatThoseBeforeItHaveLeft() {
        // Given
        BusyTime busy = thread.open();

        // When
        busy.beginTurn(3);
        busy.begin();
        long first = useMs(busy, MAX_MS);
        nowMs.addAndGet(10_000);
        busy.begin();
        long second = useMs(busy, 100);
        busy.begin();
        long third = useMs(busy, MAX_MS);
        busy.begin();
        long unforeseen = useMs(busy, MAX_MS);

        // Then
        assertThat(first).isEqualTo(MAX_MS / 3);
        assertThat(second).isEqualTo(100);
        assertThat(third).isEqualTo(MAX_MS - first - second);
        assertThat(unforeseen).isZero();
    }

    private long partMs(BusyTime busy) {
        busy.beginTurn(1);
        busy.begin();
        return useMs(busy, MAX_MS);
    }

    /** Works as long as it may, but not longer than asked, and returns how long. */
    private long useMs(BusyTime busy, long askedMs) {
        long usedMs = 0;
        while (usedMs < askedMs && busy.isLeft()) {
            nowMs.incrementAndGet();
            usedMs++;
        }
        busy.isLeft();
        return usedMs;
    }
}
