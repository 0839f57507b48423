package io.foundling.topology.explain;

import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FormerAttempts;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.lifecycle.LifecycleSettings;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.Parents;
import io.foundling.topology.lifecycle.Times;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Has the rules read the events of a subject once more, at the times at which they were appended: so retention removes
 * and forgets as it did. One instance replays once.
 */
final class Replay {

    private final Lifecycle lifecycle;
    private final LifecycleSettings settings;
    private final String subjectKey;
    private final boolean isParent;
    private final Parents parents;
    private final Set<UUID> revoked;
    private final Set<UUID> seen = new HashSet<>();
    private final List<Replayed> events = new ArrayList<>();
    private Disposition state;
    private long dueMs = Times.NEVER;
    private long erasedMs = Times.NEVER;
    private boolean forgotten;

    /** So many events are those of a subject that was forgotten or erased since. */
    private int gone;

    /**
     * Makes one of a subject.
     *
     * @param isParent whether it has sent closures, so that something of it is kept once it is forgotten (rule P14)
     * @param base what is known of it before its first event
     */
    Replay(LifecycleSettings settings, Evidence evidence, Parents parents, boolean isParent, Disposition base) {
        this.lifecycle = new Lifecycle(settings);
        this.settings = settings;
        this.subjectKey = evidence.subjectKey();
        this.parents = parents;
        this.revoked = evidence.trail().revoked();
        this.isParent = isParent;
        this.state = base;
    }

    List<Replayed> events() {
        return events;
    }

    /** Returns the subject after the last event. */
    Disposition state() {
        return state;
    }

    /** Whether it was erased, and nothing is applied since. */
    boolean isErased() {
        return erasedMs != Times.NEVER;
    }

    void read(List<ReadEvent> trail) {
        trail.forEach(this::read);
    }

    private void read(ReadEvent read) {
        if (read.reading() == ReadEvent.Reading.UNREAD) {
            events.add(new Replayed(read, Effect.REFUSED, false));
            return;
        }
        Moment moment = momentOf(read);
        passTo(moment);
        boolean begins = forgotten;
        forgotten = false;
        try {
            events.add(new Replayed(read, effect(read, moment), begins));
        } catch (RuntimeException failure) {
            ReadEvent unread = ReadEvent.unread(read.body(), read.arrival(), Refusal.failed(failure));
            events.add(new Replayed(unread, Effect.REFUSED, begins));
        }
    }

    /** The clock that a task which lags by nothing had then. */
    private Moment momentOf(ReadEvent read) {
        long appendedAtMs = read.arrival().appendedAtMs();
        return new Moment(Times.plus(appendedAtMs, -settings.allowedLagMs()), appendedAtMs, Delay.NONE);
    }

    /** Retention counts from when the ledger looked, which is whenever a subject is due. */
    private void passTo(Moment moment) {
        if (isErased() && moment.clockMs() > Times.plus(erasedMs, settings.memoryMs())) {
            erasedMs = Times.NEVER;
        }
        long lookedMs = Long.MIN_VALUE;
        while (dueMs < moment.clockMs() && dueMs > lookedMs) {
            lookedMs = dueMs;
            look(new Moment(
                    Times.plus(dueMs, 1), Times.plus(Times.plus(dueMs, 1), settings.allowedLagMs()), Delay.NONE));
        }
    }

    private void look(Moment moment) {
        Decision decision = lifecycle.onSweep(subjectKey, state, moment, parents);
        state = decision.state();
        dueMs = decision.dueMs();
        if (lifecycle.isForgotten(state, moment)) {
            forgotten = true;
            forget(Effect.FORGOTTEN);
            if (isParent) {
                state = FormerAttempts.of(decision.after())
                        .map(FormerAttempts::disposition)
                        .orElse(Disposition.NONE);
            }
        }
    }

    private void forget(Effect why) {
        seen.clear();
        dueMs = Times.NEVER;
        state = Disposition.NONE;
        for (; gone < events.size(); gone++) {
            events.set(gone, events.get(gone).gone(why));
        }
    }

    private Effect effect(ReadEvent read, Moment moment) {
        if (isErased()) {
            return Effect.AFTER_ERASURE;
        }
        if (read.erases()) {
            erasedMs = moment.nowMs();
            forget(Effect.ERASED);
            return Effect.ERASURE;
        }
        if (read.reading() == ReadEvent.Reading.LEFT_OUT) {
            return Effect.LEFT_OUT;
        }
        if (revoked.contains(read.arrival().eventId())) {
            return Effect.REVOKED;
        }
        Disposition before = state;
        Decision decision = lifecycle.onEvent(subjectKey, before, read.arrival(), moment, parents);
        state = decision.state();
        dueMs = decision.dueMs();
        if (read.reading() == ReadEvent.Reading.REFUSED) {
            return Effect.REFUSED;
        }
        return read.arrival()
                .fact()
                .map(fact -> effect(fact, before, decision.changesFacts()))
                .orElse(Effect.NO_FACT);
    }

    private Effect effect(Fact fact, Disposition before, boolean changed) {
        boolean first = seen.add(fact.eventId());
        if (changed) {
            return first ? Effect.FACT : Effect.REPLACEMENT;
        }
        if (!first) {
            return Effect.DUPLICATE;
        }
        boolean isCovered = before.facts().stream().anyMatch(known -> known.covers(fact) || known.standsFor(fact));
        return isCovered ? Effect.COVERED : Effect.TOO_LATE;
    }
}
