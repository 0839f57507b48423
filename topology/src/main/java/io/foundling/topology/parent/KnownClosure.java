package io.foundling.topology.parent;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Fact;

/**
 * What a partition knows of one attempt of a parent. Moments that are not there are {@link Fact#NEVER}.
 *
 * @param closedAtMs none while the attempt is under way
 * @param expected how many members were announced; {@link Fact#NOT_SAID} without
 * @param partitions how many partitions send an account
 * @param reportedAtMs when the event that says so was appended
 * @param readAtMs wall time of reading
 * @param settledVersion the version that this partition has accounted for; 0: none yet
 * @param purged whether members that returned were forgotten
 */
public record KnownClosure(
        int attempt,
        Status outcome,
        long closedAtMs,
        long previousClosedAtMs,
        long expected,
        int version,
        int partitions,
        long reportedAtMs,
        long readAtMs,
        int settledVersion,
        boolean purged) {

    public boolean isClosed() {
        return closedAtMs != Fact.NEVER;
    }

    public boolean isSettled() {
        return settledVersion == version;
    }

    /** Returns this closure, accounted for. */
    public KnownClosure settled(int settledNow) {
        return new KnownClosure(
                attempt,
                outcome,
                closedAtMs,
                previousClosedAtMs,
                expected,
                version,
                partitions,
                reportedAtMs,
                readAtMs,
                settledNow,
                purged);
    }

    /** Returns this closure without the members that returned, as if it was read now. */
    public KnownClosure purgedAt(long nowMs) {
        return new KnownClosure(
                attempt,
                outcome,
                closedAtMs,
                previousClosedAtMs,
                expected,
                version,
                partitions,
                reportedAtMs,
                nowMs,
                settledVersion,
                true);
    }
}
