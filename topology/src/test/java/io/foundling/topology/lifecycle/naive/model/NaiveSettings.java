package io.foundling.topology.lifecycle.naive.model;

/** What the rules can be set to, in milliseconds. */
public record NaiveSettings(long maxLateHoldMs, long settleGraceMs, NaiveClocks clocks) {

    public NaiveSettings(long maxLateHoldMs, long settleGraceMs) {
        this(maxLateHoldMs, settleGraceMs, NaiveClocks.EXACT);
    }

    public NaiveSettings(long maxLateHoldMs) {
        this(maxLateHoldMs, 0);
    }

    public NaiveSettings with(NaiveClocks other) {
        return new NaiveSettings(maxLateHoldMs, settleGraceMs, other);
    }
}
