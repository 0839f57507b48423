package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;

/**
 * Which wait of a subject it is: it identifies the wait and its warning (rule T13).
 *
 * @param extension how many extensions, restarts and gaps of chains after a limit of this status were before it
 */
public record WaitId(int attempt, Status status, int extension) {

    /** Whether both are of the same status of the same attempt. */
    boolean isOfStatus(WaitId other) {
        return attempt == other.attempt && status == other.status;
    }

    /** Returns the wait of the same status so many extensions later. */
    WaitId after(int extensions) {
        return extensions == 0 ? this : new WaitId(attempt, status, extension + extensions);
    }

    /** Whether it is of the same status of the same attempt, with a higher number. */
    boolean isLaterThan(WaitId other) {
        return attempt == other.attempt && status == other.status && extension > other.extension;
    }
}
