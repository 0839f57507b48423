package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Reports what happens to subjects. What is always needed stands in the calls of this interface; {@link #on} opens a draft
 * for the rest: {@code recorder.on(subject).parent(batch).metadata("faculty", "law").deferred(dueAt)}.
 *
 * <p>Every call checks its values at once and throws {@link IllegalArgumentException} naming the field. Time and event id
 * are fixed at the call. The returned stage need not be looked at: it gives the ticket of the written event, or
 * the reason why it was lost. Its callbacks run on the recorder's threads and must not block. After {@link #close} every
 * call throws {@link IllegalStateException}.
 */
public interface AuditRecorder extends AutoCloseable {

    /** Returns a recorder for the settings in the environment; see {@link RecorderSetting}. */
    static AuditRecorder fromEnvironment() {
        return KafkaAuditRecorder.fromEnvironment();
    }

    /** Opens a draft for an event about a subject. A draft is immutable and can be used for several events. */
    EventDraft on(Subject subject);

    /** Records a complete event as it is. */
    CompletionStage<Ticket> record(AuditEvent event);

    /**
     * Waits until everything recorded before is written or lost. The recorder stays usable.
     *
     * @return whether nothing was left when the time was over; false too if interrupted
     */
    boolean flush(Duration timeout);

    /**
     * Sends what it can in this time and ends the recorder; a second call does nothing. What a spool keeps for the next start is
     * not lost.
     *
     * @return how many events were lost during the close
     */
    long close(Duration timeout);

    /** Closes with the time limit of the configuration. */
    @Override
    void close();

    /** Declares that a scope should be completed at least every {@code maxAge}. */
    default CompletionStage<Ticket> declared(Subject scope, Duration maxAge) {
        return on(scope).declared(maxAge);
    }

    /** Ends a declaration. */
    default CompletionStage<Ticket> retired(Subject scope, String reason) {
        return on(scope).retired(reason);
    }

    /** Work on the subject has begun. */
    default CompletionStage<Ticket> opened(Subject subject) {
        return on(subject).opened();
    }

    /** The subject is queued for later processing; how long it may wait is up to the ledger's policies. */
    default CompletionStage<Ticket> deferred(Subject subject) {
        return on(subject).deferred();
    }

    /** The subject is queued for later processing and must have moved on by {@code dueAt}. */
    default CompletionStage<Ticket> deferred(Subject subject, Instant dueAt) {
        return on(subject).deferred(dueAt);
    }

    /** The subject was submitted; its result is not available yet. */
    default CompletionStage<Ticket> pending(Subject subject, Instant startedAt, Instant completedAt) {
        return on(subject).pending(startedAt, completedAt);
    }

    /** The subject was submitted, with all that is known about the submission. */
    default CompletionStage<Ticket> pending(Subject subject, Pending submission) {
        return on(subject).pending(submission);
    }

    /** Moves the deadline of the status that the subject has. */
    default CompletionStage<Ticket> extended(Subject subject, Instant dueAt) {
        return on(subject).extended(dueAt);
    }

    /** The subject came back. */
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

    /** A person wrote the subject off. */
    default CompletionStage<Ticket> cancelled(Subject subject, String reason, String actor) {
        return on(subject).cancelled(reason, actor);
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
