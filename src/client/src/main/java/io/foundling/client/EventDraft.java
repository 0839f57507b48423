package io.foundling.client;

import io.foundling.audit.Annotated;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Deferred;
import io.foundling.audit.Erased;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Retired;
import io.foundling.audit.Skipped;
import io.foundling.audit.Subject;
import io.foundling.client.internal.event.EventRules;
import io.foundling.client.internal.event.EventSource;
import io.foundling.client.internal.event.FreeText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * An audit event that is not recorded yet. Calls such as {@link #parent} and {@link #detail} return a new draft; calls
 * such as {@link #opened} and {@link #completed} record the event. A draft is immutable and can be used for several
 * events. An event without {@link #occurredAt} gets the time of the recording call.
 */
public final class EventDraft {

    /** Records finished events. {@link AuditRecorder#record} has no parameter for urgent events. */
    @FunctionalInterface
    interface Destination {

        /** @param urgent whether the event must not wait for others */
        CompletionStage<Ticket> accept(AuditEvent event, boolean urgent);
    }

    private final EventSource source;
    private final Destination destination;
    private final Subject subject;
    private final Subject parent;
    private final Integer attempt;
    private final Instant occurredAt;
    private final String detail;
    private final Map<String, String> metadata;
    private final String traceparent;
    private final boolean urgent;

    EventDraft(EventSource source, Destination destination, Subject subject) {
        this(source, destination, subject, null, null, null, null, Map.of(), null, false);
    }

    private EventDraft(
            EventSource source,
            Destination destination,
            Subject subject,
            Subject parent,
            Integer attempt,
            Instant occurredAt,
            String detail,
            Map<String, String> metadata,
            String traceparent,
            boolean urgent) {
        this.source = source;
        this.destination = destination;
        this.subject = subject;
        this.parent = parent;
        this.attempt = attempt;
        this.occurredAt = occurredAt;
        this.detail = detail;
        this.metadata = metadata;
        this.traceparent = traceparent;
        this.urgent = urgent;
    }

    /** Names the subject that contains this one, such as the batch of a record: a BATCH, EXPORT, SCOPE or OPERATION. */
    public EventDraft parent(Subject parent) {
        return new EventDraft(
                source, destination, subject, parent, attempt, occurredAt, detail, metadata, traceparent, urgent);
    }

    /** Numbers the attempt, from 1 to 10,000. Without a number the ledger finds the attempt by the order of times. */
    public EventDraft attempt(int attempt) {
        return new EventDraft(
                source, destination, subject, parent, attempt, occurredAt, detail, metadata, traceparent, urgent);
    }

    /** Sets when the fact happened, if that was before the recording call. */
    public EventDraft occurredAt(Instant occurredAt) {
        return new EventDraft(
                source, destination, subject, parent, attempt, occurredAt, detail, metadata, traceparent, urgent);
    }

    /** Adds free text such as the target date. */
    public EventDraft detail(String detail) {
        return new EventDraft(
                source, destination, subject, parent, attempt, occurredAt, detail, metadata, traceparent, urgent);
    }

    /** Adds an entry to the metadata of the subject. */
    public EventDraft metadata(String key, String value) {
        EventRules.present("metadata key", key);
        return metadata(Map.of(key, EventRules.present("metadata[" + key + "]", value)));
    }

    /** Adds entries to the metadata of the subject. */
    public EventDraft metadata(Map<String, String> entries) {
        EventRules.entries("metadata", entries);
        Map<String, String> more = entries;
        if (!metadata.isEmpty()) {
            more = new HashMap<>(metadata);
            more.putAll(entries);
        }
        return new EventDraft(
                source,
                destination,
                subject,
                parent,
                attempt,
                occurredAt,
                detail,
                Map.copyOf(more),
                traceparent,
                urgent);
    }

    /** Sets the W3C trace context; the default is that of the current OpenTelemetry span. */
    public EventDraft traceparent(String traceparent) {
        return new EventDraft(
                source, destination, subject, parent, attempt, occurredAt, detail, metadata, traceparent, urgent);
    }

    /**
     * Sends the event without waiting for the drain interval or behind a long spool. Failures, cancellations and
     * erasures are always urgent.
     */
    public EventDraft urgent() {
        return new EventDraft(
                source, destination, subject, parent, attempt, occurredAt, detail, metadata, traceparent, true);
    }

    public CompletionStage<Ticket> declared(Duration maxAge) {
        return declared(maxAge, Map.of());
    }

    public CompletionStage<Ticket> declared(Duration maxAge, Map<String, String> labels) {
        return send(new Declared(EventRules.millis("body.maxAge", maxAge), labels));
    }

    public CompletionStage<Ticket> expected() {
        return send(new Expected(null, null, null));
    }

    public CompletionStage<Ticket> expected(Instant dueAt) {
        return send(new Expected(EventRules.present("body.dueAt", dueAt), null, null));
    }

    public CompletionStage<Ticket> expected(Expected announcement) {
        return send(announcement);
    }

    public CompletionStage<Ticket> retired(String reason) {
        return send(new Retired(reason));
    }

    public CompletionStage<Ticket> opened() {
        return send(new Opened());
    }

    public CompletionStage<Ticket> deferred() {
        return send(new Deferred(null, null));
    }

    public CompletionStage<Ticket> deferred(Instant dueAt) {
        return send(new Deferred(EventRules.present("body.dueAt", dueAt), null));
    }

    public CompletionStage<Ticket> deferred(Deferred deferral) {
        return send(deferral);
    }

    public CompletionStage<Ticket> pending(Instant startedAt, Instant completedAt) {
        EventRules.present("body.startedAt", startedAt);
        EventRules.present("body.completedAt", completedAt);
        return send(Pending.newBuilder()
                .setStartedAt(startedAt)
                .setCompletedAt(completedAt)
                .setDurationMs(EventRules.millis("body.durationMs", Duration.between(startedAt, completedAt)))
                .build());
    }

    public CompletionStage<Ticket> pending(Pending submission) {
        return send(submission);
    }

    public CompletionStage<Ticket> extended(Instant dueAt) {
        return send(new Extended(EventRules.present("body.dueAt", dueAt), null));
    }

    public CompletionStage<Ticket> extended(Extended extension) {
        return send(extension);
    }

    public CompletionStage<Ticket> completed() {
        return completed(Map.of());
    }

    public CompletionStage<Ticket> completed(Map<String, Long> counts) {
        return send(new Completed(null, null, counts));
    }

    public CompletionStage<Ticket> completed(Completed completion) {
        return send(completion);
    }

    public CompletionStage<Ticket> failed(String errorType, String message, boolean retriable) {
        return send(new Failed(errorType, message, retriable, Map.of()));
    }

    /**
     * Records the class and the message of an error. A message that is longer than the ledger keeps is cut, and says
     * so.
     */
    public CompletionStage<Ticket> failed(Throwable error, boolean retriable) {
        EventRules.present("error", error);
        return failed(FreeText.typeOf(error), FreeText.messageOf(error), retriable);
    }

    public CompletionStage<Ticket> failed(Failed failure) {
        return send(failure);
    }

    public CompletionStage<Ticket> skipped(String reason) {
        return send(new Skipped(reason));
    }

    public CompletionStage<Ticket> cancelled(String reason, String actor) {
        return send(new Cancelled(reason, actor));
    }

    public CompletionStage<Ticket> erased(String reason, String actor) {
        return send(new Erased(reason, actor));
    }

    public CompletionStage<Ticket> annotated() {
        return send(new Annotated());
    }

    public CompletionStage<Ticket> reconciled(Reconciled result) {
        return send(result);
    }

    private CompletionStage<Ticket> send(Object body) {
        long nowMs = source.nowMs();
        AuditEvent event = new AuditEvent(
                source.newId(nowMs),
                subject,
                parent,
                attempt,
                occurredAt == null ? Instant.ofEpochMilli(nowMs) : occurredAt,
                detail,
                metadata,
                source.producer(),
                traceparent == null ? source.traceparent() : traceparent,
                body);
        return destination.accept(event, urgent);
    }
}
