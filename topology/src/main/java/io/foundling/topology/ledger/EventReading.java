package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Erased;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.reconciliation.Reconciliations;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.silence.Silences;
import io.foundling.topology.store.Erasure;
import io.foundling.topology.store.LedgerEntry;
import io.foundling.topology.task.EventResult;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.SubjectPartition;
import io.foundling.topology.task.TaskClock;
import io.foundling.topology.volume.Volumes;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Deals with one record of a source topic: decodes and checks it, and sends its subject down the {@link SubjectPath}.
 */
final class EventReading {

    private final LedgerSettings settings;
    private final TaskClock clock;
    private final Deserializer<AuditEvent> deserializer;
    private final SourceDelays delays;
    private final ClockReports reports;
    private final Silences silences;
    private final long maxLateHoldMs;
    private final DroppedEvents dropped;
    private final TaskPolicies policies;
    private final SubjectPath path;
    private final Erasing erasing;
    private final Reconciliations reconciliations;
    private final Volumes volumes;
    private final ViolationReports violations;
    private final DeadLetters deadLetters;
    private final SubjectPartition partition;

    EventReading(
            LedgerSettings settings,
            TaskClock clock,
            Deserializer<AuditEvent> deserializer,
            SourceDelays delays,
            ClockReports reports,
            Silences silences,
            DroppedEvents dropped,
            TaskPolicies policies,
            SubjectPath path,
            Erasing erasing,
            Reconciliations reconciliations,
            Volumes volumes,
            ViolationReports violations,
            DeadLetters deadLetters) {
        this.settings = settings;
        this.clock = clock;
        this.deserializer = deserializer;
        this.delays = delays;
        this.reports = reports;
        this.silences = silences;
        maxLateHoldMs = Times.ms(settings.lateEvents().maxHold());
        this.dropped = dropped;
        this.policies = policies;
        this.path = path;
        this.erasing = erasing;
        this.reconciliations = reconciliations;
        this.volumes = volumes;
        this.violations = violations;
        this.deadLetters = deadLetters;
        this.partition = new SubjectPartition(settings.topics().partitions());
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
            return violations.addWithoutId(event, position);
        }
        String subjectKey = SubjectKey.of(event.getSubject());
        if (!partition.holds(subjectKey, record.key(), position.partition())) {
            return deadLetter(
                    record,
                    position,
                    DeadLetterReason.WRONG_PARTITION,
                    partition.misplaced(subjectKey, record.key(), position.partition()));
        }
        try {
            return apply(subjectKey, event, record, position);
        } catch (RulesFailure failure) {
            deadLetters.add(record, position, failure);
            return EventResult.DEAD_LETTER;
        }
    }

    private EventResult apply(
            String subjectKey, AuditEvent event, Record<byte[], byte[]> record, RecordMetadata position) {
        boolean stamped = settings.topics().withAppendTime().contains(position.topic());
        long appendedAtMs = stamped ? record.timestamp() : clock.wallMs();
        long recordMs = record.timestamp() < EventTranslation.EARLIEST_MS ? appendedAtMs : record.timestamp();
        EventTranslation translation = RulesFailure.guard(() -> new EventTranslation(
                settings, policies.deadlines(), event, Math.min(recordMs, appendedAtMs), appendedAtMs));
        Arrival arrival = translation.arrival();
        if (!translation.isApplicable() && subjectKey.length() > SubjectRules.MAX_KEY_BYTES) {
            violations.add(event, arrival.violations(), position);
            return EventResult.VIOLATION;
        }
        String source = event.getSubject().getSource();
        if (translation.isApplicable()) {
            reports.read(source);
            hear(event, source, Math.min(appendedAtMs, clock.wallMs()), arrival.latenessMs());
        }
        Delay delay = translation.isApplicable()
                ? delays.with(source, appendedAtMs, arrival.latenessMs())
                : delays.of(source);
        LedgerEntry stored = path.load(subjectKey);
        Optional<Erasure> erasure = erasing.of(subjectKey, stored);
        if (erasure.isPresent()) {
            erasing.read(subjectKey, erasure.get(), arrival);
            readDropped(event, translation, arrival.occurredAtMs(), appendedAtMs);
            return EventResult.DUPLICATE;
        }
        if (translation.isApplicable() && event.getBody() instanceof Erased) {
            erasing.erase(subjectKey, stored, arrival.occurredAtMs());
            readDropped(event, translation, arrival.occurredAtMs(), appendedAtMs);
            return EventResult.APPLIED;
        }
        LedgerEntry before = path.recalled(subjectKey, stored);
        Decision decision = path.decide(subjectKey, before, arrival, delay);
        readDropped(event, translation, arrival.occurredAtMs(), appendedAtMs);
        violations.add(event, decision.outputs().violations(), position);
        // A duplicate costs one read.
        if (decision.changed()) {
            path.apply(subjectKey, before, decision);
        }
        boolean isResult = translation.reconciled().isPresent()
                && reconciliations.read(
                        subjectKey, translation.reconciled().get(), arrival.eventId(), arrival.occurredAtMs());
        volumes.follow(
                subjectKey, arrival.fact(), decision, translation.ofRuns().volume());
        EventResult result = result(translation.isApplicable(), decision, isResult);
        if (result == EventResult.APPLIED) {
            delays.remember(source, appendedAtMs, arrival.latenessMs());
        }
        return result;
    }

    /** Before the decision on its subject: a source that reports again is not silent any more. */
    private void hear(AuditEvent event, String source, long atMs, long latenessMs) {
        if (Body.of(event.getBody()).isFromItsSource() && latenessMs <= maxLateHoldMs) {
            silences.heard(source, atMs, latenessMs);
        }
    }

    /** Only once the rules have not failed: of a dead letter, nothing is applied. */
    private void readDropped(AuditEvent event, EventTranslation translation, long occurredAtMs, long appendedAtMs) {
        if (translation.isApplicable()) {
            dropped.read(event, occurredAtMs, appendedAtMs);
        }
    }

    private static EventResult result(boolean applicable, Decision decision, boolean isResult) {
        if (!applicable) {
            return EventResult.VIOLATION;
        }
        Disposition before = decision.before().disposition();
        boolean same = !decision.changesFacts() && decision.state().metadata().equals(before.metadata());
        return same && !isResult ? EventResult.DUPLICATE : EventResult.APPLIED;
    }

    private EventResult deadLetter(
            Record<byte[], byte[]> record, RecordMetadata position, DeadLetterReason reason, String message) {
        deadLetters.add(record, position, reason, message);
        return EventResult.DEAD_LETTER;
    }
}
