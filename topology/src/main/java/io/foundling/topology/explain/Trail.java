package io.foundling.topology.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The events of one subject that somebody has kept.
 *
 * @param events in any order
 * @param revoked ids of events of expectations that the ledger has taken back (rule E5)
 * @param completeSince no event that was appended since is missing; none: none is missing
 */
public record Trail(List<TrailEvent> events, Set<UUID> revoked, Optional<Instant> completeSince) {

    public Trail {
        events = List.copyOf(events);
        revoked = Set.copyOf(revoked);
    }

    /** Makes one from which nothing is missing. */
    public static Trail complete(List<TrailEvent> events) {
        return new Trail(events, Set.of(), Optional.empty());
    }
}
