package io.foundling.topology.lifecycle.naive.model;

import java.util.List;
import java.util.Map;

/**
 * When a look happens.
 *
 * @param clockMs the task's audit clock, {@link #UNSET} before its first proof
 * @param delayMs how late the events of the subject's source are appended at present
 * @param parents what is known of parents, by subject key
 */
public record NaiveMoment(long clockMs, long delayMs, Map<String, List<NaiveClosing>> parents) {

    public static final long UNSET = Long.MIN_VALUE;

    /** Returns a moment at which nothing is known of parents. */
    public NaiveMoment(long clockMs, long delayMs) {
        this(clockMs, delayMs, Map.of());
    }

    /** Returns a moment at which the events of the source come in time. */
    public static NaiveMoment at(long clockMs) {
        return new NaiveMoment(clockMs, 0);
    }

    public static NaiveMoment unset() {
        return at(UNSET);
    }
}
