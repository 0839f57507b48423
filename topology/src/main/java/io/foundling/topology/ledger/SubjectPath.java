package io.foundling.topology.ledger;

import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.WarningChange;
import io.foundling.topology.parent.Settlements;
import io.foundling.topology.silence.Silences;
import io.foundling.topology.store.Expiry;
import io.foundling.topology.store.LedgerEntry;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.LedgerStore.TallyKey;
import io.foundling.topology.task.HeldSubjects;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.TaskClock;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one path of a subject through the ledger: load, decide, publish, save, follow, report. An event, an entry of the
 * expiry index and the closing of a parent differ only in their question to the rules, and in what follows a failure.
 */
final class SubjectPath {

    private static final Logger LOG = LoggerFactory.getLogger(SubjectPath.class);

    private final TaskClock clock;
    private final SourceDelays delays;
    private final Silences silences;
    private final HeldSubjects held;
    private final Lifecycle lifecycle;
    private final LedgerStore store;
    private final TaskPolicies policies;
    private final Retiming retiming;
    private final Settlements settlements;
    private final Expectations expectations;
    private final Outbox outbox;
    private final OutOfStepReports outOfStep;
    private final LedgerListener listener;
    private final String task;
    private long emitted;

    SubjectPath(
            String task,
            TaskClock clock,
            SourceDelays delays,
            Silences silences,
            HeldSubjects held,
            Lifecycle lifecycle,
            LedgerStore store,
            TaskPolicies policies,
            Retiming retiming,
            Settlements settlements,
            Expectations expectations,
            Outbox outbox,
            OutOfStepReports outOfStep,
            LedgerListener listener) {
        this.task = task;
        this.clock = clock;
        this.delays = delays;
        this.silences = silences;
        this.held = held;
        this.lifecycle = lifecycle;
        this.store = store;
        this.policies = policies;
        this.retiming = retiming;
        this.settlements = settlements;
        this.expectations = expectations;
        this.outbox = outbox;
        this.outOfStep = outOfStep;
        this.listener = listener;
        reportTallies();
    }

    /** Returns what is stored of a subject, with the deadlines that the policies in force give (rule T21). */
    LedgerEntry load(String subjectKey) {
        LedgerEntry stored = store.load(subjectKey);
        if (stored.isLost()) {
            lost(subjectKey);
        }
        if (!retiming.isAhead(subjectKey)) {
            return stored;
        }
        Decision decision;
        try {
            decision = lifecycle.onPolicies(
                    subjectKey,
                    stored.state(),
                    policies.deadlines().ofFactsOf(SubjectKey.parse(subjectKey)),
                    moment(subjectKey),
                    settlements.parents());
        } catch (KafkaException storeFailure) {
            throw storeFailure;
        } catch (RuntimeException failure) {
            LOG.warn("the rules failed on a subject; its deadlines stay as they were", failure);
            listener.entryFailed();
            return stored;
        }
        // Older versions did not count the scopes that are stale already.
        if (!decision.changed()
                && !changesMarks(stored, decision)
                && !decision.scope().isDeclared()
                && decision.dueMs() >= stored.indexedAtMs()) {
            return stored;
        }
        if (decision.changesFacts()) {
            retiming.retimed();
        }
        apply(subjectKey, stored, decision);
        return store.load(subjectKey);
    }

    /**
     * Returns a subject that an event is about: one that is not stored may be a parent that was forgotten (rule P14).
     *
     * @throws RulesFailure if what is kept of it cannot be read
     */
    LedgerEntry recalled(String subjectKey, LedgerEntry entry) {
        if (entry.isStored()) {
            return entry;
        }
        return RulesFailure.guard(() -> settlements.former(subjectKey))
                .map(former -> LedgerEntry.notStored(former.disposition()))
                .orElse(entry);
    }

    /** Takes back what is published about a subject that was set aside: nobody could do so later (rule S2). */
    private void lost(String subjectKey) {
        outbox.addTombstones(subjectKey);
        store.lost(tallyKey(subjectKey));
        settlements.lost(subjectKey);
        held.follow(subjectKey, false);
    }

    /** Makes up for members that were set aside; costs nothing if none were. */
    void mend() {
        if (settlements.isAnyLost()) {
            settlements.mend(subjectKey -> placed(subjectKey, load(subjectKey)));
        }
    }

    /** Does what need not be done at each event: reports tallies, and sees to what was set aside. */
    void tidy() {
        mend();
        store.tidy(clock.wallMs()).forEach(this::load);
        reportTallies();
        outbox.send();
    }

    /** Returns a subject as the rules see it. */
    PlacedDisposition placed(String subjectKey, LedgerEntry entry) {
        return lifecycle.placed(subjectKey, entry.state());
    }

    /**
     * Decides on an event, under the delay that its source has if the event changes its subject.
     *
     * @throws RulesFailure if the rules fail
     */
    Decision decide(String subjectKey, LedgerEntry before, Arrival arrival, Delay delay) {
        return RulesFailure.guard(() -> lifecycle.onEvent(
                subjectKey, before.state(), arrival, moment(subjectKey, delay), settlements.parents()));
    }

