package io.foundling.topology.lifecycle;

/**
 * When a warning was emitted, and why then (rules T14 and T16).
 *
 * @param detectedAtMs wall time of emitting
 * @param clockMs the audit clock
 * @param delayMs the delay of the source
 * @param dueMs the time that was due then: the limit, or what gave the deadline if that happened later;
 *     {@link Long#MIN_VALUE} in a warning of a version that did not keep it
 */
public record Emission(long detectedAtMs, long clockMs, long delayMs, long dueMs) {

    /** Whether delay and time are known: older versions did not keep them. */
    public boolean isKnown() {
        return dueMs != Long.MIN_VALUE;
    }

    /** Whether a time was due, or no later than the one that was (rule T15). */
    boolean isPast(long timeMs) {
        return timeMs <= dueMs || Times.plus(clockMs, -delayMs) > timeMs;
    }
}
