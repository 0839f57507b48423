package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Closure;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.RecoveryReason;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountCodec;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Violation;
import io.foundling.topology.lifecycle.Warning;
import io.foundling.topology.lifecycle.WarningChange;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.parent.ClosureOutput;
import io.foundling.topology.reconciliation.ReconciliationOutput;
import io.foundling.topology.silence.HeardNote;
import io.foundling.topology.silence.SilenceOutput;
import io.foundling.topology.task.DeadLetterRecord;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.OutgoingRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** What the ledger is about to publish: builds the records of each topic. {@link OutgoingRecords} checks and sends them. */
final class Outbox implements ClosureOutput, ReconciliationOutput, SilenceOutput {

    private final ProcessorContext<byte[], byte[]> context;
    private final OutgoingRecords outgoing;
    private final DroppedEvents dropped;
    private final LedgerListener listener;
    private final AccountCodec accounts = new AccountCodec();
    private final String dispositions;
    private final String orphans;
    private final String violations;
    private final String closures;
    private final String expectations;
    private final String clocks;
    private final String reconciliations;

    Outbox(
            ProcessorContext<byte[], byte[]> context,
            TopicPrefix prefix,
            Serializer<SpecificRecord> serializer,
            DroppedEvents dropped,
            LedgerListener listener) {
        this.context = context;
        this.outgoing = new OutgoingRecords(context, serializer);
        this.dropped = dropped;
        this.listener = listener;
        dispositions = prefix.name(TopicNames.DISPOSITIONS);
        orphans = prefix.name(TopicNames.ORPHANS);
        violations = prefix.name(TopicNames.VIOLATIONS);
        closures = prefix.name(TopicNames.CLOSURES);
        expectations = prefix.name(TopicNames.EXPECTATIONS);
        clocks = prefix.name(TopicNames.CLOCKS);
        reconciliations = prefix.name(TopicNames.RECONCILIATIONS);
    }

    /**
     * Adds what a decision publishes about a subject.
     *
     * @param name the subject that the key names
     */
    void add(String subjectKey, Subject name, Decision decision) {
        byte[] key = subjectKey.getBytes(StandardCharsets.UTF_8);
        PlacedDisposition subject = decision.after();
        if (decision.outputs().disposition()) {
            byte[] value = outgoing.encode(dispositions, LedgerRecords.disposition(name, subject));
            outgoing.add(Nodes.DISPOSITIONS, key, value, List.of());
        }
        if (decision.outputs().tombstone()) {
            outgoing.add(Nodes.DISPOSITIONS, key, null, List.of());
        }
        boolean tombstoneIsLast = false;
        for (WarningChange change : decision.outputs().warnings()) {
            tombstoneIsLast = add(name, key, subject, change);
        }
        if (tombstoneIsLast) {
            addActiveWarning(name, key, subject);
        }
    }

    /** Adds what takes away everything that is published about a subject: its disposition and its active warnings. */
    void addTombstones(String subjectKey, Disposition state) {
        if (state.isKnown() && !state.isRemoved()) {
            outgoing.add(Nodes.DISPOSITIONS, subjectKey, null);
        }
        byte[] key = subjectKey.getBytes(StandardCharsets.UTF_8);
        for (Warning warning : state.warnings()) {
            if (warning.isActive()) {
                outgoing.add(Nodes.ORPHANS, key, null, warningHeaders(WarningChange.Kind.RECOVERED, warning));
            }
        }
    }

    /** Adds what takes away everything that may be published about a subject of which nothing is known any more. */
    void addTombstones(String subjectKey) {
        outgoing.add(Nodes.DISPOSITIONS, subjectKey, null);
        outgoing.add(
                Nodes.ORPHANS,
                subjectKey.getBytes(StandardCharsets.UTF_8),
                null,
                List.of(OutgoingRecords.header(Headers.CHANGE, change(WarningChange.Kind.WITHDRAWN))));
    }

    /** Adds a change of a warning, and says whether that is a tombstone. */
    private boolean add(Subject name, byte[] key, PlacedDisposition subject, WarningChange change) {
        boolean tombstone = switch (change.kind()) {
            case EMITTED, UPDATED, REMINDED -> false;
            case RECOVERED, WITHDRAWN -> true;
        };
        byte[] value = tombstone ? null : encode(name, subject, change.warning());
        outgoing.add(Nodes.ORPHANS, key, value, warningHeaders(change.kind(), change.warning()));
        return tombstone;
    }

    /** A tombstone for one warning must not hide another that is active (rule T17). */
    private void addActiveWarning(Subject name, byte[] key, PlacedDisposition subject) {
        subject.disposition()
                .activeWarning()
                .ifPresent(warning -> outgoing.add(
                        Nodes.ORPHANS,
                        key,
                        encode(name, subject, warning),
                        warningHeaders(WarningChange.Kind.UPDATED, warning)));
    }

    private byte[] encode(Subject name, PlacedDisposition subject, Warning warning) {
        boolean incomplete = dropped.isIncomplete(name.getSource(), context.currentSystemTimeMs());
        return outgoing.encode(orphans, LedgerRecords.warning(name, subject, warning, incomplete));
    }

