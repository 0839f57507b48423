package io.foundling.topology.lifecycle.naive.model;

import io.foundling.topology.lifecycle.Times;

/**
 * What is known of one attempt of a parent.
 *
 * @param closedAtMs {@link Times#NEVER} while it is under way
 * @param warns not for a cancelled one
 * @param reportedAtMs the append time that came with its first closure
 * @param readThroughMs up to when closures of the parent have been read
 */
public record NaiveClosing(int attempt, long closedAtMs, boolean warns, long reportedAtMs, long readThroughMs) {

    /** Makes one that is all there is to read. */
    public NaiveClosing(int attempt, long closedAtMs, boolean warns, long reportedAtMs) {
        this(attempt, closedAtMs, warns, reportedAtMs, Times.NEVER);
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

    public NaiveClosing reportedAt(long appendedAtMs) {
        return new NaiveClosing(attempt, closedAtMs, warns, appendedAtMs, readThroughMs);
    }

    public NaiveClosing readThrough(long timeMs) {
        return new NaiveClosing(attempt, closedAtMs, warns, reportedAtMs, timeMs);
    }
}
