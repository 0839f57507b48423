package io.foundling.topology.ledger;

import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Parents;
import io.foundling.topology.lifecycle.SubjectState;
import io.foundling.topology.store.Due;
import io.foundling.topology.store.Entry;
import io.foundling.topology.store.LedgerStore;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bounded pass over the expiry index: tells, removes and forgets what the audit clock has passed. */
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** How much later an entry that failed is looked at again. */
    private static final long PUT_BACK_MS = 10 * 60 * 1_000;

    private final LedgerTask task;
    private final LedgerStore store;

    Sweep(LedgerTask task) {
        this.task = task;
        this.store = task.store();
    }

    void run() {
        long clockMs = task.clockMs();
        if (!store.isAnyDue(clockMs)) {
            return;
        }
        long startMs = task.wallMs();
        int limit = task.settings().maxExpiriesPerSweep();
        List<Due> due = store.due(clockMs, limit);
        for (Due each : due) {
            expire(each, clockMs);
        }
        store.advance(due.size() < limit ? clockMs - 1 : due.get(due.size() - 1).dueMs());
        task.listener().expiriesSwept(due.size(), (task.wallMs() - startMs) * 1_000_000);
    }

    private void expire(Due due, long clockMs) {
        Entry before;
        Decision decision;
        try {
            before = store.load(due.subjectKey());
            if (isStale(due, before)) {
                store.drop(due);
                return;
            }
            if (task.lifecycle().isForgotten(before.state(), task.moment())) {
                store.forget(due);
                return;
            }
            decision = task.lifecycle().onSweep(before.state(), task.moment(), Parents.NONE);
        } catch (KafkaException storeFailure) {
            throw storeFailure;
        } catch (RuntimeException failure) {
            LOG.warn("the subject of a due entry cannot be looked at; trying again in 10 minutes", failure);
            task.listener().entryFailed();
            store.putBack(due, clockMs + PUT_BACK_MS);
            return;
        }
        apply(due, before, decision);
    }

    /** Whether the subject has left this entry behind, or is gone. */
    private static boolean isStale(Due due, Entry before) {
        return before.state().equals(SubjectState.NONE)
                || due.kind() != Due.Kind.PUT_BACK && before.indexedAtMs() != due.dueMs();
    }

    private void apply(Due due, Entry before, Decision decision) {
        task.outbox().add(due.subjectKey(), decision);
        store.save(
                due,
                LedgerTask.tallyKey(SubjectKey.parse(due.subjectKey())),
                before,
                decision.state(),
                decision.dueMs());
        task.outbox().send();
        task.report(decision);
    }
}
