package io.foundling.topology.lifecycle;

/**
 * When a warning was emitted, and why then (rules T14 and T16), and when it was last published (rule T25).
 *
 * @param detectedAtMs wall time of emitting
 * @param clockMs the audit clock
 * @param delayMs the delay of the source
 * @param dueMs the time that was due then: the limit, or what gave the deadline if that happened later;
 *     {@link Long#MIN_VALUE} in a warning of a version that did not keep it
 * @param publishedMs the audit clock at the last update or reminder of the warning, or else when it was emitted
 */
public record Emission(long detectedAtMs, long clockMs, long delayMs, long dueMs, long publishedMs) {

    /** Makes one of a warning that was published once. */
    public Emission(long detectedAtMs, long clockMs, long delayMs, long dueMs) {
        this(detectedAtMs, clockMs, delayMs, dueMs, clockMs);
    }

    /** Whether delay and time are known: older versions did not keep them. */
    public boolean isKnown() {
        return dueMs != Long.MIN_VALUE;
    }

    /** Whether a time was due, or no later than the one that was (rule T15). */
    boolean isPast(long timeMs) {
        return timeMs <= dueMs || Times.plus(clockMs, -delayMs) > timeMs;
    }

    /** Returns for how long the warning had been active when it was last published. */
    public long activeMs() {
        return publishedMs - clockMs;
    }

    /**
     * Returns the time that the clock must be past for the first reminder after the warning was last published: the
     * reminders are {@code repeatMs} apart, from when it was emitted (rule T25).
     */
    long reminderMs(long repeatMs) {
        long dueSoFar = Math.max(0, activeMs() - 1) / repeatMs;
        return Times.plus(Times.plus(clockMs, dueSoFar * repeatMs), repeatMs);
    }

    /** An audit clock of a later life of the task can be behind for a while, or unset. */
    Emission publishedAt(long newPublishedMs) {
        return new Emission(detectedAtMs, clockMs, delayMs, dueMs, Math.max(publishedMs, newPublishedMs));
    }
}
