package io.foundling.console.pages;

import io.foundling.audit.Attempt;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Deadline;
import io.foundling.audit.Deferred;
import io.foundling.audit.Disposition;
import io.foundling.audit.Entry;
import io.foundling.audit.Failed;
import io.foundling.audit.Freshness;
import io.foundling.audit.Opened;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Pending;
import io.foundling.audit.Producer;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.table.Tables;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rows as a university's console has them: 20 and more of each kind, and one subject with a long life. */
final class PagesRows {

    static final String LONG_LIFE = "record/university/declaration/4711";
    static final String BATCH = "batch/university/declaration/2026-11-30";

    private static final List<String> STAGES = List.of("declaration", "matriculation", "certificate");
    static final List<String> SOURCES = List.of("university", "billing", "library");
    private static final List<Status> AWAITING =
            List.of(Status.DEFERRED, Status.PENDING, Status.OPEN, Status.EXPECTED, Status.RETRYING);
    private static final long GRACE_MS = 300_000;

    private final PagesRig rig;
    private final Instant now;

    private PagesRows(PagesRig rig) {
        this.rig = rig;
        now = rig.now();
    }

    static void write(PagesRig rig) {
        new PagesRows(rig).write();
    }

    private void write() {
        dispositions(120);
        orphans();
        longLife();
        batches();
        scopes();
        new PagesFindings(rig).write();
        rig.catchUp();
    }

    private Instant ago(long minutes) {
        return now.minus(Duration.ofMinutes(minutes));
    }

    static Subject subject(int i) {
        return new Subject(
                SubjectKind.RECORD,
                SOURCES.get(i % 7 < 4 ? 0 : i % 7 < 6 ? 1 : 2),
                STAGES.get(i % STAGES.size()),
                String.valueOf(48_200_117 + i * 7_919));
    }

