package io.foundling.topology.account;

/** Versions of closures: seconds since 2000, so that they rise even if everything about a parent was forgotten (rule P4). */
public final class ClosureVersion {

    private static final long SECONDS_TO_2000 = 946_684_800L;

    private ClosureVersion() {}

    /** Returns the version of a closure that is sent at a time. */
    public static int at(long wallMs) {
        return (int) Math.max(1, wallMs / 1_000 - SECONDS_TO_2000);
    }

    /** Returns the wall time at which a closure with this version was sent, unless it was followed at once by another. */
    public static long sentAtMs(int version) {
        return (version + SECONDS_TO_2000) * 1_000;
    }
}
