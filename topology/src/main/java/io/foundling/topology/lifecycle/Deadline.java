package io.foundling.topology.lifecycle;

/**
 * When a status must have moved on, and what says so.
 *
 * @param atMs the deadline, in epoch milliseconds; {@link Times#NEVER} without one
 * @param graceMs what is added to the deadline before a warning
 * @param rule what gave the deadline: {@code dueAt}, {@code extended}, {@code closure} or {@code policy:NAME}; an empty
 *     text without one
 */
public record Deadline(long atMs, long graceMs, String rule) {

    public static final Deadline NONE = new Deadline(Times.NEVER, 0, "");

    public Deadline {
        if (graceMs < 0) {
            throw new IllegalArgumentException("graceMs is " + graceMs + ", must not be negative");
        }
    }

    public boolean exists() {
        return atMs != Times.NEVER;
    }

    /** Returns the moment that must be passed, not reached. */
    long limitMs() {
        return Times.plus(atMs, graceMs);
    }
}
