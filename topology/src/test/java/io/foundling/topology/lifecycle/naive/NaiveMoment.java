package io.foundling.topology.lifecycle.naive;

/**
 * When a look happens.
 *
 * @param clockMs the task's audit clock, {@link #UNSET} before its first proof
 * @param lastLateMs append time of the last late event of the partition, or the task's start if that is later
 */
public record NaiveMoment(long clockMs, long lastLateMs) {

    public static final long UNSET = Long.MIN_VALUE;

    /** Returns a moment of a task that never saw a late event. */
    public static NaiveMoment at(long clockMs) {
        return new NaiveMoment(clockMs, Long.MIN_VALUE);
    }

    public static NaiveMoment unset() {
        return at(UNSET);
    }
}
