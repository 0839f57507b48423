package io.foundling.topology.task;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.ViolationType;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.Tally;
import io.foundling.topology.store.WithoutIds;

/** Counts what happens in the ledger, for metrics. Called on stream threads; must neither block nor throw. */
public interface LedgerListener {

    /** Counts nothing. */
    LedgerListener NONE = new LedgerListener() {};

    /** A record of a source topic was dealt with. */
    default void eventRead(String topic, EventResult result) {}

    /** How many events without a subject id a task ever counted. */
    default void withoutId(String task, WithoutIds.EventOrigin origin, long count) {}

    /** An event put so many facts out of step. */
    default void outOfStep(String source, int count) {}

    default void deadLetter(String reason) {}

    default void violation(ViolationType type) {}

    default void warningEmitted() {}

    default void recovered() {}

    default void withdrawn() {}

    /** A closure, or a newer version of one, was sent to every partition. */
    default void closureSent() {}

    /** A closure was read by one partition's task. */
    default void closureRead() {}

    /** An Expected was sent for an expectation. */
    default void expectedSent() {}

    /** An Expected of an expectation was revoked. */
    default void expectedRevoked() {}

    /** An Expected was left out because its expectation is not in force. */
    default void expectedLeftOut() {}

    /** A pass has reviewed members of closed parents. */
    default void membersSettled(int count) {}

    /** A settlement was published, for the first time or corrected. */
    default void settlement(boolean corrected) {}

    /** An alert was published. */
    default void alert(AlertType type, AlertStatus status) {}

    /** One sweep dealt with this many due entries, in this time. */
    default void expiriesSwept(int count, long nanos) {}

    /** An entry of the expiry index could not be dealt with and was put back. */
    default void entryFailed() {}

    /** Offsets of a source partition were deleted before they were read. */
    default void gap(String topic, int partition, long offsets) {}

    /** The audit clock of a task, in epoch milliseconds; {@link Long#MIN_VALUE} until the first proof. */
    default void clock(String task, long clockMs) {}

    /** The delay of a source in a task; 0 once its events come in time again. */
    default void delay(String task, String source, long delayMs) {}

    /** Whether a task knows that a source is silent; of one that never was in this life of the task, nothing. */
    default void silent(String task, String source, boolean isSilent) {}

    /** A reporter said how many events it has dropped; also every event of a source that is incomplete says so. */
    default void dropped(DropReport report) {}

    /** How many subjects of a source wait for its delay in a task, though the clock has passed their limit. */
    default void held(String task, String source, long count) {}

    /** A task began to count names together that are beyond {@code maxStages}. */
    default void namesCountedTogether(NameLimit.Use use) {}

    /**
     * The tally of a source and stage in a task; {@link Tally#NONE} once it has none any more. An empty source and stage:
     * of all that have no tally of their own.
     */
    default void tally(String task, String source, String stage, Tally tally) {}

    /** How many alerts of a type fire in an alerts task. */
    default void alertsFiring(String task, AlertType type, long count) {}

    /** How many entries of a kind a task has set aside because they cannot be decoded. */
    default void setAside(String task, String kind, long count) {}

    /** The deadlines of a subject follow changed policies. */
    default void retimed() {}

    /** A task left this instance. */
    default void taskClosed(String task) {}
}
