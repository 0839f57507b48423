package io.foundling.service.it.console;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what the tallies of a console hold, the simplest way there is. */
public final class NaiveTally {

    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 3_600_000;
    private static final Set<Status> AWAITING =
            Set.of(Status.EXPECTED, Status.OPEN, Status.DEFERRED, Status.PENDING, Status.RETRYING);

    private final Map<String, Long> counts = new TreeMap<>();

    /** Returns how many there are, by the columns of a tally. */
    public static Map<String, Long> of(NaiveReader naive) {
        NaiveTally tally = new NaiveTally();
        for (ExpectedTable<?> table : ExpectedTable.ALL) {
            if (table.table().equals("disposition") || table.table().equals("orphan")) {
                naive.rows(table).values().forEach(row -> tally.add(row.record()));
            }
        }
        naive.events().forEach(event -> tally.add("EVENT", event.appendedMs(), MINUTE_MS, event.value()));
        return tally.counts;
    }

    private void add(Object record) {
        if (record instanceof Disposition disposition) {
            if (AWAITING.contains(disposition.getStatus()) && disposition.getEndedWithParentAt() == null) {
                long enteredMs = disposition.getEnteredAt().toEpochMilli();
                add(
                        "AWAITING",
                        enteredMs,
                        HOUR_MS,
                        disposition.getSubject(),
                        disposition.getStatus().name());
            }
        } else if (record instanceof OrphanWarning warning) {
            String counted = warning.getUnknown() ? "UNKNOWN" : "ORPHAN";
            add(counted, 0, HOUR_MS, warning.getSubject(), warning.getReason().name());
        }
    }

    private void add(String counted, long ms, long stepMs, AuditEvent event) {
        add(counted, ms, stepMs, event.getSubject(), "");
    }

    private void add(String counted, long ms, long stepMs, Subject subject, String name) {
        counts.merge(
                String.join(
                        "/", counted, String.valueOf(ms - ms % stepMs), subject.getSource(), subject.getStage(), name),
                1L,
                Long::sum);
    }
}
