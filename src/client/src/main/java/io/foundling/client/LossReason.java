package io.foundling.client;

/** Why an event was lost. */
public enum LossReason {
    /** The queue had no room: see {@link QueueFullPolicy}. */
    QUEUE_FULL,
    /** The calling thread was interrupted while it waited. */
    INTERRUPTED,
    /** It is larger than the producer or the topic allows ({@code max.request.size}, {@code max.message.bytes}). */
    TOO_LARGE,
    /** It does not follow its schema, or the broker says that it is invalid. */
    INVALID,
    /** The broker did not take it: time over, or not allowed. */
    REFUSED,
    /** Its bytes in the spool are damaged. */
    SPOOL_DAMAGED,
    /** The recorder was closed before it was written. */
    CLOSED,
    /** Something unexpected; the log has it. */
    FAILED
}
