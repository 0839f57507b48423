package io.foundling.topology.lifecycle.naive.model;

import java.util.List;
import java.util.Map;

/**
 * When a look happens.
 *
 * @param clockMs the task's audit clock, {@link #UNSET} before its first proof
 * @param lastLateMs append time of the last late event of the partition, or the task's start if that is later
 * @param parents what is known of parents, by subject key
 */
public record NaiveMoment(long clockMs, long lastLateMs, Map<String, List<NaiveClosing>> parents) {

    public static final long UNSET = Long.MIN_VALUE;

    /** Returns a moment at which nothing is known of parents. */
    public NaiveMoment(long clockMs, long lastLateMs) {
        this(clockMs, lastLateMs, Map.of());
    }

    /** Returns a moment of a task that never saw a late event. */
    public static NaiveMoment at(long clockMs) {
        return new NaiveMoment(clockMs, Long.MIN_VALUE);
    }

    public static NaiveMoment unset() {
        return at(UNSET);
    }
}
