package io.foundling.topology.lifecycle;

import java.util.Optional;

/**
 * The time at which the rules decide on a subject, in epoch milliseconds.
 *
 * @param clockMs the task's audit clock; {@link #UNSET} until the first proof
 * @param nowMs the wall time, for what counts from reading
 * @param delay that of the source of the subject
 * @param silence of that source
 * @param reminders of its warnings
 * @param schedule of a scope, by the policies; none: its maxAge counts
 */
public record Moment(
        long clockMs,
        long nowMs,
        Delay delay,
        Silence silence,
        Reminders reminders,
        Optional<? extends Schedule> schedule) {

    /** Before everything: no deadline has passed. */
    public static final long UNSET = Long.MIN_VALUE;

    /** Makes one of a source that was not silent, without reminders and schedule. */
    public Moment(long clockMs, long nowMs, Delay delay) {
        this(clockMs, nowMs, delay, Silence.NONE, Reminders.NONE, Optional.empty());
    }

    /** Whether nobody knows what happened up to a time: the source of the subject was silent by then. */
    boolean isUnknown(long timeMs) {
        return timeMs > silence.sinceMs();
    }

    /** Whether the source of the subject was heard for long enough since it was silent. */
    boolean isSettled() {
        return clockMs > silence.settledMs();
    }
}
