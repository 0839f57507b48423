package io.foundling.topology.explain;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Inspection;
import io.foundling.topology.lifecycle.Inspection.InspectedAttempt;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.Parents;
import io.foundling.topology.lifecycle.Wait;
import java.util.List;
import java.util.Optional;

/**
 * What the rules found in a subject: what all sentences are made of.
 *
 * @param events of the trail, in the order in which they were read
 * @param fromHistory facts that the trail does not have; the history of the disposition shows them
 * @param isErased whether it was erased, and nothing is applied since
 */
record Findings(
        Evidence evidence,
        List<Replayed> events,
        List<Fact> fromHistory,
        boolean isErased,
        Inspection inspection,
        Moment moment,
        Parents parents) {

    /** Returns the highest attempt that has a status. */
    Optional<InspectedAttempt> latest() {
        return inspection.attempts().stream()
                .filter(attempt -> attempt.deciding().isPresent())
                .reduce((earlier, later) -> later);
    }

    /** Returns the last wait of the present status. */
    Optional<Wait> presentWait() {
        return latest().flatMap(attempt -> inspection.waits().stream()
                .filter(wait ->
                        wait.id().attempt() == attempt.number() && wait.id().status() == attempt.status())
                .reduce((earlier, later) -> later));
    }
}
