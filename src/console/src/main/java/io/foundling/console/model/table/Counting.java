package io.foundling.console.model.table;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import java.util.function.Function;

/**
 * How the rows of a table are counted. A row that is written is counted by its record, and one that it takes the place of
 * by its columns, so both must say the same.
 *
 * @param columns of a {@link Tally}, by those of the table; empty for a table of the trail, whose rows stay counted
 * @param condition of the rows that are counted
 * @param tally returns where an entry counts; null if it does not
 */
public record Counting<T>(String columns, String condition, Function<Entry<T>, Tally> tally) {

    static final Counting<Disposition> AWAITING = new Counting<>(
            "'AWAITING' AS counted, entered_ms - entered_ms % " + Tally.HOUR_MS
                    + " AS since_ms, source, stage, status AS name",
            "awaits",
            Counting::awaiting);

    static final Counting<OrphanWarning> ORPHANS = new Counting<>(
            "CASE WHEN unknown THEN 'UNKNOWN' ELSE 'ORPHAN' END AS counted, 0 AS since_ms, source, stage, reason AS name",
            "TRUE",
            Counting::orphan);

    static final Counting<AuditEvent> EVENTS = new Counting<>("", "", Counting::event);

    private static Tally awaiting(Entry<Disposition> entry) {
        Disposition disposition = entry.value();
        if (!DispositionColumns.awaits(disposition)) {
            return null;
        }
        return new Tally(
                Tally.Counted.AWAITING,
                floor(disposition.getEnteredAt().toEpochMilli(), Tally.HOUR_MS),
                Column.storable(disposition.getSubject().getSource()),
                Column.storable(disposition.getSubject().getStage()),
                disposition.getStatus().name());
    }

    private static Tally orphan(Entry<OrphanWarning> entry) {
        OrphanWarning warning = entry.value();
        return new Tally(
                warning.getUnknown() ? Tally.Counted.UNKNOWN : Tally.Counted.ORPHAN,
                0,
                Column.storable(warning.getSubject().getSource()),
                Column.storable(warning.getSubject().getStage()),
                warning.getReason().name());
    }

    private static Tally event(Entry<AuditEvent> entry) {
        return new Tally(
                Tally.Counted.EVENT,
                floor(entry.origin().writtenMs(), Tally.MINUTE_MS),
                Column.storable(entry.value().getSubject().getSource()),
                Column.storable(entry.value().getSubject().getStage()),
                "");
    }

    /** As SQL does it. */
    private static long floor(long ms, long stepMs) {
        return ms - ms % stepMs;
    }
}
