package io.foundling.topology.lifecycle.naive.model;

import java.util.List;
import java.util.Map;

/**
 * When a look happens.
 *
 * @param clockMs the task's audit clock, {@link #UNSET} before its first proof
 * @param delayMs how late the events of the subject's source are appended at present
 * @param parents what is known of parents, by subject key
 * @param repeatMs how often the policies in force ask for reminders; 0 if they do not
 */
public record NaiveMoment(long clockMs, long delayMs, Map<String, List<NaiveClosing>> parents, long repeatMs) {

    public static final long UNSET = Long.MIN_VALUE;

    /** Returns a moment at which no policy asks for reminders. */
    public NaiveMoment(long clockMs, long delayMs, Map<String, List<NaiveClosing>> parents) {
        this(clockMs, delayMs, parents, 0);
    }

    /** Returns a moment at which nothing is known of parents. */
    public NaiveMoment(long clockMs, long delayMs) {
        this(clockMs, delayMs, Map.of());
    }

    /** Returns a moment at which the events of the source come in time. */
    public static NaiveMoment at(long clockMs) {
        return new NaiveMoment(clockMs, 0);
    }

    public NaiveMoment repeating(long ms) {
        return new NaiveMoment(clockMs, delayMs, parents, ms);
    }

    public static NaiveMoment unset() {
        return at(UNSET);
    }
}
