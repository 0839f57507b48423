package io.foundling.bench.model;

import io.foundling.audit.Attempt;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deadline;
import io.foundling.audit.Deferred;
import io.foundling.audit.Disposition;
import io.foundling.audit.Entry;
import io.foundling.audit.Freshness;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Producer;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Records of so many subjects of 5 sources and 20 stages, in batches of 500, spread over 14 days. The records are as large
 * as those of the ledger benchmark.
 */
final class ModelLoad {

    static final int SOURCES = 5;
    static final int STAGES = 4;
    static final int MEMBERS = 500;

    private static final long SPREAD_MS = 14 * 24 * 3_600_000L;

    private final int subjects;
    private final Instant end;

    /** @param end when the last of them was deferred */
    ModelLoad(int subjects, Instant end) {
        this.subjects = subjects;
        this.end = end;
    }

    int subjects() {
        return subjects;
    }

    static String source(int number) {
        return "source-" + number % SOURCES;
    }

    static String stage(int number) {
        return "stage-" + number / SOURCES % STAGES;
    }

    Subject subject(int number) {
        return new Subject(SubjectKind.RECORD, source(number), stage(number), "record-" + number);
    }

    String key(int number) {
        return SubjectKey.of(subject(number));
    }

    Subject parent(int number) {
        int batch = number / (MEMBERS * SOURCES * STAGES);
        return new Subject(SubjectKind.BATCH, source(number), stage(number), "batch-" + batch);
    }

    Instant entered(int number) {
        return end.minusMillis(SPREAD_MS - SPREAD_MS * number / subjects);
    }

    /** Returns which status a subject awaits in: one of a thousand of each stage is submitted. */
    static Status awaiting(int number) {
        return number / (SOURCES * STAGES) % 1_000 == 0 ? Status.PENDING : Status.DEFERRED;
    }

    /** Returns a scope that was completed a while ago, and is due every day. */
    Disposition scope(int number) {
        Instant at = entered(number);
        return Disposition.newBuilder(disposition(number, Status.COMPLETED))
                .setSubject(scopeSubject(number))
                .setParent(null)
                .setDeclared(true)
                .setFreshness(new Freshness(at, 86_400_000L, null, new Entry(Status.COMPLETED, at)))
                .build();
    }

    Subject scopeSubject(int number) {
        return new Subject(SubjectKind.SCOPE, source(number), stage(number), "table-" + number);
    }

    Disposition disposition(int number, Status status) {
        Instant at = entered(number);
        return Disposition.newBuilder()
                .setSubject(subject(number))
                .setParent(parent(number))
                .setStatus(status)
                .setAttempt(1)
                .setEnteredAt(at)
                .setFirstOccurredAt(at)
                .setLastOccurredAt(at)
                .setDeadline(
                        status == Status.COMPLETED
                                ? null
                                : new Deadline(at.plusSeconds(86_400), 5_000L, "policy:nightly"))
                .setMetadata(Map.of("tenant", "tenant-" + number % 50, "file", "export-" + number % 1_000 + ".csv"))
                .setHistory(List.of(new Attempt(
                        1,
                        status,
                        at,
                        status == Status.COMPLETED ? at : null,
                        parent(number),
                        List.of(new Entry(Status.DEFERRED, at)))))
                .build();
    }

    OrphanWarning warning(int number) {
        return OrphanWarning.newBuilder()
                .setSubject(subject(number))
                .setParent(parent(number))
                .setAttempt(1)
                .setStatus(Status.DEFERRED)
                .setReason(
                        number / (SOURCES * STAGES) % 50 == 0
                                ? OrphanReason.PARENT_CLOSED
                                : OrphanReason.DEADLINE_PASSED)
                .setEnteredAt(entered(number))
                .setStartsAt(entered(number).plusSeconds(86_400))
                .setGrace(5_000L)
                .setRule("policy:nightly")
                .setDetectedAt(entered(number).plusSeconds(86_406))
                .build();
    }

    AuditEvent event(int number) {
        return AuditEvent.newBuilder()
                .setEventId(new UUID(number, number))
                .setSubject(subject(number))
                .setParent(parent(number))
                .setOccurredAt(entered(number))
                .setMetadata(Map.of("tenant", "tenant-" + number % 50, "file", "export-" + number % 1_000 + ".csv"))
                .setProducer(new Producer("enrolment", "enrolment-" + number % 4, "1.4.2", 0L))
                .setBody(new Deferred(entered(number).plusSeconds(86_400), null))
                .build();
    }
}
