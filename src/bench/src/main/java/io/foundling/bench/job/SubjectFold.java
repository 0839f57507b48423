package io.foundling.bench.job;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Deadline;
import io.foundling.audit.Deferred;
import io.foundling.audit.Disposition;
import io.foundling.audit.Failed;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.Pending;
import io.foundling.audit.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a subject after an event, as a careful team writes it for itself: the latest fact wins, metadata is
 * merged, a status with a deadline is an orphan after it. It knows no attempts, late arrivals, repeats or closings.
 */
public final class SubjectFold {

    /** The deadline of a subject that is not expected to move on. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private SubjectFold() {}

    /** Returns the state after the first event of a subject. */
    public static Disposition first(AuditEvent event) {
        return state(event, event.getOccurredAt(), event.getMetadata(), List.of());
    }

    /** Returns the state after another event. */
    public static Disposition next(Disposition known, AuditEvent event) {
        if (event.getOccurredAt().isBefore(known.getLastOccurredAt())) {
            return known;
        }
        return state(
                event,
                known.getFirstOccurredAt(),
                merged(known.getMetadata(), event.getMetadata()),
                recovered(known.getMarks(), event.getOccurredAt()));
    }

    /** Returns the state of a subject whose deadline has passed. */
    public static Disposition overdue(Disposition known, long nowMs) {
        List<OrphanMark> marks = new ArrayList<>(known.getMarks());
        Instant deadline = known.getDeadline().getAt();
        marks.add(new OrphanMark(
                known.getAttempt(),
                known.getStatus(),
                0,
                OrphanReason.DEADLINE_PASSED,
                known.getEnteredAt(),
                deadline,
                known.getDeadline().getRule(),
                Instant.ofEpochMilli(nowMs),
                null,
                null,
                false));
        return with(known, marks);
    }

    /** Returns when the subject becomes an orphan, {@link #NO_DEADLINE} if it does not or is one. */
    public static long deadlineMs(Disposition state) {
        if (state.getDeadline() == null || isOrphan(state)) {
            return NO_DEADLINE;
        }
        return state.getDeadline().getAt().toEpochMilli();
    }

    private static boolean isOrphan(Disposition state) {
        List<OrphanMark> marks = state.getMarks();
        return !marks.isEmpty() && marks.get(marks.size() - 1).getRecoveredAt() == null;
    }

    private static Disposition state(
            AuditEvent event, Instant first, Map<String, String> metadata, List<OrphanMark> marks) {
        Object body = event.getBody();
        Pending pending = body instanceof Pending known ? known : null;
        Failed failed = body instanceof Failed known ? known : null;
        Completed completed = body instanceof Completed known ? known : null;
        return new Disposition(
                event.getSubject(),
                event.getParent(),
                status(body),
                1,
                event.getOccurredAt(),
                first,
                event.getOccurredAt(),
                deadline(body),
                event.getDetail(),
                null,
                failed == null ? null : failed.getErrorType() + ": " + failed.getMessage(),
                pending == null ? null : pending.getExternalId(),
                null,
                completed == null ? null : completed.getOutputHash(),
                completed != null ? completed.getDurationMs() : pending != null ? pending.getDurationMs() : null,
                completed == null ? Map.of() : completed.getCounts(),
                marks,
                metadata,
                List.of(),
                null,
                pending == null ? null : pending.getExpectedMembers(),
                false,
                null);
    }

    private static Disposition with(Disposition known, List<OrphanMark> marks) {
        return new Disposition(
                known.getSubject(),
                known.getParent(),
                known.getStatus(),
                known.getAttempt(),
                known.getEnteredAt(),
                known.getFirstOccurredAt(),
                known.getLastOccurredAt(),
                known.getDeadline(),
                known.getDetail(),
                known.getWaitingOn(),
                known.getReason(),
                known.getExternalId(),
                known.getPromisedBy(),
                known.getOutputHash(),
                known.getDurationMs(),
                known.getCounts(),
                marks,
                known.getMetadata(),
                known.getHistory(),
                known.getEndedWithParentAt(),
                known.getExpectedMembers(),
                known.getDeclared(),
                known.getFreshness());
    }

    private static Status status(Object body) {
        if (body instanceof Deferred) {
            return Status.DEFERRED;
        }
        if (body instanceof Pending) {
            return Status.PENDING;
        }
        if (body instanceof Completed) {
            return Status.COMPLETED;
        }
        return body instanceof Failed ? Status.FAILED : Status.OPEN;
    }

    private static Deadline deadline(Object body) {
        Instant due = body instanceof Deferred deferred
                ? deferred.getDueAt()
                : body instanceof Pending pending ? pending.getDueAt() : null;
        return due == null ? null : new Deadline(due, 0L, "dueAt");
    }

    private static Map<String, String> merged(Map<String, String> known, Map<String, String> reported) {
        if (reported.isEmpty() || reported.equals(known)) {
            return known;
        }
        Map<String, String> merged = new HashMap<>(known);
        merged.putAll(reported);
        return merged;
    }

    private static List<OrphanMark> recovered(List<OrphanMark> marks, Instant at) {
        if (marks.isEmpty()) {
            return marks;
        }
        List<OrphanMark> recovered = new ArrayList<>(marks.size());
        for (OrphanMark mark : marks) {
            recovered.add(mark.getRecoveredAt() != null ? mark : recovered(mark, at));
        }
        return recovered;
    }

    private static OrphanMark recovered(OrphanMark mark, Instant at) {
        return new OrphanMark(
                mark.getAttempt(),
                mark.getStatus(),
                mark.getExtension(),
                mark.getReason(),
                mark.getEnteredAt(),
                mark.getStartsAt(),
                mark.getRule(),
                mark.getDetectedAt(),
                at,
                null,
                false);
    }
}
