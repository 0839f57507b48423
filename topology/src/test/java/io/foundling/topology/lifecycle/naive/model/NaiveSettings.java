package io.foundling.topology.lifecycle.naive.model;

/** What the rules can be set to, in milliseconds. */
public record NaiveSettings(long maxLateHoldMs, long settleGraceMs) {

    public NaiveSettings(long maxLateHoldMs) {
        this(maxLateHoldMs, 0);
    }
}
