package io.foundling.topology.parent;

import io.foundling.audit.Closure;

/** What the ledger does for settling. All of it on the stream thread of the task. */
public interface SettlingTask {

    /** Returns the partition of this task. */
    int partition();

    /** Returns the wall time, in epoch milliseconds. */
    long wallMs();

    /** Whether more may be done now; if not, the rest must wait for the next sweep. */
    boolean hasTime();

    /** Returns the audit clock, in epoch milliseconds. */
    long clockMs();

    /** Returns the moment that the clock must be past before anything is settled, as the newest event here was late. */
    long heldUntilMs();

    /** Returns the same for a parent whose own event was late. */
    long heldUntilMs(long reportedAtMs);

    /** Sees to it that the members of a parent are due then; returns where its entry stands. */
    long schedule(String parentKey, long liveMs, long dueMs);

    /** Looks at a subject as a sweep does; returns until when it is held, {@link Long#MIN_VALUE} if it is not. */
    long visit(String subjectKey);

    /** Sends a closure to every partition. */
    void send(Closure closure);

    /** Tells the partition of a parent that this one holds members of it, or holds none any more. */
    void name(String parentKey, boolean named);
}
