package io.foundling.topology.ledger;

import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.Warning;
import io.foundling.topology.parent.Settlements;
import io.foundling.topology.reconciliation.Reconciliations;
import io.foundling.topology.store.Erasure;
import io.foundling.topology.store.Expiry;
import io.foundling.topology.store.LedgerEntry;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.TaskClock;
import io.foundling.topology.volume.Volumes;
import java.util.List;
import java.util.Optional;

/**
 * Erases subjects, and answers for them afterwards (rule R5). A task that has erased no subject within retention.memory
 * pays nothing; any other pays one more read for each event of a subject that its store does not know.
 */
final class Erasing {

    private final TaskClock clock;
    private final LedgerStore store;
    private final Settlements settlements;
    private final Reconciliations reconciliations;
    private final Volumes volumes;
    private final Expectations expectations;
    private final SubjectPath path;
    private final Outbox outbox;
    private final LedgerListener listener;
    private final long memoryMs;

    Erasing(
            TaskClock clock,
            LedgerStore store,
            Settlements settlements,
            Reconciliations reconciliations,
            Volumes volumes,
            Expectations expectations,
            SubjectPath path,
            Outbox outbox,
            LedgerListener listener,
            long memoryMs) {
        this.clock = clock;
        this.store = store;
        this.settlements = settlements;
        this.reconciliations = reconciliations;
        this.volumes = volumes;
        this.expectations = expectations;
        this.path = path;
        this.outbox = outbox;
        this.listener = listener;
        this.memoryMs = memoryMs;
    }

    /** Returns what stays of a subject that was erased; nothing if it was not. */
    Optional<Erasure> of(String subjectKey, LedgerEntry stored) {
        return stored.state().facts().isEmpty() ? store.erasure(subjectKey) : Optional.empty();
    }

    /**
     * Takes everything about a subject away.
     *
     * @throws RulesFailure if the rules fail
     */
    void erase(String subjectKey, LedgerEntry before, long erasedAtMs) {
        Disposition state = before.state();
        PlacedDisposition was = RulesFailure.guard(() -> placed(subjectKey, before));
        outbox.addTombstones(subjectKey, state);
        reconciliations.forget(subjectKey);
        volumes.forget(subjectKey);
        expectations.revokeAll(subjectKey, was);
        List<Erasure.Place> members =
                settlements.erase(subjectKey, was, before.isMember(), store.isSetAside(subjectKey), erasedAtMs);
        Erasure erasure = new Erasure(Erasure.name(subjectKey), erasedAtMs, state.isKnown(), members);
        store.erase(
                subjectKey, SubjectPath.tallyKey(subjectKey), before, erasure, Times.plus(clock.wallMs(), memoryMs));
        outbox.send();
        state.warnings().stream().filter(Warning::isActive).forEach(recovered -> listener.recovered());
        path.erased(subjectKey);
    }

    /** Has the rules say all that erasing needs, because after the first write they must not fail. */
    private PlacedDisposition placed(String subjectKey, LedgerEntry before) {
        PlacedDisposition was = path.placed(subjectKey, before);
        was.memberships().forEach(membership -> settlements.parents().of(membership.parent()));
        was.namedInVain();
        was.closings();
        return was;
    }

    /**
     * Counts what an event about an erased subject says, without a name, and applies nothing of it.
     *
     * @throws RulesFailure if the rules fail
     */
    void read(String subjectKey, Erasure before, Arrival arrival) {
        Optional<Fact> fact = arrival.fact().filter(each -> each.type().hasStatus());
        if (fact.isEmpty()) {
            return;
        }
        String parentKey = fact.get().parent();
        if (!parentKey.isEmpty()) {
            RulesFailure.guard(() -> settlements.parents().of(parentKey));
        }
        List<Erasure.Place> members = settlements.join(before, fact.get());
        Erasure after = new Erasure(before.name(), before.erasedAtMs(), true, members);
        if (!after.equals(before)) {
            store.erased(SubjectPath.tallyKey(subjectKey), before, after);
        }
        outbox.send();
    }

    /** Forgets that a subject was erased: its entry in the expiry index came up. */
    void forget(Expiry due) {
        Optional<Erasure> erasure = store.erasureNamed(due.subjectKey());
        store.forgetErased(due);
        erasure.ifPresent(settlements::forget);
    }
}
