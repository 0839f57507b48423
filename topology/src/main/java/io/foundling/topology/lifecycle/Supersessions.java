package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.Optional;

/**
 * The superseded attempts of a subject: those that are OPEN, DEFERRED or PENDING although a higher attempt has a status
 * (rule L15). An attempt that promised another try, moved to another parent or ended with its parent is not superseded.
 */
final class Supersessions {

    private static final Supersessions NONE = new Supersessions(new long[0]);

    private final long[] dueMs;

    private Supersessions(long[] dueMs) {
        this.dueMs = dueMs;
    }

    static Supersessions of(Placement placement, ClosingLimits limits, Delay delay, long maxHoldMs) {
        if (placement.attempts().size() < 2) {
            return NONE;
        }
        return new Supersessions(placement.attempts().values().stream()
                .filter(attempt -> isUnderWay(attempt.status()) && limits.endedAtMs(attempt) == Times.NEVER)
                .mapToLong(attempt -> dueMs(attempt, placement, delay, maxHoldMs))
                .filter(dueMs -> dueMs != Times.NEVER)
                .toArray());
    }

    static Supersessions none() {
        return NONE;
    }

    int count() {
        return dueMs.length;
    }

    /** Returns how many are due at a clock. */
    int due(long clockMs) {
        int due = 0;
        for (long each : dueMs) {
            due += clockMs > each ? 1 : 0;
        }
        return due;
    }

    /** Returns when the next one is due that is not due at a clock; {@link Times#NEVER} if there is none. */
    long nextDueMs(long clockMs) {
        long nextMs = Times.NEVER;
        for (long each : dueMs) {
            nextMs = clockMs <= each ? Math.min(nextMs, each) : nextMs;
        }
        return nextMs;
    }

    /** Returns the moment that the clock must be past for an attempt to count as superseded. */
    private static long dueMs(AttemptFacts attempt, Placement placement, Delay delay, long maxHoldMs) {
        Optional<AttemptFacts> next = placement
                .next(attempt.number())
                .filter(found -> found.parent().isEmpty() || found.parent().equals(placement.parentOf(attempt)));
        if (next.isEmpty()) {
            return Times.NEVER;
        }
        long graceMs = attempt.deciding().orElseThrow().deadline().graceMs();
        FactTime began = next.get().started().orElseThrow().time();
        return delay.dueMs(Times.plus(began.occurredAtMs(), graceMs), began.appendedAtMs(), maxHoldMs);
    }

    private static boolean isUnderWay(Status status) {
        return status == Status.OPEN || status == Status.DEFERRED || status == Status.PENDING;
    }
}
