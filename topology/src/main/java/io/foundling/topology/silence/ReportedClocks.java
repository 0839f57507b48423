package io.foundling.topology.silence;

import io.foundling.topology.lifecycle.Times;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How far the partitions have come, as far as they have reported that in this life of the task (rule T27). */
final class ReportedClocks {

    private final int partitions;
    private final Map<Integer, HeardNote.Watched> reported = new HashMap<>();

    ReportedClocks(int partitions) {
        this.partitions = partitions;
    }

    void report(int partition, HeardNote.Watched watched) {
        reported.put(partition, watched);
    }

    /** Returns how far all of them have come, without a gap since when; empty until each has reported. */
    Optional<HeardNote.Watched> together() {
        if (reported.size() < partitions) {
            return Optional.empty();
        }
        long throughMs = Times.NEVER;
        long sinceMs = Long.MIN_VALUE;
        for (HeardNote.Watched each : reported.values()) {
            throughMs = Math.min(throughMs, each.throughMs());
            sinceMs = Math.max(sinceMs, each.sinceMs());
        }
        return Optional.of(new HeardNote.Watched(throughMs, sinceMs));
    }
}
