package io.foundling.service.it.console;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Completed;
import io.foundling.audit.Deadline;
import io.foundling.audit.Deferred;
import io.foundling.audit.Disposition;
import io.foundling.audit.Entry;
import io.foundling.audit.Erased;
import io.foundling.audit.Freshness;
import io.foundling.audit.Opened;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Producer;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.schemas.GeneratedClasses;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Records of every topic with values at random, about few subjects, so that most of them replace others. */
final class RandomRecords {

    private static final int SUBJECTS = 60;

    private final Random random;

    RandomRecords(Random random) {
        this.random = random;
        GeneratedClasses.trust();
    }

    Subject subject() {
        String stage = random.nextBoolean() ? "declaration" : "prüfung / 2";
        return new Subject(SubjectKind.RECORD, "university", stage, Integer.toString(random.nextInt(SUBJECTS)));
    }

    Subject batch() {
        return new Subject(SubjectKind.BATCH, "university", "declaration", "b" + random.nextInt(10));
    }

    Subject scope() {
        return new Subject(SubjectKind.SCOPE, "university", "declarations", "s" + random.nextInt(10));
    }

    /** Of a scope, declared or retired, with a run or without. */
    Disposition scope(Subject scope) {
        boolean isDeclared = random.nextInt(4) > 0;
        return Disposition.newBuilder(disposition(scope))
                .setDeclared(isDeclared)
                .setFreshness(isDeclared ? freshness() : null)
                .setMarks(random.nextBoolean() ? List.of() : List.of(mark()))
                .build();
    }

    private Freshness freshness() {
        return new Freshness(
                time(),
                random.nextBoolean() ? 86_400_000L : null,
                random.nextBoolean() ? time() : null,
                random.nextBoolean() ? new Entry(one(List.of(Status.COMPLETED, Status.FAILED)), time()) : null);
    }

    private OrphanMark mark() {
        return OrphanMark.newBuilder()
                .setAttempt(1)
                .setStatus(Status.DEFERRED)
                .setReason(OrphanReason.DEADLINE_PASSED)
                .setEnteredAt(time())
                .setStartsAt(time())
                .setRule("dueAt")
                .setDetectedAt(time())
                .setRecoveredAt(random.nextBoolean() ? time() : null)
                .build();
    }

    Disposition disposition(Subject subject) {
        return Disposition.newBuilder()
                .setSubject(subject)
                .setParent(random.nextBoolean() ? batch() : null)
                .setStatus(one(List.of(Status.DEFERRED, Status.PENDING, Status.COMPLETED, Status.FAILED)))
                .setAttempt(1 + random.nextInt(3))
                .setEnteredAt(time())
                .setFirstOccurredAt(time())
                .setLastOccurredAt(time())
                .setDeadline(random.nextBoolean() ? new Deadline(time(), 5_000L, "dueAt") : null)
                .setMetadata(Map.of("lot", Integer.toString(random.nextInt(100))))
                .build();
    }

    OrphanWarning warning(Subject subject) {
        return OrphanWarning.newBuilder()
                .setSubject(subject)
                .setAttempt(1)
                .setStatus(Status.DEFERRED)
                .setReason(one(List.of(OrphanReason.DEADLINE_PASSED, OrphanReason.PARENT_CLOSED)))
                .setEnteredAt(time())
                .setStartsAt(time())
                .setGrace(0)
                .setRule("dueAt")
                .setDetectedAt(time())
                .setUnknown(random.nextInt(4) == 0)
                .build();
    }

    Settlement settlement(Subject parent) {
        return Settlement.newBuilder()
                .setParent(parent)
                .setAttempt(1)
                .setVersion(random.nextInt(5))
                .setClosedAt(time())
                .setDeferred(10)
                .setReturned(Map.of("COMPLETED", (long) random.nextInt(9)))
                .setMoved(0)
                .setOrphaned(random.nextInt(9))
                .build();
    }

    Alert alert() {
        return Alert.newBuilder()
                .setType(AlertType.ORPHANED)
                .setStatus(one(List.of(AlertStatus.FIRING, AlertStatus.RESOLVED)))
                .setCount(random.nextInt(100))
                .setLabels(Map.of("source", "university"))
                .setStartsAt(time())
                .build();
    }

    Reconciliation reconciliation(Subject scope) {
        Reconciled check = Reconciled.newBuilder()
                .setCheckType(CheckType.COUNT)
                .setStatus(one(List.of(CheckStatus.PASSED, CheckStatus.FAILED)))
                .setRunDate(LocalDate.of(2026, 11, 1 + random.nextInt(30)))
                .build();
        return Reconciliation.newBuilder()
                .setScope(scope)
                .setCheck(check)
                .setOccurredAt(time())
                .build();
    }

    ClockReport clock() {
        return ClockReport.newBuilder()
                .setTask("0_" + random.nextInt(3))
                .setSource("university")
                .setClock(random.nextBoolean() ? time() : null)
                .setDelay(random.nextInt(60_000))
                .setReportedAt(time())
                .build();
    }

    AuditEvent event(Subject subject) {
        Object body = random.nextInt(100) == 0
                ? new Erased("asked to", "clerk")
                : one(List.<Object>of(new Opened(), new Deferred(time(), null), new Completed(null, 7L, Map.of())));
        return AuditEvent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setSubject(subject)
                .setParent(random.nextBoolean() ? batch() : null)
                .setOccurredAt(time())
                .setProducer(new Producer("enrolment", "enrolment-1", "1", 0L))
                .setBody(body)
                .build();
    }

    Violation violation(Subject subject) {
        return Violation.newBuilder()
                .setType(one(List.of(ViolationType.TOO_LATE, ViolationType.CONFLICTING_OUTCOME)))
                .setSubject(subject)
                .setAttempt(1)
                .setMessage("found this, expected that")
                .setEventId(UUID.randomUUID())
                .setOccurredAt(time())
                .setTopic("audit.events")
                .setPartition(0)
                .setOffset(random.nextInt(1_000))
                .setService("enrolment")
                .setInstance("enrolment-1")
                .build();
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private Instant time() {
        return Instant.parse("2026-11-30T00:00:00Z")
                .plusMillis(random.nextInt(86_400_000))
                .truncatedTo(ChronoUnit.MILLIS);
    }
}
