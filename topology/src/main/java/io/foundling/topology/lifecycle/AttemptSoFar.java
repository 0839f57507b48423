package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What an attempt holds while facts are being placed: all that rule L6 asks of it. For one walk. */
final class AttemptSoFar {

    private final Set<Status> statuses = EnumSet.noneOf(Status.class);
    private final Set<Status> quick = EnumSet.noneOf(Status.class);
    private Optional<FactType> firstOutcome = Optional.empty();
    private long lastEndMs = Long.MIN_VALUE;
    private Optional<Fact> lastEnd = Optional.empty();
    private boolean begunAgain;

    /** Returns an attempt that collapsed. */
    static AttemptSoFar of(CollapsedEnd end) {
        AttemptSoFar collapsed = new AttemptSoFar();
        collapsed.statuses.addAll(end.statuses());
        collapsed.quick.addAll(end.quick());
        collapsed.firstOutcome = end.firstOutcome();
        collapsed.lastEndMs = end.lastEndMs();
        collapsed.begunAgain = end.begunAgain();
        return collapsed;
    }

    /** Returns what is kept of the attempt when it collapses. */
    CollapsedEnd collapsed(String parent, Set<Status> quickStatuses) {
        return new CollapsedEnd(parent, statuses, firstOutcome, lastEndMs, begunAgain, quickStatuses);
    }

    void add(Fact fact) {
        FactType type = fact.type();
        if (type.isOutcome()) {
            firstOutcome = firstOutcome.isPresent() ? firstOutcome : Optional.of(type);
        }
        if (type.isEnd()) {
            lastEnd = Optional.of(fact);
            lastEndMs = fact.occurredAtMs();
            begunAgain = false;
        } else if (type.isWork() && holds(type.status())) {
            begunAgain = true;
        }
        statuses.add(type.status());
    }

    boolean holds(Status status) {
        return statuses.contains(status);
    }

    boolean isRetired() {
        return holds(Status.RETIRED);
    }

    boolean holdsOutcome() {
        return firstOutcome.isPresent();
    }

    /** Whether it holds an outcome or a RETRYING. */
    boolean holdsEnd() {
        return holdsOutcome() || holds(Status.RETRYING);
    }

    /** Whether a fact that joins it joins behind an end that it might belong before. */
    boolean putsOutOfStep(FactType type) {
        return !isRetired() && (holdsOutcome() ? type.begins() : holds(Status.RETRYING) && type.isWork());
    }

    /** Returns its first outcome; RETRYING if it has none. */
    FactType firstOutcome() {
        return firstOutcome.orElse(FactType.RETRYING);
    }

    /** Returns the latest end; nothing if the attempt collapsed. */
    Optional<Fact> lastEnd() {
        return lastEnd;
    }

    /** Returns when the latest end happened; {@link Long#MIN_VALUE} if there is none. */
    long lastEndMs() {
        return lastEndMs;
    }

    /** Whether work repeats a status behind the latest end, which might be a run of its own. */
    boolean wasBegunAgain() {
        return begunAgain;
    }

    /** Whether runs with facts of a status were known to follow quickly when the attempt collapsed. */
    boolean wasQuick(Status status) {
        return quick.contains(status);
    }
}
