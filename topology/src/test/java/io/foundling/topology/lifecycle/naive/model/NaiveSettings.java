package io.foundling.topology.lifecycle.naive.model;

/** What the rules can be emitted, in milliseconds. */
public record NaiveSettings(long lateArrivalGraceMs, long maxLateHoldMs, long settleGraceMs) {

    public NaiveSettings(long lateArrivalGraceMs, long maxLateHoldMs) {
        this(lateArrivalGraceMs, maxLateHoldMs, 0);
    }
}
