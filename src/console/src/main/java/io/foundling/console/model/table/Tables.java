package io.foundling.console.model.table;

import io.foundling.audit.Alert;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.audit.Violation;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** All tables that are filled from topics. */
public final class Tables {

    public static final Table<Disposition> DISPOSITION = Table.compacted(
                    "disposition", Disposition.class, DispositionColumns.ALL)
            .counted(Counting.AWAITING);
    public static final Table<OrphanWarning> ORPHAN =
            Table.compacted("orphan", OrphanWarning.class, OrphanColumns.ALL).counted(Counting.ORPHANS);
    public static final Table<Settlement> SETTLEMENT =
            Table.compacted("settlement", Settlement.class, SettlementColumns.ALL);
    public static final Table<Alert> ALERT = Table.compacted("alert", Alert.class, AlertColumns.ALL);
    public static final Table<Reconciliation> RECONCILIATION =
            Table.compacted("reconciliation", Reconciliation.class, ReconciliationColumns.ALL);
    public static final Table<ClockReport> CLOCK = Table.compacted("clock", ClockReport.class, ClockColumns.ALL);
    public static final Table<AuditEvent> EVENT =
            Table.trail("event", AuditEvent.class, EventColumns.ALL).counted(Counting.EVENTS);
    public static final Table<Violation> VIOLATION = Table.trail("violation", Violation.class, ViolationColumns.ALL);
    public static final Table<DeadLetter> DEAD_LETTER = Table.received("dead_letter", DeadLetterColumns.ALL);

    private static final List<Table<? extends SpecificRecord>> OF_RECORDS =
            List.of(DISPOSITION, ORPHAN, SETTLEMENT, ALERT, RECONCILIATION, CLOCK, EVENT, VIOLATION);

    private static final List<Table<?>> TRAIL = List.of(EVENT, VIOLATION, DEAD_LETTER);

    private Tables() {}

    public static List<Table<?>> all() {
        List<Table<?>> all = new ArrayList<>(OF_RECORDS);
        all.add(DEAD_LETTER);
        return all;
    }

    /** Returns those that hold whole records. */
    public static List<Table<? extends SpecificRecord>> ofRecords() {
        return OF_RECORDS;
    }

    /** Returns those that have a row for each record, until retention removes it. */
    public static List<Table<?>> trail() {
        return TRAIL;
    }
}
