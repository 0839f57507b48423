package io.foundling.client;

/** Why an event was lost. */
public enum LossReason {
    /** The queue was full; {@link QueueFullPolicy} decides which event is lost then. */
    QUEUE_FULL,
    /** The calling thread was interrupted while it waited. */
    INTERRUPTED,
    /** The event is larger than the producer, the topic or the spool allows. */
    TOO_LARGE,
    /** The event does not follow its schema, or the broker rejected it as invalid. */
    INVALID,
    /** The broker did not accept the event: the time limit was over, or the service is not authorized. */
    REFUSED,
    /** The bytes of the event in the spool are damaged. */
    SPOOL_DAMAGED,
    /** The recorder was closed before the event was written. */
    CLOSED,
    /** An unexpected failure; the log shows it. */
    FAILED
}
