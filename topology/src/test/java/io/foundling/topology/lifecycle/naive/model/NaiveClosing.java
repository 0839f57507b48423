package io.foundling.topology.lifecycle.naive.model;

import io.foundling.topology.lifecycle.Times;

/**
 * What is known of one attempt of a parent.
 *
 * @param closedAtMs {@link Times#NEVER} while it is under way
 * @param warns not for a cancelled one
 * @param heldUntilMs nobody is emitted under it before the clock is past this
 * @param readThroughMs up to when closures of the parent have been read
 */
public record NaiveClosing(int attempt, long closedAtMs, boolean warns, long heldUntilMs, long readThroughMs) {

    /** Makes one that is all there is to read. */
    public NaiveClosing(int attempt, long closedAtMs, boolean warns, long heldUntilMs) {
        this(attempt, closedAtMs, warns, heldUntilMs, Times.NEVER);
    }

    public static NaiveClosing closed(int attempt, long closedAtMs) {
        return new NaiveClosing(attempt, closedAtMs, true, Long.MIN_VALUE);
    }

    public static NaiveClosing open(int attempt) {
        return closed(attempt, Times.NEVER);
    }

    public static NaiveClosing cancelled(int attempt, long closedAtMs) {
        return new NaiveClosing(attempt, closedAtMs, false, Long.MIN_VALUE);
    }

    public NaiveClosing heldUntil(long clockMs) {
        return new NaiveClosing(attempt, closedAtMs, warns, clockMs, readThroughMs);
    }

    public NaiveClosing readThrough(long timeMs) {
        return new NaiveClosing(attempt, closedAtMs, warns, heldUntilMs, timeMs);
    }
}
