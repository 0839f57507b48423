package io.foundling.topology.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keeps what an event costs: store operations, bytes and garbage, which do not depend on the machine. A subject is
 * deferred, and completed 1,000 subjects later; a commit comes every 100 events. A limit that is exceeded is to be
 * justified where it is raised.
 */
class EventCostTest {

    private static final int SUBJECTS = 4_000;
    private static final int OPEN = 1_000;
    private static final int BATCH = 500;
    private static final Instant DUE = LedgerHarness.START.plus(Duration.ofDays(1));

    @TempDir
    private Path directory;

    private MeteredLedger ledger;

    @BeforeEach
    void open() {
        ledger = new MeteredLedger(directory);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldCostNoMoreThanItDid() {
        for (int number = 0; number < SUBJECTS + OPEN; number++) {
            if (number < SUBJECTS) {
                ledger.process(Events.deferred("r" + number).dueAt(DUE));
            }
            if (number >= OPEN) {
                ledger.process(Events.completed("r" + (number - OPEN)));
            }
        }

        // The subject, and five for each commit: two batches, the stamps, and whether deletions are logged.
        assertThat(ledger.readsPerEvent()).as("reads and batches: %s", ledger).isLessThan(1.06);
        // The subject, and its entry in the expiry index: written once, and moved once.
        assertThat(ledger.writesPerEvent()).as("keys written: %s", ledger).isLessThan(1.55);
        assertThat(ledger.bytesPerEvent()).as("bytes written: %s", ledger).isLessThan(122);
        assertThat(ledger.garbagePerEvent()).as("bytes of garbage: %s", ledger).isLessThan(14_000);
    }

    @Test
    void shouldCostNoMoreThanItDidWithBatchesOf500ThatCloseAndAreSettled() {
        for (int number = 0; number < SUBJECTS + OPEN; number++) {
            if (number < SUBJECTS) {
                if (number % BATCH == 0) {
                    ledger.process(Events.opened(batch(number)).kind(SubjectKind.BATCH));
                }
                ledger.process(
                        Events.deferred("r" + number).parent(batch(number)).dueAt(DUE));
            }
            int returned = number - OPEN;
            if (returned >= 0) {
                ledger.process(Events.completed("r" + returned).parent(batch(returned)));
                if (returned % BATCH == BATCH - 1) {
                    ledger.process(Events.completed(batch(returned)).kind(SubjectKind.BATCH));
                }
            }
        }
        for (int minutes = 30; ledger.accounts() < SUBJECTS / BATCH && minutes < 60; minutes++) {
            ledger.advanceTo(Duration.ofMinutes(minutes));
        }

        assertThat(ledger.accounts()).isEqualTo(SUBJECTS / BATCH);
        assertThat(ledger.readsPerEvent()).as("reads and batches: %s", ledger).isLessThan(2.08);
        // A member is written when it begins, when it comes back, and when it is counted.
        assertThat(ledger.writesPerEvent()).as("keys written: %s", ledger).isLessThan(3.05);
        assertThat(ledger.bytesPerEvent()).as("bytes written: %s", ledger).isLessThan(290);
        assertThat(ledger.garbagePerEvent()).as("bytes of garbage: %s", ledger).isLessThan(24_000);
    }

    private static String batch(int number) {
        return "b" + number / BATCH;
    }
}
