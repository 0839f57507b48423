package io.foundling.console.model;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deadline;
import io.foundling.audit.Disposition;
import io.foundling.audit.Erased;
import io.foundling.audit.Opened;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Producer;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Origin;
import io.foundling.schemas.GeneratedClasses;
import io.foundling.schemas.SubjectKey;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/** Records and positions for tests. */
public final class ModelRecords {

    public static final String TOPIC = "audit.topic";
    public static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    static {
        GeneratedClasses.trust();
    }

    private ModelRecords() {}

    public static Subject subject(String id) {
        return new Subject(SubjectKind.RECORD, "university", "declaration", id);
    }

    public static String key(String id) {
        return SubjectKey.of(subject(id));
    }

    public static Disposition disposition(String id, Status status) {
        return Disposition.newBuilder()
                .setSubject(subject(id))
                .setParent(new Subject(SubjectKind.BATCH, "university", "declaration", "b1"))
                .setStatus(status)
                .setAttempt(1)
                .setEnteredAt(NOON)
                .setFirstOccurredAt(NOON)
                .setLastOccurredAt(NOON)
                .setDeadline(new Deadline(NOON.plusSeconds(60), 5_000L, "dueAt"))
                .build();
    }

    public static OrphanWarning warning(String id, Instant startsAt) {
        return OrphanWarning.newBuilder()
                .setSubject(subject(id))
                .setAttempt(1)
                .setStatus(Status.DEFERRED)
                .setReason(OrphanReason.DEADLINE_PASSED)
                .setEnteredAt(NOON)
                .setStartsAt(startsAt)
                .setGrace(0)
                .setRule("dueAt")
                .setDetectedAt(startsAt)
                .build();
    }

    public static AuditEvent event(String id, Object body) {
        return AuditEvent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setSubject(subject(id))
                .setOccurredAt(NOON)
                .setProducer(new Producer("enrolment", "enrolment-1", "1", 0L))
                .setBody(body)
                .build();
    }

    public static AuditEvent opened(String id) {
        return event(id, new Opened());
    }

    public static AuditEvent erased(String id) {
        return event(id, new Erased("asked to", "clerk"));
    }

    public static Violation violation(String id) {
        return Violation.newBuilder()
                .setType(ViolationType.TOO_LATE)
                .setSubject(subject(id))
                .setAttempt(1)
                .setMessage("too late")
                .setEventId(UUID.randomUUID())
                .setOccurredAt(NOON)
                .setTopic("audit.events")
                .setPartition(0)
                .setOffset(0L)
                .setService("enrolment")
                .setInstance("enrolment-1")
                .build();
    }

    /** Returns the position of a partition that was read up to an offset, and has caught up. */
    public static Position position(int partition, int generation, long nextOffset) {
        return new Position(new TopicPartition(TOPIC, partition), "topic-id", generation, nextOffset, 0, true, 0, 0);
    }

    /** Returns a record that was read where the position is, or later. */
    public static <T> Entry<T> entry(Position at, long offset, long writtenMs, String key, T value) {
        return new Entry<>(new Origin(at.topic(), at.partition(), at.generation(), offset, writtenMs), key, value);
    }
}
