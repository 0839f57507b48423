package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WaitingLineTest {

    private static final long SERVED_EVERY_NANOS = 100_000_000;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private long now;
    private final EventQueue queue = queue(2, 1_000);
    private final Epochs epochs = new Epochs();

    @Test
    void shouldServeOneCallerForEachPlaceInTheOrderOfTheLine() {
        // Given
        Sending held = filled();
        List<WaitingCaller> callers =
                Stream.generate(() -> queue.join(sending(10))).limit(3).toList();

        // When
        Sending taken = queue.poll();

        // Then
        assertThat(taken).isSameAs(held);
        assertThat(callers).extracting(WaitingCaller::isWaiting).containsExactly(false, true, true);
        queue.poll();
        assertThat(callers).extracting(WaitingCaller::isWaiting).containsExactly(false, false, true);
        assertThat(queue.poll()).isSameAs(callers.get(0).sending());
        assertThat(queue.poll()).isSameAs(callers.get(1).sending());
        assertThat(queue.poll()).isSameAs(callers.get(2).sending());
        assertThat(queue.poll()).isNull();
        assertThat(queue.bytes()).isZero();
        assertThat(callers).extracting(WaitingCaller::answer).containsOnly(EventQueue.Answer.TAKEN);
    }

    @Test
    void shouldLetNobodyInBeforeTheLine() {
        // Given
        EventQueue large = queue(10, 100);
        large.offer(sending(60));
        WaitingCaller first = large.join(sending(60));

        // Then: there is room for the small event, but the large one came first
        assertThat(large.offer(sending(1))).isEqualTo(EventQueue.Answer.FULL);
        assertThat(large.offerFirst(sending(1))).isEqualTo(EventQueue.Answer.TAKEN);
        large.poll();
        assertThat(first.answer()).isEqualTo(EventQueue.Answer.TAKEN);
    }

    @Test
    void shouldServeAFewWhenMoreThanAQuarterIsFreeAndLetThemGoOn() {
        // Given
        EventQueue large = queue(160, 1_000_000);
        Stream.generate(() -> sending(1)).limit(160).forEach(large::offer);
        List<WaitingCaller> callers =
                Stream.generate(() -> large.join(sending(1))).limit(320).toList();

        // When: exactly a quarter is free
        poll(large, 40);

        // Then
        assertThat(callers).allMatch(WaitingCaller::isWaiting);
        assertThat(large.offer(sending(1))).isEqualTo(EventQueue.Answer.FULL);

        // When
        poll(large, 1);

        // Then: eight of the line are served, and may go on
        assertThat(callers.subList(0, 8)).noneMatch(WaitingCaller::isWaiting);
        assertThat(callers.subList(8, 320)).allMatch(WaitingCaller::isWaiting);
        Stream.generate(() -> large.offer(sending(1)))
                .limit(33)
                .forEach(answer -> assertThat(answer).isEqualTo(EventQueue.Answer.TAKEN));

        // When: it is full again
        large.join(sending(1));
        poll(large, 40);

        // Then
        assertThat(large.offer(sending(1))).isEqualTo(EventQueue.Answer.FULL);
        assertThat(callers.subList(8, 320)).allMatch(WaitingCaller::isWaiting);
    }

    @ParameterizedTest
    @CsvSource({"60000, 0, 8", "60000, 100, 16", "400, 100, 40", "0, 100, 160"})
    void shouldServeTheWholeLineWithinASecondOrTheBlockLimit(int limitMs, int waitedMs, int served) {
        // Given
        EventQueue large = new EventQueue(1_600, 1_000_000, Duration.ofMillis(limitMs), () -> now);
        Stream.generate(() -> sending(1)).limit(1_600).forEach(large::offer);
        List<WaitingCaller> callers =
                Stream.generate(() -> large.join(sending(1))).limit(160).toList();

        // When
        now = Duration.ofMillis(waitedMs).toNanos();
        poll(large, 401);

        // Then
        assertThat(callers.subList(0, served)).noneMatch(WaitingCaller::isWaiting);
        assertThat(callers.subList(served, 160)).allMatch(WaitingCaller::isWaiting);
    }

    @Test
    void shouldTakeASmallPartOfTheQueueAtOnceInItsOrder() {
        // Given
        EventQueue large = queue(640, 6_400);
        List<Sending> events = Stream.generate(() -> sending(1)).limit(15).toList();
        List<Sending> longOnes = Stream.generate(() -> sending(60)).limit(3).toList();
        Stream.concat(events.stream(), longOnes.stream()).forEach(large::offer);

        // When, then
        assertThat(large.pollSome()).containsExactlyElementsOf(events.subList(0, 10));
        assertThat(large.events()).isEqualTo(8);
        assertThat(large.bytes()).isEqualTo(5 + 3 * 60);
        assertThat(large.pollSome()).hasSize(7).endsWith(longOnes.get(0), longOnes.get(1));
        assertThat(large.pollSome()).containsExactly(longOnes.get(2));
        assertThat(large.pollSome()).isEmpty();
        assertThat(large.bytes()).isZero();
    }

    @Test
    void shouldServeTheLineWhenAPartOfTheQueueIsTaken() {
        // Given
        filled();
        WaitingCaller caller = queue.join(sending(10));

        // When
        List<Sending> taken = queue.pollSome();

        // Then
        assertThat(taken).hasSize(1);
        assertThat(caller.answer()).isEqualTo(EventQueue.Answer.TAKEN);
    }

    @Test
    void shouldServeAPartOfTheLineWhenItWaitsForMoreThan100Ms() {
        // Given
        EventQueue large = queue(160, 1_000_000);
        Stream.generate(() -> sending(1)).limit(160).forEach(large::offer);
        WaitingCaller caller = large.join(sending(1));
        poll(large, 39);
        assertThat(caller.isWaiting()).isTrue();

        // When
        now = SERVED_EVERY_NANOS + 1;
        poll(large, 1);

        // Then
        assertThat(caller.answer()).isEqualTo(EventQueue.Answer.TAKEN);
    }

    @Test
    void shouldServeTheWholeLineInALittleMoreThanASecondWhenTheServedGoOnAndTheQueueIsNeverFullNorEmptier() {
        // Given
        EventQueue large = queue(160, 1_000_000);
        Stream.generate(() -> sending(1)).limit(160).forEach(large::offer);
        List<WaitingCaller> callers =
                Stream.generate(() -> large.join(sending(1))).limit(320).toList();
        poll(large, 41);

        // When: for each event that leaves, another comes
        for (int ms = 0; ms < 1_200; ms++) {
            now += Duration.ofMillis(1).toNanos();
            poll(large, 1);
            while (large.events() < 125 && large.offer(sending(1)) == EventQueue.Answer.TAKEN) {
                // those who got in record at once
            }
        }

        // Then
        assertThat(callers).noneMatch(WaitingCaller::isWaiting);
    }

    @Test
    void shouldServeTheWholeLineWhenTheServedDoNotGoOn() {
        // Given
        EventQueue large = queue(160, 1_000_000);
        Stream.generate(() -> sending(1)).limit(160).forEach(large::offer);
        List<WaitingCaller> callers =
                Stream.generate(() -> large.join(sending(1))).limit(320).toList();

        // When
        poll(large, 480);

        // Then
        assertThat(callers).extracting(WaitingCaller::answer).containsOnly(EventQueue.Answer.TAKEN);
        assertThat(large.poll()).isNull();
    }

    @Test
    void shouldPassThePlaceOnWhenACallerHasLeft() {
        // Given
        filled();
        WaitingCaller impatient = queue.join(sending(10));
        WaitingCaller patient = queue.join(sending(10));

        // When
        boolean left = queue.leave(impatient);
        queue.poll();

        // Then
        assertThat(left).isTrue();
        assertThat(patient.answer()).isEqualTo(EventQueue.Answer.TAKEN);
        assertThat(queue.leave(patient)).isFalse();
        assertThat(queue.events()).isEqualTo(2);
        assertThat(queue.bytes()).isEqualTo(20);
    }

    @Test
    void shouldRefuseTheLineWhenTheQueueIsClosed() {
        // Given
        filled();
        WaitingCaller before = queue.join(sending(10));

        // When
        queue.close();
        WaitingCaller after = queue.join(sending(10));

        // Then
        assertThat(List.of(before, after)).noneMatch(WaitingCaller::isWaiting);
        assertThat(List.of(before, after)).extracting(WaitingCaller::answer).containsOnly(EventQueue.Answer.CLOSED);
        assertThat(queue.events()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void shouldOverlookNobodyWhenManyJoinLeaveAndTakeAtOnce(int places) throws InterruptedException {
        // Given
        EventQueue queue = new EventQueue(places, 10L * places, LIMIT, System::nanoTime);
        int each = 2_000;
        AtomicInteger gone = new AtomicInteger();
        Set<Sending> entered = ConcurrentHashMap.newKeySet();
        List<Thread> callers = IntStream.range(0, 8)
                .mapToObj(number -> new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        Sending sending = sending(10);
                        if (number > 3 && queue.offer(sending) == EventQueue.Answer.TAKEN) {
                            entered.add(sending);
                            continue;
                        }
                        WaitingCaller caller = queue.join(sending);
                        boolean left = number == 0 && queue.leave(caller);
                        while (!left && caller.isWaiting()) {
                            LockSupport.park(queue);
                        }
                        gone.addAndGet(left ? 1 : 0);
                        if (!left) {
                            entered.add(sending);
                        }
                    }
                }))
                .toList();

        // When
        callers.forEach(Thread::start);
        int taken = 0;
        while (taken + gone.get() < 8 * each) {
            taken += queue.poll() == null ? 0 : 1;
        }
        for (Thread caller : callers) {
            caller.join();
        }

        // Then
        assertThat(entered).hasSize(taken);
        assertThat(queue.events()).isZero();
        assertThat(queue.bytes()).isZero();
    }

    /** Fills the queue and returns the event at its front. */
    private Sending filled() {
        Sending first = sending(10);
        queue.offer(first);
        queue.offer(sending(10));
        return first;
    }

    private EventQueue queue(int events, int bytes) {
        return new EventQueue(events, bytes, LIMIT, () -> now);
    }

    private static void poll(EventQueue queue, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(queue.poll()).isNotNull();
        }
    }

    private Sending sending(int bytes) {
        return new Sending(new AuditEvent(), bytes, epochs.enter(), false);
    }
}