    private void dispositions(int count) {
        Map<String, Disposition> all = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Subject subject = subject(i);
            Instant entered = ago(3L + i * (long) i);
            all.put(
                    SubjectKey.of(subject),
                    Disposition.newBuilder()
                            .setSubject(subject)
                            .setParent(i % 3 == 0 ? batch("2026-11-30") : null)
                            .setStatus(AWAITING.get(i * i % AWAITING.size()))
                            .setAttempt(i % 11 == 0 ? 2 : 1)
                            .setEnteredAt(entered)
                            .setFirstOccurredAt(entered)
                            .setLastOccurredAt(entered)
                            .setDeadline(
                                    i % 5 == 4
                                            ? null
                                            : new Deadline(
                                                    entered.plus(Duration.ofHours(96)),
                                                    GRACE_MS,
                                                    "policy:declarations"))
                            .setWaitingOn(i % 4 == 0 ? "nightly run of the registry" : null)
                            .build());
        }
        rig.write(Tables.DISPOSITION, all);
    }

    private void orphans() {
        Map<String, OrphanWarning> all = new LinkedHashMap<>();
        for (int i = 76; i < 100; i++) {
            Instant entered = ago(3L + i * (long) i);
            all.put(
                    SubjectKey.of(subject(i)),
                    OrphanWarning.newBuilder()
                            .setSubject(subject(i))
                            .setParent(i % 3 == 0 ? batch("2026-11-30") : null)
                            .setAttempt(1)
                            .setStatus(AWAITING.get(i * i % AWAITING.size()))
                            .setReason(i % 6 == 0 ? OrphanReason.PARENT_CLOSED : OrphanReason.DEADLINE_PASSED)
                            .setEnteredAt(entered)
                            .setStartsAt(entered.plus(Duration.ofHours(96)))
                            .setGrace(GRACE_MS)
                            .setRule(i % 6 == 0 ? "closure" : "policy:declarations")
                            .setDetectedAt(entered.plus(Duration.ofHours(97)))
                            .setWaitingOn(i % 4 == 0 ? "nightly run of the registry" : null)
                            .setUnknown(i == 80)
                            .build());
        }
        rig.write(Tables.ORPHAN, all);
    }

    private static Subject batch(String id) {
        return new Subject(SubjectKind.BATCH, "university", "declaration", id);
    }

    private void longLife() {
        Subject subject = SubjectKey.parse(LONG_LIFE);
        Instant began = ago(60 * 170);
        Instant failed = ago(60 * 140);
        Instant again = ago(60 * 100);
        Instant pending = ago(60 * 96);
        Instant deadline = ago(60 * 24);
        Disposition disposition = Disposition.newBuilder()
                .setSubject(subject)
                .setParent(batch("2026-11-30"))
                .setStatus(Status.PENDING)
                .setAttempt(2)
                .setEnteredAt(pending)
                .setFirstOccurredAt(began)
                .setLastOccurredAt(pending)
                .setDeadline(new Deadline(deadline, GRACE_MS, "policy:declarations"))
                .setExternalId("REG-2026-88-1029")
                .setMetadata(Map.of("tenant", "north", "student", "Ada Byron"))
                .setMarks(List.of(
                        mark(1, Status.DEFERRED, ago(60 * 158), ago(60 * 148)),
                        mark(2, Status.PENDING, deadline, null)))
                .setHistory(List.of(
                        new Attempt(
                                1,
                                Status.FAILED,
                                began,
                                failed,
                                batch("2026-11-23"),
                                List.of(
                                        new Entry(Status.OPEN, began),
                                        new Entry(Status.DEFERRED, ago(60 * 168)),
                                        new Entry(Status.PENDING, ago(60 * 148)),
                                        new Entry(Status.FAILED, failed))),
                        new Attempt(
                                2,
                                Status.PENDING,
                                again,
                                null,
                                batch("2026-11-30"),
                                List.of(new Entry(Status.OPEN, again), new Entry(Status.PENDING, pending)))))
                .build();
        rig.write(Tables.DISPOSITION, LONG_LIFE, disposition);
        rig.write(
                Tables.ORPHAN,
                LONG_LIFE,
                OrphanWarning.newBuilder()
                        .setSubject(subject)
                        .setAttempt(2)
                        .setStatus(Status.PENDING)
                        .setReason(OrphanReason.DEADLINE_PASSED)
                        .setEnteredAt(pending)
                        .setStartsAt(deadline)
                        .setGrace(GRACE_MS)
                        .setRule("policy:declarations")
                        .setDetectedAt(deadline.plusSeconds(320))
                        .build());
        List<Instant> times = List.of(began, ago(60 * 168), ago(60 * 148), failed, again, pending);
        List<AuditEvent> events = List.of(
                event(subject, 1, times.get(0), new Opened()),
                event(subject, 1, times.get(1), new Deferred(ago(60 * 158), "nightly run of the registry")),
                event(subject, 1, times.get(2), submitted(times.get(2))),
                event(subject, 1, times.get(3), new Failed("RegistryException", "no such person", true, Map.of())),
                event(subject, 2, times.get(4), new Opened()),
                event(subject, 2, times.get(5), submitted(times.get(5))));
        rig.append(Tables.EVENT, LONG_LIFE, events, times);
    }

    private static Pending submitted(Instant at) {
        return Pending.newBuilder()
                .setStartedAt(at.minusSeconds(2))
                .setCompletedAt(at)
                .setDurationMs(2_000)
                .setExternalId("REG-2026-88-1029")
                .build();
    }

    private static OrphanMark mark(int attempt, Status status, Instant from, Instant until) {
        return OrphanMark.newBuilder()
                .setAttempt(attempt)
                .setStatus(status)
                .setReason(OrphanReason.DEADLINE_PASSED)
                .setEnteredAt(from.minusSeconds(3_600))
                .setStartsAt(from)
                .setRule("policy:declarations")
                .setDetectedAt(from.plusSeconds(320))
                .setRecoveredAt(until)
                .build();
    }

    static AuditEvent event(Subject subject, int attempt, Instant at, Object body) {
        return AuditEvent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setSubject(subject)
                .setAttempt(attempt)
                .setOccurredAt(at)
                .setMetadata(Map.of("tenant", "north", "student", "Ada Byron"))
                .setProducer(new Producer("enrolment", "enrolment-7d9f-x2", "2.14.0", 0L))
                .setBody(body)
                .build();
    }

    private static Attempt attempt(Instant began) {
        return new Attempt(1, Status.PENDING, began, null, null, List.of(new Entry(Status.PENDING, began)));
    }

    private void batches() {
        Map<String, Disposition> all = new LinkedHashMap<>();
        Map<String, Settlement> settled = new LinkedHashMap<>();
        for (int i = 0; i < 24; i++) {
            String day = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(i).toString();
            Subject batch = batch(i == 0 ? "2026-11-30" : day);
            Instant began = ago(200 + i * 1_440L);
            all.put(
                    SubjectKey.of(batch),
                    Disposition.newBuilder()
                            .setSubject(batch)
                            .setStatus(i == 0 ? Status.PENDING : i == 5 ? Status.FAILED : Status.COMPLETED)
                            .setAttempt(1)
                            .setEnteredAt(began.plusSeconds(i == 0 ? 0 : 5_400))
                            .setFirstOccurredAt(began)
                            .setLastOccurredAt(began.plusSeconds(5_400))
                            .setExpectedMembers(1_200L + i * 17)
                            .setHistory(List.of(attempt(began)))
                            .build());
            if (i > 0) {
                settled.put(
                        SubjectKey.of(batch) + "/1",
                        Settlement.newBuilder()
                                .setParent(batch)
                                .setAttempt(1)
                                .setVersion(1)
                                .setClosedAt(began.plusSeconds(5_400))
                                .setExpected(1_200L + i * 17)
                                .setDeferred(1_200L + i * 17)
                                .setReturned(Map.of("COMPLETED", 1_180L + i * 17 - i % 4, "FAILED", 20L))
                                .setMoved(0)
                                .setOrphaned(i % 4)
                                .setOutcome(i == 5 ? Status.FAILED : Status.COMPLETED)
                                .build());
            }
        }
        rig.write(Tables.DISPOSITION, all);
        rig.write(Tables.SETTLEMENT, settled);
    }

    /** Returns settlements of many attempts. */
    static Map<String, Settlement> settlements(String parent, int count) {
        Map<String, Settlement> all = new LinkedHashMap<>();
        for (int attempt = 1; attempt <= count; attempt++) {
            all.put(
                    parent + "/" + attempt,
                    Settlement.newBuilder()
                            .setParent(SubjectKey.parse(parent))
                            .setAttempt(attempt)
                            .setVersion(1)
                            .setClosedAt(Instant.EPOCH.plusSeconds(attempt))
                            .setExpected(1L)
                            .setDeferred(1)
                            .setReturned(Map.of("COMPLETED", 1L))
                            .setMoved(0)
                            .setOrphaned(0)
                            .build());
        }
        return all;
    }

    private void scopes() {
        Map<String, Disposition> all = new LinkedHashMap<>();
        Map<String, Reconciliation> checks = new LinkedHashMap<>();
        for (int i = 0; i < 22; i++) {
            Subject scope = new Subject(SubjectKind.SCOPE, "warehouse", "table", "students_" + i);
            Instant ended = ago(60L + i * 170L);
            all.put(
                    SubjectKey.of(scope),
                    Disposition.newBuilder()
                            .setSubject(scope)
                            .setStatus(i == 3 ? Status.FAILED : i == 4 ? Status.EXPECTED : Status.COMPLETED)
                            .setAttempt(1)
                            .setEnteredAt(ended)
                            .setFirstOccurredAt(ago(90_000))
                            .setLastOccurredAt(ended)
                            .setDeclared(true)
                            .setFreshness(new Freshness(
                                    ago(90_000),
                                    86_400_000L,
                                    i == 6 ? ago(2_000) : null,
                                    i == 4 ? null : new Entry(i == 3 ? Status.FAILED : Status.COMPLETED, ended)))
                            .build());
            checks.put(
                    SubjectKey.of(scope) + "/COUNT/2026-11-30",
                    Reconciliation.newBuilder()
                            .setScope(scope)
                            .setCheck(Reconciled.newBuilder()
                                    .setCheckType(CheckType.COUNT)
                                    .setStatus(
                                            i % 7 == 3
                                                    ? CheckStatus.FAILED
                                                    : i == 9 ? CheckStatus.ERROR : CheckStatus.PASSED)
                                    .setRunDate(LocalDate.of(2026, 11, 30))
                                    .setSourceRows(48_120L + i)
                                    .setTargetRows(48_120L + i - (i % 7 == 3 ? 12 : 0))
                                    .setMismatchedRows(i % 7 == 3 ? 12L : 0L)
                                    .setErrors(i == 9 ? List.of("the target did not answer within 30 s") : List.of())
                                    .build())
                            .setOccurredAt(ended)
                            .build());
        }
        rig.write(Tables.DISPOSITION, all);
        rig.write(Tables.RECONCILIATION, checks);
    }
}
