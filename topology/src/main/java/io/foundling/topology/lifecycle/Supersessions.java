package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.Optional;

/**
 * Attempts that were superseded: a next one began while they were open, deferred or pending, and no outcome of theirs
 * has arrived (rule L15). One that promised another try, or that moved to another parent, was not.
 */
final class Supersessions {

    private Supersessions() {}

    /** Returns when the first of them began to be one, its grace added; {@link Times#NEVER} if there is none. */
    static long firstLimitMs(Placement placement) {
        return placement.attempts().values().stream()
                .mapToLong(attempt -> limitMs(attempt, placement.next(attempt.number())))
                .min()
                .orElse(Times.NEVER);
    }

    private static long limitMs(AttemptFacts attempt, Optional<AttemptFacts> next) {
        if (next.isEmpty() || !isUnderWay(attempt.status())) {
            return Times.NEVER;
        }
        boolean moved = !next.get().parent().isEmpty() && !next.get().parent().equals(attempt.parent());
        long graceMs = attempt.deciding().orElseThrow().graceMs();
        return moved ? Times.NEVER : Times.plus(next.get().startedAtMs().orElseThrow(), graceMs);
    }

    private static boolean isUnderWay(Status status) {
        return status == Status.OPEN || status == Status.DEFERRED || status == Status.PENDING;
    }
}