    /**
     * Decides on a subject of which an Expected is revoked.
     *
     * @throws RulesFailure if the rules fail
     */
    Decision decideRevoked(String subjectKey, LedgerEntry before, UUID eventId) {
        return RulesFailure.guard(() ->
                lifecycle.onRevoked(subjectKey, before.state(), eventId, moment(subjectKey), settlements.parents()));
    }

    /** Decides on the time that has passed. */
    Decision decide(String subjectKey, LedgerEntry before, Moment moment) {
        return lifecycle.onSweep(subjectKey, before.state(), moment, settlements.parents());
    }

    /** Applies a decision; a disposition that did not change is not written unless it is due earlier. */
    void apply(String subjectKey, LedgerEntry before, Decision decision) {
        Subject name = SubjectKey.parse(subjectKey);
        outbox.add(subjectKey, name, decision);
        if (decision.changed() || decision.dueMs() < before.indexedAtMs() || changesMarks(before, decision)) {
            store.save(subjectKey, tallyKey(name), before, decision.state(), decision.isUnwatched(), decision.dueMs());
        }
        follow(subjectKey, before, decision);
    }

    /** Looks at a subject as a sweep does, for a reason of another kind: its parent has closed, or its source is silent. */
    void review(String subjectKey) {
        LedgerEntry before;
        Decision decision;
        try {
            before = load(subjectKey);
            if (before.state().facts().isEmpty()) {
                return;
            }
            decision = decide(subjectKey, before, moment(subjectKey));
        } catch (KafkaException storeFailure) {
            throw storeFailure;
        } catch (RuntimeException failure) {
            LOG.warn("a subject cannot be processed; its warnings stay as they are", failure);
            listener.entryFailed();
            return;
        }
        apply(subjectKey, before, decision);
    }

    /** What an older version did not count, changes when the subject is written. */
    private static boolean changesMarks(LedgerEntry before, Decision decision) {
        return decision.isUnwatched() != before.isUnwatched()
                || decision.state().isOrphan() != before.isOrphan();
    }

    /** Applies a decision on a subject whose entry in the expiry index came up, and deletes that entry. */
    void apply(Expiry expiry, LedgerEntry before, Decision decision) {
        Subject name = SubjectKey.parse(expiry.subjectKey());
        outbox.add(expiry.subjectKey(), name, decision);
        store.save(expiry, tallyKey(name), before, decision.state(), decision.isUnwatched(), decision.dueMs());
        follow(expiry.subjectKey(), before, decision);
    }

    private void follow(String subjectKey, LedgerEntry before, Decision decision) {
        settlements.follow(subjectKey, before, decision);
        expectations.follow(subjectKey, decision);
        held.follow(subjectKey, decision.isHeld());
        outbox.send();
        outOfStep.add(subjectKey, decision.outputs().outOfStep());
        report(decision);
    }

    /** Follows the erasing of a subject. */
    void erased(String subjectKey) {
        held.follow(subjectKey, false);
    }

    /** Whether a subject is to be deleted from the store. */
    boolean isForgotten(LedgerEntry entry, Moment moment) {
        return lifecycle.isForgotten(entry.state(), moment);
    }

    /** Returns the time now. One look at a subject takes it once: the audit clock may move at any time. */
    Moment moment(String subjectKey) {
        return moment(subjectKey, delays.ofSubject(subjectKey));
    }

    private Moment moment(String subjectKey, Delay delay) {
        return new Moment(
                clock.auditMs(),
                clock.wallMs(),
                delay,
                silences.of(subjectKey),
                policies.deadlines().remindersOf(subjectKey),
                policies.deadlines().scheduleOf(subjectKey));
    }

    /** Returns how many warnings were emitted in this life of the task. */
    long emittedWarnings() {
        return emitted;
    }

    static TallyKey tallyKey(String subjectKey) {
        return tallyKey(SubjectKey.parse(subjectKey));
    }

    private static TallyKey tallyKey(Subject name) {
        return new TallyKey(name.getSource(), name.getStage());
    }

    private void report(Decision decision) {
        for (WarningChange change : decision.outputs().warnings()) {
            switch (change.kind()) {
                case EMITTED -> {
                    emitted++;
                    listener.warningEmitted();
                }
                case RECOVERED -> listener.recovered();
                case WITHDRAWN -> reportWithdrawn(change);
                case UPDATED, REMINDED -> {
                    // Not counted: the warning was.
                }
            }
        }
    }

    /** What was UNKNOWN has misled nobody. */
    private void reportWithdrawn(WarningChange change) {
        if (!change.warning().unknown()) {
            listener.withdrawn();
        }
    }

    private void reportTallies() {
        store.drainChangedTallies().forEach((key, tally) -> listener.tally(task, key.source(), key.stage(), tally));
    }
}
