package io.foundling.service.asking;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.event;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.subject;
import static io.foundling.console.model.ModelRecords.violation;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Attempt;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Deadline;
import io.foundling.audit.Deferred;
import io.foundling.audit.Disposition;
import io.foundling.audit.Entry;
import io.foundling.audit.Freshness;
import io.foundling.audit.Opened;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Tables;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the console of a university knows: a payment run of three declarations, one of which is lost. */
public final class ConsoleStory {

    public static final Subject RUN = new Subject(SubjectKind.BATCH, "university", "payment-run", "2026-09-01");
    public static final String RUN_KEY = SubjectKey.of(RUN);
    private static final Subject SCOPE = new Subject(SubjectKind.SCOPE, "university", "declarations", "daily");
    private static final Subject INVOICE = new Subject(SubjectKind.RECORD, "billing", "invoice", "a b/9");
    private static final Instant MORNING = NOON.minus(Duration.ofHours(76));

    private ConsoleStory() {}

    public static void write(ConsoleRig rig) {
        rig.write(Tables.DISPOSITION, RUN_KEY, run());
        rig.write(Tables.DISPOSITION, key("4711"), member("4711", Status.COMPLETED, NOON));
        rig.write(Tables.DISPOSITION, key("4718"), member("4718", Status.PENDING, MORNING));
        rig.write(Tables.DISPOSITION, key("4719"), member("4719", Status.DEFERRED, NOON.plusSeconds(60)));
        rig.write(Tables.DISPOSITION, SubjectKey.of(INVOICE), invoice());
        rig.write(Tables.DISPOSITION, SubjectKey.of(SCOPE), scope());
        rig.write(Tables.ORPHAN, key("4718"), warning(subject("4718"), MORNING.plus(Duration.ofHours(2))));
        rig.write(Tables.ORPHAN, SubjectKey.of(INVOICE), warning(INVOICE, NOON.plusSeconds(1800)));
        rig.write(Tables.EVENT, key("4718"), at(event("4718", new Opened()), MORNING));
        rig.write(Tables.EVENT, key("4718"), at(event("4718", new Deferred(null, "the bank")), MORNING.plusSeconds(5)));
        rig.write(Tables.SETTLEMENT, RUN_KEY + "/1", settlement());
        rig.write(Tables.ALERT, "orphaned/university/declaration", orphaned("university", "declaration", "registry"));
        rig.write(Tables.ALERT, "orphaned/billing/invoice", orphaned("billing", "invoice", "finance"));
        rig.write(Tables.ALERT, "silent_source/billing", silent());
        rig.write(Tables.VIOLATION, key("4711"), violation("4711"));
        rig.write(
                Tables.DEAD_LETTER,
                key("4712"),
                new DeadLetter("WRONG_PARTITION", "in 1, expected 0", "audit.events", 1, 7L, 2, new byte[] {1, 2}));
        rig.write(Tables.RECONCILIATION, SubjectKey.of(SCOPE) + "/TABLE/2026-11-30", reconciliation());
        rig.write(Tables.CLOCK, "0_0/", clock("", 0));
        rig.write(Tables.CLOCK, "0_0/university", clock("university", 0));
        rig.write(Tables.CLOCK, "0_0/billing", clock("billing", 90_000));
    }

    private static Disposition.Builder disposition(Subject subject, Status status, Instant entered) {
        return Disposition.newBuilder()
                .setSubject(subject)
                .setStatus(status)
                .setAttempt(1)
                .setEnteredAt(entered)
                .setFirstOccurredAt(entered)
                .setLastOccurredAt(entered)
                .setHistory(List.of(Attempt.newBuilder()
                        .setAttempt(1)
                        .setStatus(status)
                        .setStartedAt(entered)
                        .setEntered(List.of(new Entry(status, entered)))
                        .build()));
    }

    private static Disposition run() {
        return disposition(RUN, Status.OPEN, MORNING).setExpectedMembers(4L).build();
    }

    private static Disposition member(String id, Status status, Instant entered) {
        boolean awaits = status != Status.COMPLETED;
        return disposition(subject(id), status, entered)
                .setParent(RUN)
                .setDeadline(
                        awaits ? new Deadline(entered.plus(Duration.ofHours(4)), 300_000L, "policy:bank-answer") : null)
                .setWaitingOn(awaits ? "the bank" : null)
                .build();
    }

    private static Disposition invoice() {
        return disposition(INVOICE, Status.DEFERRED, NOON)
                .setDetail("a text that is so long that a terminal of usual width has no place for all of it")
                .build();
    }

    private static Disposition scope() {
        return disposition(SCOPE, Status.EXPECTED, NOON)
                .setDeclared(true)
                .setFreshness(new Freshness(MORNING, 604_800_000L, null, null))
                .build();
    }

    private static OrphanWarning warning(Subject subject, Instant startsAt) {
        return OrphanWarning.newBuilder()
                .setSubject(subject)
                .setParent(subject.getStage().equals("declaration") ? RUN : null)
                .setAttempt(1)
                .setStatus(Status.PENDING)
                .setReason(OrphanReason.DEADLINE_PASSED)
                .setEnteredAt(startsAt)
                .setStartsAt(startsAt)
                .setGrace(0)
                .setRule("policy:bank-answer")
                .setDetectedAt(startsAt)
                .setUnknown(subject.getSource().equals("billing"))
                .build();
    }

    private static AuditEvent at(AuditEvent event, Instant occurred) {
        return AuditEvent.newBuilder(event)
                .setOccurredAt(occurred)
                .setParent(RUN)
                .build();
    }

    private static Settlement settlement() {
        return Settlement.newBuilder()
                .setParent(RUN)
                .setAttempt(1)
                .setVersion(1)
                .setClosedAt(NOON)
                .setExpected(4L)
                .setDeferred(3)
                .setReturned(new TreeMap<>(Map.of("COMPLETED", 1L)))
                .setMoved(0)
                .setOrphaned(2)
                .setUnseen(1)
                .setOutcome(Status.COMPLETED)
                .build();
    }

    private static Alert orphaned(String source, String stage, String owner) {
        return alert(AlertType.ORPHANED)
                .setLabels(Map.of("source", source, "stage", stage, "owner", owner))
                .setAnnotations(Map.of("summary", "1 subject of " + source + "/" + stage + " is an orphan"))
                .build();
    }

    private static Alert silent() {
        return alert(AlertType.SILENT_SOURCE)
                .setLabels(Map.of("source", "billing"))
                .build();
    }

    private static Alert.Builder alert(AlertType type) {
        return Alert.newBuilder()
                .setType(type)
                .setStatus(AlertStatus.FIRING)
                .setCount(1)
                .setStartsAt(NOON);
    }

    private static Reconciliation reconciliation() {
        return Reconciliation.newBuilder()
                .setScope(SCOPE)
                .setCheck(Reconciled.newBuilder()
                        .setCheckType(CheckType.TABLE)
                        .setStatus(CheckStatus.FAILED)
                        .setRunDate(LocalDate.of(2026, 11, 30))
                        .setSourceRows(10L)
                        .setTargetRows(9L)
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
