package io.foundling.topology.ledger;

import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.SubjectState;
import io.foundling.topology.store.Due;
import io.foundling.topology.store.Entry;
import io.foundling.topology.store.LedgerStore;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bounded pass over the expiry index, and over the members of closed parents: tells, removes and forgets what the audit
 * clock has passed. */
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
        if (!store.isAnyDue(clockMs) && !task.settle().isUnderWay()) {
            return;
        }
        int limit = task.settings().maxExpiriesPerSweep();
        task.busy().begin();
        int expired = expire(clockMs, task.settle().isUnderWay() ? Math.max(1, limit / 2) : limit);
        long nanos = task.busy().elapsedNanos();
        task.busy().begin();
        int settled = task.settle().run(Math.max(1, limit - expired));
        task.outbox().send();
        if (expired + settled > 0) {
            task.listener().expiriesSwept(expired, nanos + task.busy().elapsedNanos());
            task.listener().membersSettled(settled);
        }
    }

    private int expire(long clockMs, int limit) {
        if (!store.isAnyDue(clockMs)) {
            return 0;
        }
        List<Due> due = store.due(clockMs, limit);
        int dealtWith = 0;
        while (dealtWith < due.size() && task.hasTime()) {
            Due each = due.get(dealtWith++);
            if (each.kind() == Due.Kind.MEMBERS) {
                store.drop(each);
                task.settle().due(each.subjectKey());
            } else {
                expire(each, clockMs);
            }
        }
        if (dealtWith == due.size() && dealtWith < limit) {
            store.advance(clockMs - 1);
        } else if (dealtWith > 0) {
            store.advance(due.get(dealtWith - 1).dueMs());
        }
        return dealtWith;
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
                task.settle().forget(due.subjectKey(), before.state());
                return;
            }
            decision = task.lifecycle()
                    .onSweep(before.state(), task.moment(), task.settle().parents());
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
        task.settle().follow(due.subjectKey(), before, decision);
        task.outbox().send();
        task.report(decision);
    }
}
