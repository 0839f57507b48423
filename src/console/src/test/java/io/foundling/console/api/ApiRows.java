package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.event;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.violation;
import static io.foundling.console.model.ModelRecords.warning;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.Disposition;
import io.foundling.audit.Freshness;
import io.foundling.audit.Opened;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Tables;
import io.foundling.schemas.SubjectKey;
import java.time.LocalDate;
import java.util.Map;

/** Rows of every kind: of the source "university", which has a record "1" that awaits, and of the source "billing". */
final class ApiRows {

    static final Map<String, String> METADATA = Map.of("tenant", "shown", "ssn", "sesame");
    static final String BATCH = "batch/university/declaration/b1";
    static final String SCOPE = "scope/university/table/t1";
    static final Subject FOREIGN = new Subject(SubjectKind.RECORD, "billing", "invoice", "9");

    private ApiRows() {}

    static void write(ApiRig rig) {
        rig.write(Tables.DISPOSITION, key("1"), awaiting());
        rig.write(Tables.DISPOSITION, key("2"), disposition("2", Status.COMPLETED));
        rig.write(
                Tables.DISPOSITION,
                BATCH,
                of(new Subject(SubjectKind.BATCH, "university", "declaration", "b1"), Status.OPEN));
        rig.write(Tables.DISPOSITION, SCOPE, scope());
        rig.write(Tables.DISPOSITION, SubjectKey.of(FOREIGN), of(FOREIGN, Status.DEFERRED));
        rig.write(Tables.ORPHAN, key("1"), warning("1", NOON.plusSeconds(60)));
        rig.write(Tables.EVENT, key("1"), with(event("1", new Opened())));
        rig.write(Tables.EVENT, key("1"), with(deferred()));
        rig.write(Tables.EVENT, SubjectKey.of(FOREIGN), foreignEvent());
        rig.write(Tables.VIOLATION, key("1"), violation("1"));
        rig.write(
                Tables.DEAD_LETTER,
                key("3"),
                new DeadLetter("WRONG_PARTITION", "key", "audit.event", 0, 7L, 2, new byte[] {1, 2}));
        rig.write(Tables.SETTLEMENT, BATCH + "/1", settlement());
        rig.write(Tables.ALERT, "orphaned/university", alert(AlertType.ORPHANED, "university"));
        rig.write(Tables.ALERT, "silent_source/billing", alert(AlertType.SILENT_SOURCE, "billing"));
        rig.write(Tables.RECONCILIATION, SCOPE + "/TABLE/2026-11-30", reconciliation());
        rig.write(Tables.CLOCK, "0_0/", clock("", 0));
        rig.write(Tables.CLOCK, "0_0/university", clock("university", 0));
        rig.write(Tables.CLOCK, "0_0/billing", clock("billing", 90_000));
    }

    static Disposition awaiting() {
        return Disposition.newBuilder(disposition("1", Status.DEFERRED))
                .setMetadata(METADATA)
                .build();
    }

    private static Disposition of(Subject subject, Status status) {
        return Disposition.newBuilder(disposition("x", status))
                .setSubject(subject)
                .setParent(null)
                .setExpectedMembers(subject.getKind() == SubjectKind.BATCH ? 2L : null)
                .build();
    }

    private static Disposition scope() {
        return Disposition.newBuilder(of(new Subject(SubjectKind.SCOPE, "university", "table", "t1"), Status.EXPECTED))
                .setDeclared(true)
                .setFreshness(new Freshness(NOON.minusSeconds(172_800), 86_400_000L, null, null))
                .build();
    }

    private static AuditEvent deferred() {
        return AuditEvent.newBuilder(event("1", new Deferred(NOON.plusSeconds(60), "the next run")))
                .setOccurredAt(NOON.plusSeconds(1))
                .build();
    }

    private static AuditEvent with(AuditEvent event) {
        return AuditEvent.newBuilder(event).setMetadata(METADATA).build();
    }

    private static AuditEvent foreignEvent() {
        return AuditEvent.newBuilder(event("x", new Completed("hash", 5L, Map.of("rows", 3L))))
                .setSubject(FOREIGN)
                .setDetail("=HYPERLINK(\"x\")")
                .build();
    }

    private static Settlement settlement() {
        return Settlement.newBuilder()
                .setParent(new Subject(SubjectKind.BATCH, "university", "declaration", "b1"))
                .setAttempt(1)
                .setVersion(1)
                .setClosedAt(NOON)
                .setExpected(2L)
                .setDeferred(2)
                .setReturned(Map.of("COMPLETED", 1L))
                .setMoved(0)
                .setOrphaned(1)
                .build();
    }

    private static Alert alert(AlertType type, String source) {
        return Alert.newBuilder()
                .setType(type)
                .setStatus(AlertStatus.FIRING)
                .setCount(1)
                .setLabels(Map.of("source", source))
                .setStartsAt(NOON)
                .build();
    }

    private static Reconciliation reconciliation() {
        return Reconciliation.newBuilder()
                .setScope(new Subject(SubjectKind.SCOPE, "university", "table", "t1"))
                .setCheck(Reconciled.newBuilder()
                        .setCheckType(CheckType.TABLE)
                        .setStatus(CheckStatus.FAILED)
                        .setRunDate(LocalDate.of(2026, 11, 30))
                        .build())
                .setOccurredAt(NOON)
                .build();
    }

    private static ClockReport clock(String source, long delayMs) {
        return ClockReport.newBuilder()
                .setTask("0_0")
                .setSource(source)
                .setClock(NOON)
                .setDelay(delayMs)
                .setHeld(source.isEmpty() ? 0 : 3)
                .setRate(1.5)
                .setReportedAt(NOON)
                .build();
    }
}
