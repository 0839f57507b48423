package io.foundling.topology.ledger;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.parent.Settlements;
import io.foundling.topology.reconciliation.Reconciliations;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.Expiry;
import io.foundling.topology.store.LedgerEntry;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.TaskClock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bounded pass over the expiry index and over the members of closed parents. Subjects whose time the audit clock
 * has passed get their warnings, are removed or are forgotten. What does not fit into the bounds waits for the next
 * sweep (rules T18 and T19).
 */
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** How much later an entry that failed is due again. */
    private static final long PUT_BACK_MS = 10 * 60 * 1_000;

    /** How many entries are read at once: those that are not dealt with in time are read again. */
    private static final int PAGE = 100;

    private final String task;
    private final int maxExpiries;
    private final TaskClock clock;
    private final BusyTime busy;
    private final LedgerStore store;
    private final SubjectPath path;
    private final Erasing erasing;
    private final Settlements settlements;
    private final Reconciliations reconciliations;
    private final Outbox outbox;
    private final LedgerListener listener;

    Sweep(
            String task,
            LedgerSettings settings,
            TaskClock clock,
            BusyTime busy,
            LedgerStore store,
            SubjectPath path,
            Erasing erasing,
            Settlements settlements,
            Reconciliations reconciliations,
            Outbox outbox,
            LedgerListener listener) {
        this.task = task;
        this.maxExpiries = settings.sweep().maxExpiries();
        this.clock = clock;
        this.busy = busy;
        this.store = store;
        this.path = path;
        this.erasing = erasing;
        this.settlements = settlements;
        this.reconciliations = reconciliations;
        this.outbox = outbox;
        this.listener = listener;
    }

    /** How many of its kinds of work have something to do: answers, due entries and members each have a turn. */
    int turns() {
        return (settlements.isAnyAnswered() ? 1 : 0)
                + (store.isAnyDue(clock.auditMs()) ? 1 : 0)
                + (settlements.isUnderWay() ? 1 : 0);
    }

    void run() {
        long clockMs = clock.auditMs();
        listener.clock(task, clockMs);
        if (clockMs != AuditClock.UNSET) {
            store.clockShows(clockMs);
        }
        answered();
        if (!store.isAnyDue(clockMs) && !settlements.isUnderWay()) {
            return;
        }
        long nanos = 0;
        int expired = 0;
        if (store.isAnyDue(clockMs)) {
            expired = expire(clockMs, settlements.isUnderWay() ? Math.max(1, maxExpiries / 2) : maxExpiries);
            nanos = busy.elapsedNanos();
        }
        busy.begin();
        int settled = settlements.run(Math.max(1, maxExpiries - expired), path::review);
        outbox.send();
        if (expired + settled > 0) {
            listener.expiriesSwept(expired, nanos + busy.elapsedNanos());
            listener.membersSettled(settled);
        }
    }

    /** Looks at the subjects that waited for an answer about closures (rule P18). */
    private void answered() {
        if (!settlements.isAnyAnswered()) {
            return;
        }
        busy.begin();
        Optional<String> next = settlements.nextAnswered();
        for (int left = maxExpiries; next.isPresent(); next = settlements.nextAnswered()) {
            path.review(next.get());
            left--;
            if (left == 0 || !busy.isLeft()) {
                break;
            }
        }
        outbox.send();
    }

    /** Deals with due entries, at least with one if any is due, and returns with how many. */
    private int expire(long clockMs, int limit) {
        int asked = Math.min(PAGE, limit);
        List<Expiry> due = store.due(clockMs, asked);
        busy.begin();
        int dealtWith = 0;
        boolean goesOn = true;
        while (goesOn) {
            boolean isTimeLeft = true;
            for (int i = 0; i < due.size() && isTimeLeft; i++) {
                deal(due.get(i), clockMs);
                dealtWith++;
                isTimeLeft = busy.isLeft();
            }
            goesOn = isTimeLeft && due.size() == asked && dealtWith < limit;
            if (goesOn) {
                asked = Math.min(PAGE, limit - dealtWith);
                due = store.due(clockMs, asked);
            }
        }
        store.endSweep(clockMs);
        return dealtWith;
    }

    private void deal(Expiry expiry, long clockMs) {
        if (!expiry.isOfSubject()) {
            store.setAside(expiry);
        } else if (expiry.kind() == Expiry.Kind.MEMBERS) {
            store.drop(expiry);
            settlements.due(expiry.subjectKey());
        } else if (expiry.kind() == Expiry.Kind.FORMER_ATTEMPTS) {
            store.drop(expiry);
            settlements.formerDue(expiry.subjectKey());
        } else if (expiry.kind() == Expiry.Kind.RESULTS) {
            store.drop(expiry);
            reconciliations.due(expiry.subjectKey());
        } else if (expiry.kind() == Expiry.Kind.ERASED) {
            erasing.forget(expiry);
        } else {
            expire(expiry, clockMs);
        }
    }

    private void expire(Expiry expiry, long clockMs) {
        Moment moment = path.moment(expiry.subjectKey());
        LedgerEntry before;
        Decision decision;
        try {
            before = path.load(expiry.subjectKey());
            if (isStale(expiry, before)) {
                store.drop(expiry);
                return;
            }
            if (path.isForgotten(before, moment)) {
                store.forget(expiry, SubjectPath.tallyKey(expiry.subjectKey()), before);
                settlements.forget(expiry.subjectKey(), path.placed(expiry.subjectKey(), before));
                return;
            }
            decision = path.decide(expiry.subjectKey(), before, moment);
        } catch (KafkaException storeFailure) {
            throw storeFailure;
        } catch (RuntimeException failure) {
            LOG.warn("the subject of a due entry cannot be processed; trying again in 10 minutes", failure);
            listener.entryFailed();
            store.putBack(expiry, clockMs + PUT_BACK_MS);
            return;
        }
        path.apply(expiry, before, decision);
    }

    /** Whether the subject has another entry by now, or is gone. */
    private static boolean isStale(Expiry expiry, LedgerEntry before) {
        return before.state().equals(Disposition.NONE)
                || expiry.kind() != Expiry.Kind.PUT_BACK && before.indexedAtMs() != expiry.dueMs();
    }
}
