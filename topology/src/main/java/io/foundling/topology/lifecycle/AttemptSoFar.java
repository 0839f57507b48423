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
    private long lastOutcomeMs = Long.MIN_VALUE;
    private Optional<Fact> lastOutcome = Optional.empty();

    /** Returns an attempt that collapsed. */
    static AttemptSoFar of(CollapsedEnd end) {
        AttemptSoFar collapsed = new AttemptSoFar();
        collapsed.statuses.addAll(end.statuses());
        collapsed.quick.addAll(end.quick());
        collapsed.firstOutcome = end.firstOutcome();
        collapsed.lastOutcomeMs = end.lastOutcomeMs();
        return collapsed;
    }

    void add(Fact fact) {
        statuses.add(fact.type().status());
        if (fact.type().isOutcome()) {
            firstOutcome = firstOutcome.isPresent() ? firstOutcome : Optional.of(fact.type());
            lastOutcome = Optional.of(fact);
            lastOutcomeMs = fact.occurredAtMs();
        }
    }

    boolean holds(Status status) {
        return statuses.contains(status);
    }

    /** Whether it holds an outcome and no Retired. */
    boolean hasEnded() {
        return firstOutcome.isPresent() && !statuses.contains(Status.RETIRED);
    }

    FactType firstOutcome() {
        return firstOutcome.orElseThrow();
    }

    /** Returns the latest outcome; nothing if the attempt collapsed. */
    Optional<Fact> lastOutcome() {
        return lastOutcome;
    }

    /** Returns when the latest outcome happened; {@link Long#MIN_VALUE} if there is none. */
    long lastOutcomeMs() {
        return lastOutcomeMs;
    }

    /** Whether runs with facts of a status were known to follow quickly when the attempt collapsed. */
    boolean wasQuick(Status status) {
        return quick.contains(status);
    }
}
