package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;

/**
 * Which wait of a subject it is: it identifies the wait and its warning (rule T13).
 *
 * @param extension 0, or the number of extensions that came after an expired deadline of this status
 */
public record WaitId(int attempt, Status status, int extension) {

    WaitId next() {
        return new WaitId(attempt, status, extension + 1);
    }
}
