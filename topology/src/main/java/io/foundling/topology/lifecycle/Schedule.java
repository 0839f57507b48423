package io.foundling.topology.lifecycle;

/** When a declared scope is to be completed again (rule F2). Times are epoch milliseconds. */
public interface Schedule {

    /** Returns until when a scope that was declared, or a run that began, at a time is to be completed. */
    long dueMs(long beganMs);

    /** Returns until when a scope that was completed at a time is fresh. */
    long freshMs(long completedMs);

    /** Returns that of a scope that is to be completed once in an age; without one nothing is ever too old. */
    static Schedule every(long maxAgeMs) {
        return new Age(maxAgeMs);
    }

    /** @param maxAgeMs {@link Fact#NOT_SAID} if there is none */
    record Age(long maxAgeMs) implements Schedule {

        @Override
        public long dueMs(long beganMs) {
            return maxAgeMs == Fact.NOT_SAID ? Times.NEVER : Times.plus(beganMs, maxAgeMs);
        }

        @Override
        public long freshMs(long completedMs) {
            return dueMs(completedMs);
        }
    }
}
