package io.foundling.client.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    private static final long NOW_MS = 1_767_323_045_678L;

    private final EventIds ids = new EventIds();

    @Test
    void shouldHaveVersionVariantAndTime() {
        // When
        UUID id = ids.next(NOW_MS);

        // Then
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(ms(id)).isEqualTo(NOW_MS);
    }

    @Test
    void shouldGrowWithinAMillisecondAndBeyondTheCounter() {
        // When
        List<UUID> made = Stream.generate(() -> ids.next(NOW_MS)).limit(10_000).toList();

        // Then: 4,096 for each millisecond
        assertThat(made).isSortedAccordingTo(UUID::compareTo).doesNotHaveDuplicates();
        assertThat(ms(made.get(4_095))).isEqualTo(NOW_MS);
        assertThat(ms(made.get(4_096))).isEqualTo(NOW_MS + 1);
        assertThat(made).allMatch(id -> id.version() == 7);
    }

    @Test
    void shouldGrowWhenTheClockIsSetBackALittle() {
        // Given
        UUID before = ids.next(NOW_MS);

        // When
        UUID after = ids.next(NOW_MS - 10_000);

        // Then
        assertThat(after).isGreaterThan(before);
        assertThat(ms(after)).isEqualTo(NOW_MS);
    }

    @Test
    void shouldFollowTheClockWhenItIsSetBackFar() {
        // Given
        ids.next(NOW_MS);

        // When
        UUID after = ids.next(NOW_MS - 10_001);

        // Then
        assertThat(ms(after)).isEqualTo(NOW_MS - 10_001);
    }

    @Test
    void shouldFillEveryRandomBit() {
        // When
        long[] random = LongStream.range(0, 1_000)
                .map(now -> ids.next(now).getLeastSignificantBits())
                .toArray();

        // Then: the two highest bits are the variant
        assertThat(LongStream.of(random).reduce(0, (a, b) -> a | b)).isEqualTo(0xBFFF_FFFF_FFFF_FFFFL);
        assertThat(LongStream.of(random).reduce(-1, (a, b) -> a & b)).isEqualTo(1L << 63);
    }

    @Test
    void shouldGrowOnEveryThreadAndNeverRepeat() throws InterruptedException {
        // Given
        Collection<List<UUID>> made = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(each -> new Thread(() -> made.add(
                        Stream.generate(() -> ids.next(NOW_MS)).limit(5_000).toList())))
                .toList();

        // When
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        assertThat(made).hasSize(8).allSatisfy(each -> assertThat(each).isSortedAccordingTo(UUID::compareTo));
        assertThat(new TreeSet<>(made.stream().flatMap(List::stream).toList())).hasSize(40_000);
    }

    private static long ms(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
