package io.foundling.topology.parent;

import io.foundling.topology.lifecycle.Closing;

/**
 * What a partition knows of one attempt of a parent, and whether it has accounted for it.
 *
 * @param version of the closure that was read last
 * @param partitions how many partitions send an account
 * @param reportedAtMs append time of the newest event of the parent when it was first said to close then
 * @param readAtMs wall time of reading
 * @param settledVersion the version that this partition has accounted for; 0: none yet
 * @param purged whether members that returned were forgotten
 */
public record KnownClosing(
        Closing closing,
        int version,
        int partitions,
        long reportedAtMs,
        long readAtMs,
        int settledVersion,
        boolean purged) {

    public int attempt() {
        return closing.attempt();
    }

    public boolean isClosed() {
        return closing.isClosed();
    }

    /** Whether a newer version says that the parent closed at the same time. */
    boolean closesAsSaid(KnownClosing newer) {
        return closing.closedAtMs() == newer.closing.closedAtMs();
    }

    public boolean isSettled() {
        return settledVersion == version;
    }

    /** Returns this closing, accounted for. */
    KnownClosing settled(int settledNow) {
        return new KnownClosing(closing, version, partitions, reportedAtMs, readAtMs, settledNow, purged);
    }

    /** Returns this closing without the members that returned, as if it was read now. */
    KnownClosing purgedAt(long nowMs) {
        return new KnownClosing(closing, version, partitions, reportedAtMs, nowMs, settledVersion, true);
    }
}
