package io.foundling.topology.lifecycle.truth;

import io.foundling.audit.Status;
import java.util.List;

/**
 * What really happened with one subject, and what was reported of it.
 *
 * @param story what was drawn, for a failing test
 * @param attempts how many attempts there are in the end; a restart without a number makes none
 * @param status in the end
 * @param ambiguous whether a run was begun again in the attempt of another one, or a second poller repeated a status
 *     after the end of a run: reports without numbers do not tell these from two runs
 * @param reports in the order in which they can be read, some twice
 */
record TrueSubject(
        Circumstances circumstances,
        String story,
        int runs,
        int attempts,
        Status status,
        boolean ambiguous,
        List<TrueWait> waits,
        List<Report> reports) {

    boolean ended() {
        return switch (status) {
            case COMPLETED, FAILED, SKIPPED, CANCELLED -> true;
            default -> false;
        };
    }
}
