package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;

/** A warning that was emitted and not withdrawn. */
public record NaiveWarning(
        int attempt,
        Status status,
        int extension,
        OrphanReason reason,
        long enteredAtMs,
        long deadlineMs,
        String rule,
        NaiveRecovery recovery) {

    /** Returns one that is active if {@code recoveredAtMs} is {@code Times.NEVER}, and else recovered by no restart. */
    public NaiveWarning(
            int attempt,
            Status status,
            int extension,
            OrphanReason reason,
            long enteredAtMs,
            long deadlineMs,
            String rule,
            long recoveredAtMs) {
        this(
                attempt,
                status,
                extension,
                reason,
                enteredAtMs,
                deadlineMs,
                rule,
                new NaiveRecovery(recoveredAtMs, false));
    }

    public long recoveredAtMs() {
        return recovery.atMs();
    }
}
