package io.foundling.topology.explain;

import io.foundling.audit.ClockReport;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the clocks by which a subject is judged.
 *
 * @param task the newest report of its ledger task about itself
 * @param source the newest report of that task about the source of the subject
 * @param silentSince when its source was last heard, if it is silent
 */
public record ReportedClocks(Optional<ClockReport> task, Optional<ClockReport> source, Optional<Instant> silentSince) {

    public static final ReportedClocks NONE = new ReportedClocks(Optional.empty(), Optional.empty(), Optional.empty());
}
