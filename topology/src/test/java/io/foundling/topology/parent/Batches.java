package io.foundling.topology.parent;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Pending;
import io.foundling.audit.Settlement;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.SweepSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Keys and events of batches of the usual source and stage. */
final class Batches {

    /** When batches close that are forgotten then. */
    static final Instant CLOSED = LedgerHarness.START.plus(10, MINUTES);

    /** Kind of the entries of former attempts. */
    static final int FORMER = 0x47;

    private Batches() {}

    static LedgerSettings settings(int partitions) {
        return LedgerSettings.defaults("audit.events", partitions);
    }

    static LedgerSettings settings(int partitions, int maxExpiriesPerSweep) {
        LedgerSettings base = settings(partitions);
        return new LedgerSettings(
                base.topics(),
                base.time(),
                base.lateEvents(),
                new SweepSettings(base.sweep().interval(), maxExpiriesPerSweep),
                new LedgerSettings.Retention(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)),
                base.settlement(),
                base.alerting(),
                List.of());
    }

    static String key(String batch) {
        return SubjectKey.of(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, batch);
    }

    static String settlement(String batch, int attempt) {
        return key(batch) + '/' + attempt;
    }

    static String alert(String batch, int attempt) {
        return "settlement/" + SubjectKey.encode(key(batch)) + '/' + attempt;
    }

    static Events opened(String batch) {
        return Events.opened(batch).kind(SubjectKind.BATCH);
    }

    static Events closed(String batch) {
        return Events.completed(batch).kind(SubjectKind.BATCH);
    }

    static Events submitted(String batch, long expectedMembers) {
        Pending pending =
                new Pending(LedgerHarness.START, LedgerHarness.START, 0L, null, null, null, null, expectedMembers);
        return Events.of(batch, pending).kind(SubjectKind.BATCH);
    }

    /** Members r1 to r10 of batch b1 are deferred, and all but r10 are back a minute later. */
    static void tenDeferredAndNineReturned(PartitionedHarness ledger) {
        for (int i = 1; i <= 10; i++) {
            ledger.send(Events.deferred("r" + i).parent("b1"));
        }
        for (int i = 1; i <= 9; i++) {
            ledger.send(Events.completed("r" + i).parent("b1").at(LedgerHarness.START.plus(1, MINUTES)));
        }
    }

    /** Five of six members came back, and the batch was forgotten. */
    static Settlement settledAndForgotten(PartitionedHarness ledger) {
        ledger.send(submitted("b1", 6));
        for (int i = 0; i < 5; i++) {
            ledger.send(Events.completed("r" + i).parent("b1"));
        }
        ledger.bothReach(CLOSED);
        ledger.send(closed("b1").at(CLOSED));
        forget(ledger);
        assertThat(ledger.stored(FORMER)).isEqualTo(1);
        return ledger.settlements().get(settlement("b1", 1));
    }

    /** Lets so much time pass that a parent is forgotten that closed. */
    static void forget(PartitionedHarness ledger) {
        ledger.settleBy(CLOSED.plus(5, MINUTES));
        for (int hours = 4; hours <= 12; hours += 4) {
            ledger.settleBy(CLOSED.plus(hours, HOURS));
        }
        for (int day = 8; day <= 12; day++) {
            ledger.settleBy(CLOSED.plus(day, DAYS));
        }
    }

    static void settleAgain(PartitionedHarness ledger) {
        ledger.settleBy(ledger.now().plus(10, MINUTES));
        ledger.settleBy(ledger.now().plus(3, HOURS));
    }
}
