package io.foundling.topology.lifecycle;

/**
 * The time at which the rules decide on a subject, in epoch milliseconds.
 *
 * @param clockMs the task's audit clock; {@link #UNSET} until the first proof
 * @param nowMs the wall time, for what counts from reading
 * @param delay that of the source of the subject
 * @param reminders of its warnings
 */
public record Moment(long clockMs, long nowMs, Delay delay, Reminders reminders) {

    /** Before everything: no deadline has passed. */
    public static final long UNSET = Long.MIN_VALUE;

    /** Makes one without reminders. */
    public Moment(long clockMs, long nowMs, Delay delay) {
        this(clockMs, nowMs, delay, Reminders.NONE);
    }
}
