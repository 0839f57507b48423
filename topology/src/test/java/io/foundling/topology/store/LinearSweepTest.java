package io.foundling.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.harness.Names;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.LedgerStore.TallyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** A sweep walks over what it deals with, whenever that was due and whatever expired before. Proves rule T19. */
final class LinearSweepTest {

    private static final int SUBJECTS = 20_000;
    private static final int PAGE = 100;
    private static final long CLOCK_MS = 1_000_000;
    private static final TallyKey STAGE = new TallyKey("university", "declaration");

    private final TombstoneStore bytes = new TombstoneStore();

    @Test
    void shouldWalkOverEachEntryAboutOnceWhenAllAreDueAtOneInstant() {
        // When
        long oneInstant = walkedBySweeps(subject -> 100);
        long spread = walkedBySweeps(subject -> 100 + subject);

        // Then
        assertThat(oneInstant).isLessThan(2 * SUBJECTS).isEqualTo(spread);
    }

    @Test
    void shouldWalkOverNothingThatExpiredBeforeARestart() {
        // Given
        walkedBySweeps(subject -> 100);
        LedgerStore reopened = new LedgerStore(bytes, Names.limit());
        long before = bytes.walked();

        // When
        reopened.save("late", STAGE, reopened.load("late"), awaiting(), false, 10);
        List<Expiry> due = reopened.due(CLOCK_MS + 1, PAGE);

        // Then
        assertThat(due).extracting(Expiry::subjectKey).containsExactly("late");
        assertThat(bytes.walked() - before).isLessThan(10);
    }

    @Test
    void shouldWalkOverNothingOfTheInstantThatExpiredBeforeARestartInTheMiddleOfIt() {
        // Given
        LedgerStore store = new LedgerStore(bytes, Names.limit());
        save(store, subject -> 100);
        for (int page = 0; page < SUBJECTS / PAGE / 2; page++) {
            sweep(store);
        }
        long before = bytes.walked();

        // When
        LedgerStore reopened = new LedgerStore(bytes, Names.limit());
        List<Expiry> due = reopened.due(CLOCK_MS, PAGE);

        // Then
        assertThat(due).hasSize(PAGE);
        assertThat(bytes.walked() - before).isLessThan(2 * PAGE);
    }

    /** A mass of subjects that were done long before they were due leave tombstones ahead; others are due every second. */
    @Test
    void shouldWalkOnceOverWhatWasMovedFromATimeAhead() {
        // Given
        LedgerStore store = new LedgerStore(bytes, Names.limit());
        store.save("last", STAGE, store.load("last"), awaiting(), false, 10 * CLOCK_MS);
        save(store, subject -> 5 * CLOCK_MS);
        save(store, subject -> 100);
        while (store.isAnyDue(CLOCK_MS)) {
            sweep(store);
        }
        long before = bytes.walked();

        // When
        List<String> taken = new ArrayList<>();
        for (int second = 1; second <= 20; second++) {
            long clockMs = CLOCK_MS + second * 1_000;
            for (String key : List.of("a" + second, "moved" + second)) {
                store.save(key, STAGE, store.load(key), awaiting(), false, clockMs - 1);
            }
            store.save("moved" + second, STAGE, store.load("moved" + second), awaiting(), false, clockMs - 2);
            for (Expiry due : store.due(clockMs, PAGE)) {
                taken.add(due.subjectKey());
                store.save(due, STAGE, store.load(due.subjectKey()), awaiting(), false, Times.NEVER);
            }
            store.endSweep(clockMs);
        }

        // Then
        assertThat(taken).hasSize(40).startsWith("moved1", "a1", "moved2", "a2");
        assertThat(bytes.walked() - before).isLessThan(2 * SUBJECTS);
        assertThat(store.due(11 * CLOCK_MS, PAGE))
                .extracting(Expiry::subjectKey)
                .containsExactly("last");
    }

    @Test
    void shouldNotLookAgainAtWhatEndedBeforeItWasDue() {
        // Given
        LedgerStore store = new LedgerStore(bytes, Names.limit());
        store.save("ended", STAGE, store.load("ended"), awaiting(), false, 100);
        store.save("awaits", STAGE, store.load("awaits"), awaiting(), false, 100);

        // When
        Disposition completed = Dispositions.of(Status.COMPLETED, Times.NEVER);
        store.save("ended", STAGE, store.load("ended"), completed, false, 2 * CLOCK_MS);
        store.save("awaits", STAGE, store.load("awaits"), awaiting(), false, 2 * CLOCK_MS);

        // Then
        assertThat(store.due(CLOCK_MS, PAGE)).extracting(Expiry::subjectKey).containsExactly("awaits");
        assertThat(store.due(3 * CLOCK_MS, PAGE)).extracting(Expiry::subjectKey).contains("ended");
    }

    @Test
    void shouldReadTheStoreWhenMoreIsWrittenBeforeThatThanIsKnown() {
        // Given
        LedgerStore store = new LedgerStore(bytes, Names.limit());
        store.save("last", STAGE, store.load("last"), awaiting(), false, 10 * CLOCK_MS);
        store.due(1, PAGE);
        store.endSweep(1);

        // When
        save(store, subject -> 100 + subject % 7);
        int taken = 0;
        while (store.isAnyDue(CLOCK_MS)) {
            List<Expiry> page = store.due(CLOCK_MS, PAGE);
            for (Expiry due : page) {
                store.save(due, STAGE, store.load(due.subjectKey()), awaiting(), false, Times.NEVER);
            }
            store.endSweep(CLOCK_MS);
            taken += page.size();
        }

        // Then
        assertThat(taken).isEqualTo(SUBJECTS);
    }

    private long walkedBySweeps(IntToLongFunction dueMs) {
        LedgerStore store = new LedgerStore(bytes, Names.limit());
        save(store, dueMs);
        long before = bytes.walked();
        int sweeps = 0;
        while (store.isAnyDue(CLOCK_MS)) {
            sweep(store);
            sweeps++;
        }
        assertThat(sweeps).isBetween(SUBJECTS / PAGE, SUBJECTS / PAGE + 1);
        return bytes.walked() - before;
    }

    private static void save(LedgerStore store, IntToLongFunction dueMs) {
        for (int subject = 0; subject < SUBJECTS; subject++) {
            String key = "r" + (100_000 + subject);
            store.save(key, STAGE, store.load(key), awaiting(), false, dueMs.applyAsLong(subject));
        }
    }

    private static void sweep(LedgerStore store) {
        for (Expiry due : store.due(CLOCK_MS, PAGE)) {
            store.save(due, STAGE, store.load(due.subjectKey()), awaiting(), false, Times.NEVER);
        }
        store.endSweep(CLOCK_MS);
    }

    private static Disposition awaiting() {
        return Dispositions.of(Status.DEFERRED, Times.NEVER);
    }
}
