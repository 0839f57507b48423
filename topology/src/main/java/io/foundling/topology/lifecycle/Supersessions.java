package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.Optional;

/**
 * Finds superseded attempts: those that are OPEN, DEFERRED or PENDING although a higher attempt has a status (rule
 * L15). An attempt that promised another try, or that moved to another parent, is not superseded.
 */
final class Supersessions {

    private Supersessions() {}

    /**
     * Returns the earliest moment that the clock must be past for an attempt to count as superseded;
     * {@link Times#NEVER} if there is no such attempt.
     */
    static long firstDueMs(Placement placement, Delay delay, long maxHoldMs) {
        return placement.attempts().values().stream()
                .mapToLong(attempt -> dueMs(attempt, placement.next(attempt.number()), delay, maxHoldMs))
                .min()
                .orElse(Times.NEVER);
    }

    private static long dueMs(AttemptFacts attempt, Optional<AttemptFacts> next, Delay delay, long maxHoldMs) {
        if (next.isEmpty() || !isUnderWay(attempt.status())) {
            return Times.NEVER;
        }
        boolean moved = !next.get().parent().isEmpty() && !next.get().parent().equals(attempt.parent());
        long graceMs = attempt.deciding().orElseThrow().deadline().graceMs();
        FactTime began = next.get().started().orElseThrow().time();
        return moved
                ? Times.NEVER
                : delay.dueMs(Times.plus(began.occurredAtMs(), graceMs), began.appendedAtMs(), maxHoldMs);
    }

    private static boolean isUnderWay(Status status) {
        return status == Status.OPEN || status == Status.DEFERRED || status == Status.PENDING;
    }
}
