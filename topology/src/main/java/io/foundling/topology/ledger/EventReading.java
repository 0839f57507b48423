package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.audit.ViolationType;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Finding;
import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.store.Entry;
import io.foundling.topology.task.EventResult;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is done with one record of a source topic: decode, check, load, decide, save. What follows waits in the outbox. */
final class EventReading {

    private static final Logger LOG = LoggerFactory.getLogger(EventReading.class);

    private final LedgerTask task;
    private final Deserializer<AuditEvent> deserializer;
    private final Home home;
    private final ViolationCount violations;
    private final Set<DeadLetterReason> reasonsSeen = EnumSet.noneOf(DeadLetterReason.class);
    private boolean failedBefore;

    EventReading(LedgerTask task, Deserializer<AuditEvent> deserializer) {
        this.task = task;
        this.deserializer = deserializer;
        this.home = new Home(task.settings().partitions());
        this.violations = new ViolationCount(task.accounts());
    }

    EventResult read(Record<byte[], byte[]> record, RecordMetadata position) {
        AuditEvent event;
        try {
            event = deserializer.deserialize(position.topic(), record.headers(), record.value());
        } catch (SerializationException unreadable) {
            return deadLetter(record, position, DeadLetterReason.of(unreadable), unreadable.getMessage());
        }
        if (event == null) {
            return deadLetter(
                    record,
                    position,
                    DeadLetterReason.EMPTY_VALUE,
                    "the value is null, expected an audit event; source topics take no tombstones");
        }
        if (event.getSubject().getId().isEmpty()) {
            return countWithoutId(event, position);
        }
        String subjectKey = SubjectKey.of(event.getSubject());
        if (!home.holds(subjectKey, record.key(), position.partition())) {
            return deadLetter(
                    record,
                    position,
                    DeadLetterReason.WRONG_PARTITION,
                    home.misplaced(subjectKey, record.key(), position.partition()));
        }
        return apply(subjectKey, event, record, position);
    }

    private EventResult apply(
            String subjectKey, AuditEvent event, Record<byte[], byte[]> record, RecordMetadata position) {
        boolean stamped = task.settings().logAppendTimeSources().contains(position.topic());
        long appendedAtMs = stamped ? record.timestamp() : task.wallMs();
        long recordMs = record.timestamp() < Intake.EARLIEST_MS ? appendedAtMs : record.timestamp();
        Intake intake = new Intake(task.settings(), event, Math.min(recordMs, appendedAtMs), appendedAtMs);
        Arrival arrival = intake.arrival();
        if (!intake.isApplicable() && subjectKey.length() > Intake.MAX_KEY_BYTES) {
            return violation(event, arrival.findings(), position);
        }
        task.read(appendedAtMs, arrival.late());
        if (intake.isApplicable()) {
            task.dropped().read(event, appendedAtMs);
        }
        Entry before = task.store().load(subjectKey);
        Decision decision;
        try {
            decision = task.lifecycle()
                    .onEvent(
                            before.state(),
                            arrival,
                            task.moment(),
                            task.settle().parents());
        } catch (KafkaException storeFailure) {
            throw storeFailure;
        } catch (RuntimeException failure) {
            LOG.atLevel(failedBefore ? Level.DEBUG : Level.WARN)
                    .setCause(failure)
                    .log("the rules failed on an event; it and those that follow are counted as dead letters");
            failedBefore = true;
            return deadLetter(
                    record, position, DeadLetterReason.PROCESSING_FAILED, "the rules failed on this event: " + failure);
        }
        task.outbox().add(event, decision.findings(), position);
        violations.add(event, decision.findings(), task.wallMs());
        if (decision.changed()) {
            task.outbox().add(subjectKey, decision);
            task.store()
                    .save(
                            subjectKey,
                            LedgerTask.tallyKey(event.getSubject()),
                            before,
                            decision.state(),
                            decision.dueMs());
            task.settle().follow(subjectKey, before, decision);
        }
        task.report(decision);
        return result(intake.isApplicable(), decision, before);
    }

    private static EventResult result(boolean applicable, Decision decision, Entry before) {
        if (!applicable) {
            return EventResult.VIOLATION;
        }
        boolean same = decision.state().facts().equals(before.state().facts())
                && decision.state().metadata().equals(before.state().metadata());
        return same ? EventResult.DUPLICATE : EventResult.APPLIED;
    }

    private EventResult countWithoutId(AuditEvent event, RecordMetadata position) {
        Subject subject = event.getSubject();
        Optional<Finding> invalid = Intake.invalid(subject);
        if (invalid.isPresent()) {
            return violation(event, List.of(invalid.get()), position);
        }
        String body = event.getBody().getClass().getSimpleName();
        task.store().countWithoutId(subject.getSource(), subject.getStage(), body);
        task.listener().withoutId(subject.getSource(), subject.getStage(), body);
        violation(
                event,
                List.of(new Finding(
                        ViolationType.MISSING_ID,
                        0,
                        "the subject of this " + body
                                + " has no id; expected one; it is counted and has no disposition")),
                position);
        return EventResult.WITHOUT_ID;
    }

    private EventResult violation(AuditEvent event, List<Finding> findings, RecordMetadata position) {
        task.outbox().add(event, findings, position);
        violations.add(event, findings, task.wallMs());
        findings.forEach(finding -> task.listener().violation(finding.type()));
        return EventResult.VIOLATION;
    }

    private EventResult deadLetter(
            Record<byte[], byte[]> record, RecordMetadata position, DeadLetterReason reason, String message) {
        if (reasonsSeen.add(reason)) {
            LOG.warn(
                    "first dead letter {} of this task, from {}-{} at offset {}; those that follow are only counted: {}",
                    reason,
                    position.topic(),
                    position.partition(),
                    position.offset(),
                    Texts.truncate(String.valueOf(message), Outbox.MAX_MESSAGE_BYTES));
        }
        task.outbox().addDeadLetter(record, position, reason, message);
        task.listener().deadLetter(reason.name());
        return EventResult.DEAD_LETTER;
    }
}
