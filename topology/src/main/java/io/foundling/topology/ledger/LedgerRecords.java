package io.foundling.topology.ledger;

import io.foundling.audit.Attempt;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Entry;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.RecoveryReason;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.AttemptSpan;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.DispositionView;
import io.foundling.topology.lifecycle.Emission;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Freshness;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.RunEnd;
import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.Violation;
import io.foundling.topology.lifecycle.WaitId;
import io.foundling.topology.lifecycle.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Builds the records that the ledger publishes. */
public final class LedgerRecords {

    private LedgerRecords() {}

    public static io.foundling.audit.Disposition disposition(Subject name, PlacedDisposition subject) {
        Disposition state = subject.disposition();
        DispositionView view = subject.view();
        // Not with the builder, which checks each field against the schema: this is done for every event.
        return new io.foundling.audit.Disposition(
                name,
                subject(view.parent()),
                state.status(),
                state.attempt(),
                Instant.ofEpochMilli(view.enteredAtMs()),
                Instant.ofEpochMilli(view.firstOccurredAtMs()),
                Instant.ofEpochMilli(view.lastOccurredAtMs()),
                deadline(view.deadline()),
                text(view.texts().detail()),
                text(view.texts().waitingOn()),
                text(view.texts().reason()),
                text(view.texts().externalId()),
                text(view.texts().promisedBy()),
                text(view.texts().outputHash()),
                number(view.numbers().durationMs()),
                view.numbers().counts(),
                warnings(state),
                metadata(state),
                attempts(view, subject),
                moment(state.retention().endedAtMs()),
                number(subject.expectedMembers()),
                state.isDeclared(),
                subject.freshness().map(LedgerRecords::freshness).orElse(null));
    }

    private static io.foundling.audit.Freshness freshness(Freshness freshness) {
        RunEnd end = freshness.end();
        return new io.foundling.audit.Freshness(
                Instant.ofEpochMilli(freshness.declaration().sinceMs()),
                number(freshness.declaration().maxAgeMs()),
                moment(freshness.activeMs()),
                end.exists() ? new Entry(end.status(), Instant.ofEpochMilli(end.atMs())) : null);
    }

    static OrphanWarning warning(Subject name, PlacedDisposition subject, Warning warning, boolean incomplete) {
        DispositionView view = subject.view();
        WaitId wait = warning.id();
        Deadline deadline = warning.limit().deadline();
        Emission emission = warning.emission();
        return OrphanWarning.newBuilder()
                .setSubject(name)
                .setParent(subject(view.parent()))
                .setAttempt(wait.attempt())
                .setStatus(wait.status())
                .setExtension(wait.extension())
                .setReason(warning.limit().reason())
                .setEnteredAt(Instant.ofEpochMilli(warning.enteredAtMs()))
                .setStartsAt(Instant.ofEpochMilli(deadline.atMs()))
                .setGrace(deadline.graceMs())
                .setRule(deadline.rule())
                .setDetectedAt(Instant.ofEpochMilli(emission.detectedAtMs()))
                .setDetail(text(view.texts().detail()))
                .setWaitingOn(text(warning.waitingOn()))
                .setExternalId(text(view.texts().externalId()))
                .setIncomplete(incomplete)
                .setClock(Instant.ofEpochMilli(emission.clockMs()))
                .setDelay(emission.isKnown() ? emission.delayMs() : null)
                .setLimit(emission.isKnown() ? Instant.ofEpochMilli(emission.dueMs()) : null)
                .setActiveFor(emission.activeMs())
                .setUnknown(warning.unknown())
                .build();
    }

    static io.foundling.audit.Violation violation(AuditEvent event, Violation violation, RecordMetadata position) {
        Subject subject = event.getSubject();
        return io.foundling.audit.Violation.newBuilder()
                .setType(violation.type())
                .setSubject(new Subject(
                        subject.getKind(),
                        shorten(subject.getSource()),
                        shorten(subject.getStage()),
                        shorten(subject.getId())))
                .setAttempt(violation.attempt())
                .setMessage(violation.message())
                .setEventId(event.getEventId())
                .setOccurredAt(event.getOccurredAt())
                .setTopic(position.topic())
                .setPartition(position.partition())
                .setOffset(position.offset())
                .setService(shorten(event.getProducer().getService()))
                .setInstance(shorten(event.getProducer().getInstance()))
                .build();
    }

    private static OrphanMark warning(Warning warning) {
        WaitId wait = warning.id();
        Deadline deadline = warning.limit().deadline();
        return new OrphanMark(
                wait.attempt(),
                wait.status(),
                wait.extension(),
                warning.limit().reason(),
                Instant.ofEpochMilli(warning.enteredAtMs()),
                Instant.ofEpochMilli(deadline.atMs()),
                deadline.rule(),
                Instant.ofEpochMilli(warning.emission().detectedAtMs()),
                moment(warning.recoveredAtMs()),
                warning.restarted() ? RecoveryReason.RESTARTED : null,
                warning.unknown());
    }

    private static io.foundling.audit.Deadline deadline(Deadline deadline) {
        return deadline.exists()
                ? new io.foundling.audit.Deadline(
                        Instant.ofEpochMilli(deadline.atMs()), deadline.graceMs(), deadline.rule())
                : null;
    }

    private static List<OrphanMark> warnings(Disposition state) {
        return state.warnings().isEmpty()
                ? List.of()
                : state.warnings().stream().map(LedgerRecords::warning).toList();
    }

    private static List<Attempt> attempts(DispositionView view, PlacedDisposition subject) {
        List<Attempt> attempts = new ArrayList<>(view.history().size());
        for (AttemptSpan span : view.history()) {
            attempts.add(attempt(span, subject));
        }
        return attempts;
    }

    private static Attempt attempt(AttemptSpan span, PlacedDisposition subject) {
        List<Entry> entries = new ArrayList<>(4);
        for (Fact fact : subject.enteredIn(span.attempt())) {
            entries.add(new Entry(fact.type().status(), Instant.ofEpochMilli(fact.occurredAtMs())));
        }
        return new Attempt(
                span.attempt(),
                span.status(),
                Instant.ofEpochMilli(span.startedAtMs()),
                moment(span.endedAtMs()),
                subject(span.parent()),
                entries);
    }

    private static Map<String, String> metadata(Disposition state) {
        if (state.metadata().values().isEmpty()) {
            return Map.of();
        }
        Map<String, String> metadata = new TreeMap<>();
        state.metadata().values().forEach((key, value) -> metadata.put(key, value.value()));
        return metadata;
    }

    /** A subject that may not be applied can be of any length. */
    private static String shorten(String text) {
        return Texts.truncate(text, SubjectRules.MAX_KEY_BYTES);
    }

    private static Subject subject(String key) {
        return key.isEmpty() ? null : SubjectKey.parse(key);
    }

    private static Instant moment(long ms) {
        return ms == Times.NEVER ? null : Instant.ofEpochMilli(ms);
    }

    private static Long number(long number) {
        return number == Fact.NOT_SAID ? null : number;
    }

    private static String text(String text) {
        return text.isEmpty() ? null : text;
    }
}
