package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Reports what happens to subjects. The short calls take the values that every event of that kind needs; {@link #on}
 * opens a draft for everything else: {@code recorder.on(subject).parent(batch).metadata("faculty",
 * "law").deferred(dueAt)}.
 *
 * <p>Every call checks its values and throws {@link IllegalArgumentException}, naming the field that is wrong. Time and
 * event id are fixed at the call. The returned stage completes with the ticket of the written event, or fails with the
 * reason why the event was lost; a service may ignore it. Its callbacks run on threads of the recorder and must not
 * block. After {@link #close} every call throws {@link IllegalStateException}.
 */
public interface AuditRecorder extends AutoCloseable {

    /** Returns a recorder for the settings in the environment; see {@link RecorderSetting}. */
    static AuditRecorder fromEnvironment() {
        return KafkaAuditRecorder.fromEnvironment();
    }

    /** Opens a draft for an event about a subject. A draft is immutable and can be used for several events. */
    EventDraft on(Subject subject);

    /** Records a complete event without changing it; the service is responsible for its id, time and producer. */
    CompletionStage<Ticket> record(AuditEvent event);

    /**
     * Waits until every event recorded before this call is written or lost. The recorder stays usable.
     *
     * @return false if some events were still waiting when the time was over, or if the thread was interrupted
     */
    boolean flush(Duration timeout);

    /**
     * Sends as many waiting events as it can within the time and ends the recorder. A later call waits for the first
     * one, at most as long as it may take itself. An interrupt of the thread does not end the close, which then takes
     * at most {@code audit.close.timeout.ms} longer; the thread stays interrupted. Events that a spool keeps for the
     * next start are not lost.
     *
     * @return how many events the close has lost; the same for every call that has waited for it
     */
    long close(Duration timeout);

    /** Closes with the time limit of the configuration. */
    @Override
    void close();

    /** Declares that a scope should be completed at least every {@code maxAge}. */
    default CompletionStage<Ticket> declared(Subject scope, Duration maxAge) {
        return on(scope).declared(maxAge);
    }

    /** Ends the declaration of a scope: it is no longer expected to complete. */
    default CompletionStage<Ticket> retired(Subject scope, String reason) {
        return on(scope).retired(reason);
    }

    /** Work on the subject, by whoever does it, should begin by {@code dueAt}. */
    default CompletionStage<Ticket> expected(Subject subject, Instant dueAt) {
        return on(subject).expected(dueAt);
    }

    /** Work on the subject has begun. */
    default CompletionStage<Ticket> opened(Subject subject) {
        return on(subject).opened();
    }

    /** The subject is queued for later processing; a policy of the ledger decides how long it may wait. */
    default CompletionStage<Ticket> deferred(Subject subject) {
        return on(subject).deferred();
    }

    /** The subject is queued for later processing and must have moved on by {@code dueAt}. */
    default CompletionStage<Ticket> deferred(Subject subject, Instant dueAt) {
        return on(subject).deferred(dueAt);
    }

    /** The subject was submitted between these two times; its result is not available yet. */
    default CompletionStage<Ticket> pending(Subject subject, Instant startedAt, Instant completedAt) {
        return on(subject).pending(startedAt, completedAt);
    }

    /** The subject was submitted; the record has the external id, the deadline and other details of the submission. */
    default CompletionStage<Ticket> pending(Subject subject, Pending submission) {
        return on(subject).pending(submission);
    }

    /** Moves the deadline of the subject's current status. */
    default CompletionStage<Ticket> extended(Subject subject, Instant dueAt) {
        return on(subject).extended(dueAt);
    }

    /** The subject was processed successfully. */
    default CompletionStage<Ticket> completed(Subject subject) {
        return on(subject).completed();
    }

    /** The subject failed; {@code retriable} promises another try. */
    default CompletionStage<Ticket> failed(Subject subject, String errorType, String message, boolean retriable) {
        return on(subject).failed(errorType, message, retriable);
    }

    /** The subject needs no processing. */
    default CompletionStage<Ticket> skipped(Subject subject, String reason) {
        return on(subject).skipped(reason);
    }

    /** A person decided that the subject will not be processed any more. */
    default CompletionStage<Ticket> cancelled(Subject subject, String reason, String actor) {
        return on(subject).cancelled(reason, actor);
    }

    /** A person decided that nothing may be kept about the subject; later events about it are not applied. */
    default CompletionStage<Ticket> erased(Subject subject, String reason, String actor) {
        return on(subject).erased(reason, actor);
    }

    /** Adds one entry to the metadata of the subject. */
    default CompletionStage<Ticket> annotated(Subject subject, String key, String value) {
        return on(subject).metadata(key, value).annotated();
    }

    /** A source was compared with a target. */
    default CompletionStage<Ticket> reconciled(Subject scope, Reconciled result) {
        return on(scope).reconciled(result);
    }
}
