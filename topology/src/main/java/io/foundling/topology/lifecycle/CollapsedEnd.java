package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.Optional;
import java.util.Set;

/**
 * What placing needs of the highest collapsed attempt (rules L6 and B2).
 *
 * @param parent its parent, or an empty text
 * @param statuses of the facts that it held
 * @param firstOutcome the outcome that gave its status
 * @param lastEndMs when its latest end happened; {@link Long#MIN_VALUE} without one, or if it collapsed before that was
 *     kept
 * @param begunAgain whether work repeats a status behind that end
 * @param quick the statuses of which runs followed quickly when it ended
 */
public record CollapsedEnd(
        String parent,
        Set<Status> statuses,
        Optional<FactType> firstOutcome,
        long lastEndMs,
        boolean begunAgain,
        Set<Status> quick) {

    public static final CollapsedEnd NONE =
            new CollapsedEnd("", Set.of(), Optional.empty(), Long.MIN_VALUE, false, Set.of());

    public CollapsedEnd {
        statuses = Set.copyOf(statuses);
        quick = Set.copyOf(quick);
    }
}
