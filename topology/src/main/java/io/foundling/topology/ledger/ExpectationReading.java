package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Expected;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.ExpectedId;
import io.foundling.topology.names.Headers;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.Erasure;
import io.foundling.topology.store.LedgerEntry;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.SubjectPartition;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one record of audit.expectations: an Expected that the ledger sent for an expectation, or that it is revoked
 * (rules E4 and E5). It is no event of a source, so that it changes no delay and no figure of one.
 */
public final class ExpectationReading {

    private static final Logger LOG = LoggerFactory.getLogger(ExpectationReading.class);

    private final LedgerSettings settings;
    private final Deserializer<AuditEvent> deserializer;
    private final SourceDelays delays;
    private final TaskPolicies policies;
    private final SubjectPath path;
    private final Erasing erasing;
    private final ViolationReports violations;
    private final DeadLetters deadLetters;
    private final LedgerListener listener;
    private final SubjectPartition partition;
    private boolean hasLeftOut;

    ExpectationReading(
            LedgerSettings settings,
            Deserializer<AuditEvent> deserializer,
            SourceDelays delays,
            TaskPolicies policies,
            SubjectPath path,
            Erasing erasing,
            ViolationReports violations,
            DeadLetters deadLetters,
            LedgerListener listener) {
        this.settings = settings;
        this.deserializer = deserializer;
        this.delays = delays;
        this.policies = policies;
        this.path = path;
        this.erasing = erasing;
        this.violations = violations;
        this.deadLetters = deadLetters;
        this.listener = listener;
        this.partition = new SubjectPartition(settings.topics().partitions());
    }

    /** Takes other expectations into account: one that is not among them is news. */
    void follow() {
        hasLeftOut = false;
    }

    void read(Record<byte[], byte[]> record, RecordMetadata position) {
        try {
            if (record.value() == null) {
                readRevoked(record, position);
            } else {
                readExpected(record, position);
            }
        } catch (SerializationException unreadable) {
            deadLetters.add(record, position, DeadLetterReason.of(unreadable), unreadable.getMessage());
        } catch (RulesFailure failure) {
            deadLetters.add(record, position, failure);
        }
    }

    private void readExpected(Record<byte[], byte[]> record, RecordMetadata position) {
        AuditEvent event = deserializer.deserialize(position.topic(), record.headers(), record.value());
        String subjectKey = SubjectKey.of(event.getSubject());
        if (!partition.holds(subjectKey, record.key(), position.partition())) {
            String misplaced = partition.misplaced(subjectKey, record.key(), position.partition());
            deadLetters.add(record, position, DeadLetterReason.WRONG_PARTITION, misplaced);
        } else if (!isOfLedger(event)) {
            deadLetters.add(
                    record,
                    position,
                    DeadLetterReason.UNREADABLE_VALUE,
                    "the event " + event.getEventId() + " is none that this ledger sent for an expectation; expected"
                            + " an Expected with the eventId that follows from its reason, promisedBy and occurredAt,"
                            + " because only the ledger writes this topic");
        } else {
            apply(subjectKey, event, record, position);
        }
    }

    /** Anybody can write to a topic. */
    public static boolean isOfLedger(AuditEvent event) {
        return event.getBody() instanceof Expected expected
                && expected.getReason() != null
                && expected.getPromisedBy() != null
                && event.getEventId()
                        .equals(ExpectedId.of(
                                expected.getReason(),
                                expected.getPromisedBy(),
                                event.getOccurredAt().toEpochMilli()));
    }

    private void apply(String subjectKey, AuditEvent event, Record<byte[], byte[]> record, RecordMetadata position) {
        String expectation = ((Expected) event.getBody()).getReason();
        long knownAtMs = knownAtMs(record, event.getOccurredAt().toEpochMilli());
        Optional<Deadline> deadline = policies.deadlines().ofExpectation(expectation, event.getSubject(), knownAtMs);
        if (deadline.isEmpty()) {
            leaveOut(expectation, subjectKey);
            return;
        }
        EventTranslation translation = RulesFailure.guard(
                () -> new EventTranslation(settings, policies.deadlines(), event, record.timestamp(), knownAtMs));
        Arrival arrival = translation.arrival().under(deadline.get());
        if (!translation.isApplicable()) {
            violations.add(event, arrival.violations(), position);
            return;
        }
        LedgerEntry stored = path.load(subjectKey);
        Optional<Erasure> erasure = erasing.of(subjectKey, stored);
        if (erasure.isPresent()) {
            erasing.read(subjectKey, erasure.get(), arrival);
            return;
        }
        LedgerEntry before = path.recalled(subjectKey, stored);
        Decision decision = path.decide(
                subjectKey, before, arrival, delays.of(event.getSubject().getSource()));
        violations.add(event, decision.outputs().violations(), position);
        if (decision.changed()) {
            path.apply(subjectKey, before, decision);
        }
    }

    /** Instances whose configurations differ, as during a rolling change, expect different things. */
    private void leaveOut(String expectation, String subjectKey) {
        listener.expectedLeftOut();
        if (!hasLeftOut) {
            hasLeftOut = true;
            LOG.warn(
                    "left out that expectation '{}' expects {}: no policy of this instance has that name; give all"
                            + " instances the same policies. Further ones are only counted",
                    expectation,
                    subjectKey);
        }
    }

    /** Ignores a record that is not valid. */
    private void readRevoked(Record<byte[], byte[]> record, RecordMetadata position) {
        Optional<UUID> eventId = revokes(record);
        if (eventId.isEmpty() || record.key() == null) {
            return;
        }
        String subjectKey = new String(record.key(), StandardCharsets.UTF_8);
        if (!ClosureReading.isSubjectKey(subjectKey)
                || !partition.holds(subjectKey, record.key(), position.partition())) {
            return;
        }
        LedgerEntry before = path.load(subjectKey);
        Decision decision = path.decideRevoked(subjectKey, before, eventId.get());
        if (decision.changed()) {
            path.apply(subjectKey, before, decision);
        }
    }

    /** Returns since when the cause could be known: since it happened, if the record does not say, and not later than now. */
    private static long knownAtMs(Record<byte[], byte[]> record, long causedAtMs) {
        try {
            return header(record, Headers.KNOWN_SINCE)
                    .map(text -> Math.min(Long.parseLong(text), record.timestamp()))
                    .map(knownAtMs -> Math.max(knownAtMs, causedAtMs))
                    .orElse(causedAtMs);
        } catch (NumberFormatException none) {
            return causedAtMs;
        }
    }

    private static Optional<UUID> revokes(Record<byte[], byte[]> record) {
        try {
            return header(record, Headers.REVOKES).map(UUID::fromString);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(Record<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