    private static String change(WarningChange.Kind kind) {
        return switch (kind) {
            case EMITTED -> "ORPHANED";
            case UPDATED -> "UPDATED";
            case REMINDED -> "REMINDER";
            case RECOVERED -> "RECOVERY";
            case WITHDRAWN -> "WITHDRAWAL";
        };
    }

    private static List<Header> warningHeaders(WarningChange.Kind kind, Warning warning) {
        List<Header> headers = new ArrayList<>(4);
        headers.add(OutgoingRecords.header(Headers.CHANGE, change(kind)));
        headers.add(OutgoingRecords.header(
                Headers.ATTEMPT, Integer.toString(warning.id().attempt())));
        headers.add(OutgoingRecords.header(Headers.STATUS, warning.id().status().name()));
        if (kind == WarningChange.Kind.RECOVERED && warning.restarted()) {
            headers.add(OutgoingRecords.header(Headers.RECOVERY, RecoveryReason.RESTARTED.name()));
        }
        return headers;
    }

    /** Adds the violations of an event. */
    void add(AuditEvent event, List<Violation> violations, RecordMetadata position) {
        for (Violation each : violations) {
            io.foundling.audit.Violation violation = LedgerRecords.violation(event, each, position);
            byte[] value = outgoing.encode(this.violations, violation);
            outgoing.add(Nodes.VIOLATIONS, SubjectKey.of(violation.getSubject()), value);
        }
    }

    @Override
    public void send(Closure closure) {
        byte[] value = outgoing.encode(closures, closure);
        outgoing.add(Nodes.CLOSURES, SubjectKey.of(closure.getParent()), value);
        listener.closureSent();
    }

    /** Adds what an expectation expects. */
    void addExpected(AuditEvent expected, long knownAtMs) {
        outgoing.add(
                Nodes.EXPECTATIONS,
                SubjectKey.of(expected.getSubject()).getBytes(StandardCharsets.UTF_8),
                outgoing.encode(expectations, expected),
                List.of(OutgoingRecords.header(Headers.KNOWN_SINCE, Long.toString(knownAtMs))));
        listener.expectedSent();
    }

    /** Adds that an Expected is revoked. */
    void addRevoked(String expectedKey, UUID eventId) {
        outgoing.add(
                Nodes.EXPECTATIONS,
                expectedKey.getBytes(StandardCharsets.UTF_8),
                null,
                List.of(OutgoingRecords.header(Headers.REVOKES, eventId.toString())));
        listener.expectedRevoked();
    }

    @Override
    public void name(String parentKey, boolean named) {
        note(parentKey, named ? Headers.NAMED_BY : Headers.RELEASED_BY);
    }

    @Override
    public void ask(String parentKey) {
        note(parentKey, Headers.ASKED_BY);
    }

    private void note(String parentKey, String header) {
        outgoing.add(
                Nodes.PARENT_NOTES,
                parentKey.getBytes(StandardCharsets.UTF_8),
                null,
                List.of(OutgoingRecords.header(header, partition())));
    }

    @Override
    public void answer(long sentThroughMs) {
        String partition = partition();
        outgoing.add(
                Nodes.CLOSURES,
                partition.getBytes(StandardCharsets.UTF_8),
                null,
                List.of(
                        OutgoingRecords.header(Headers.SENT_BY, partition),
                        OutgoingRecords.header(Headers.SENT_THROUGH, Long.toString(sentThroughMs))));
    }

    @Override
    public void send(HeardNote note) {
        String partition = partition();
        List<Header> headers = new ArrayList<>(note.lines().size() + 3);
        headers.add(OutgoingRecords.header(Headers.HEARD_BY, partition));
        note.lines().forEach(line -> headers.add(OutgoingRecords.header(Headers.HEARD, line.text())));
        note.watched().ifPresent(watched -> {
            headers.add(OutgoingRecords.header(Headers.HEARD_THROUGH, Long.toString(watched.throughMs())));
            headers.add(OutgoingRecords.header(Headers.HEARD_SINCE, Long.toString(watched.sinceMs())));
        });
        outgoing.add(Nodes.CLOSURES, partition.getBytes(StandardCharsets.UTF_8), null, headers);
    }

    @Override
    public void silent(String source, boolean isSilent) {
        listener.silent(context.taskId().toString(), source, isSilent);
    }

    private String partition() {
        return Integer.toString(context.taskId().partition());
    }

    @Override
    public void send(String key, Reconciliation result) {
        outgoing.add(Nodes.RECONCILIATIONS, key, result == null ? null : outgoing.encode(reconciliations, result));
    }

    /** Adds a report about a clock; null is a tombstone. */
    void add(String key, ClockReport report) {
        outgoing.add(Nodes.CLOCKS, key, report == null ? null : outgoing.encode(clocks, report));
    }

    /** Adds the account of a group. */
    void add(Account account) {
        outgoing.add(Nodes.ACCOUNTS_SENT, account.group(), accounts.encode(account));
    }

    /** Adds a record as it was received, with the reason why it could not be processed. */
    void addDeadLetter(
            Record<byte[], byte[]> received, RecordMetadata position, DeadLetterReason reason, String message) {
        DeadLetterRecord letter = DeadLetterRecord.of(received, position, reason.name(), message);
        outgoing.add(Nodes.DEAD_LETTERS, letter.key(), letter.value(), letter.headers());
    }

    /** Sends everything and is empty again. */
    void send() {
        outgoing.send();
    }
}
