package io.foundling.topology.ledger;

import io.foundling.audit.Attempt;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deadline;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Subject;
import io.foundling.audit.Violation;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.AttemptSpan;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Finding;
import io.foundling.topology.lifecycle.Mark;
import io.foundling.topology.lifecycle.SubjectState;
import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.lifecycle.View;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Builds the records that the ledger publishes. */
final class Published {

    private Published() {}

    static Disposition disposition(String subjectKey, SubjectState state) {
        View view = View.of(state);
        return Disposition.newBuilder()
                .setSubject(SubjectKey.parse(subjectKey))
                .setParent(subject(view.parent()))
                .setStatus(state.status())
                .setAttempt(state.attempt())
                .setEnteredAt(Instant.ofEpochMilli(view.enteredAtMs()))
                .setFirstOccurredAt(Instant.ofEpochMilli(view.firstOccurredAtMs()))
                .setLastOccurredAt(Instant.ofEpochMilli(view.lastOccurredAtMs()))
                .setDeadline(
                        view.deadlineMs() == Fact.NEVER
                                ? null
                                : new Deadline(Instant.ofEpochMilli(view.deadlineMs()), view.graceMs(), view.rule()))
                .setDetail(text(view.detail()))
                .setWaitingOn(text(view.waitingOn()))
                .setReason(text(view.reason()))
                .setExternalId(text(view.externalId()))
                .setMarks(state.marks().stream().map(Published::mark).toList())
                .setMetadata(metadata(state))
                .setHistory(view.history().stream().map(Published::attempt).toList())
                .build();
    }

    static OrphanWarning warning(String subjectKey, SubjectState state, Mark mark, boolean incomplete) {
        View view = View.of(state);
        return OrphanWarning.newBuilder()
                .setSubject(SubjectKey.parse(subjectKey))
                .setParent(subject(view.parent()))
                .setAttempt(mark.attempt())
                .setStatus(mark.status())
                .setExtension(mark.extension())
                .setReason(mark.reason())
                .setEnteredAt(Instant.ofEpochMilli(mark.enteredAtMs()))
                .setStartsAt(Instant.ofEpochMilli(mark.startsAtMs()))
                .setGrace(mark.graceMs())
                .setRule(mark.rule())
                .setDetectedAt(Instant.ofEpochMilli(mark.detectedAtMs()))
                .setDetail(text(view.detail()))
                .setWaitingOn(text(mark.waitingOn()))
                .setExternalId(text(view.externalId()))
                .setIncomplete(incomplete)
                .build();
    }

    static Violation violation(AuditEvent event, Finding finding, RecordMetadata position) {
        Subject subject = event.getSubject();
        return Violation.newBuilder()
                .setType(finding.type())
                .setSubject(new Subject(
                        subject.getKind(),
                        shorten(subject.getSource()),
                        shorten(subject.getStage()),
                        shorten(subject.getId())))
                .setAttempt(finding.attempt())
                .setMessage(finding.message())
                .setEventId(event.getEventId())
                .setOccurredAt(event.getOccurredAt())
                .setTopic(position.topic())
                .setPartition(position.partition())
                .setOffset(position.offset())
                .setService(shorten(event.getProducer().getService()))
                .setInstance(shorten(event.getProducer().getInstance()))
                .build();
    }

    private static OrphanMark mark(Mark mark) {
        return new OrphanMark(
                mark.attempt(),
                mark.status(),
                mark.extension(),
                mark.reason(),
                Instant.ofEpochMilli(mark.enteredAtMs()),
                Instant.ofEpochMilli(mark.startsAtMs()),
                mark.rule(),
                Instant.ofEpochMilli(mark.detectedAtMs()),
                moment(mark.recoveredAtMs()));
    }

    private static Attempt attempt(AttemptSpan span) {
        return new Attempt(
                span.attempt(), span.status(), Instant.ofEpochMilli(span.startedAtMs()), moment(span.endedAtMs()));
    }

    private static Map<String, String> metadata(SubjectState state) {
        Map<String, String> metadata = new TreeMap<>();
        state.metadata().values().forEach((key, value) -> metadata.put(key, value.value()));
        return metadata;
    }

    /** A subject that may not be applied can be of any length. */
    private static String shorten(String text) {
        return Texts.truncate(text, Intake.MAX_KEY_BYTES);
    }

    private static Subject subject(String key) {
        return key.isEmpty() ? null : SubjectKey.parse(key);
    }

    private static Instant moment(long ms) {
        return ms == Fact.NEVER ? null : Instant.ofEpochMilli(ms);
    }

    private static String text(String text) {
        return text.isEmpty() ? null : text;
    }
}
