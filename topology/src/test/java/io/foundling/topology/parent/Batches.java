package io.foundling.topology.parent;

import static java.time.temporal.ChronoUnit.MINUTES;

import io.foundling.audit.Pending;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.SweepSettings;
import java.time.Duration;
import java.util.List;

/** Keys and events of batches of the usual source and stage. */
final class Batches {

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
}
