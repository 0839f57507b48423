package io.foundling.topology.store;

import org.apache.kafka.common.utils.Bytes;

/**
 * One due entry of the expiry index.
 *
 * @param key its key in the store
 * @param subjectKey of the subject, or of the parent whose members are due
 * @param dueMs when it was due, in audit-clock milliseconds
 */
public record Expiry(Bytes key, String subjectKey, long dueMs, Kind kind) {

    /** What is due; stored by its ordinal. */
    public enum Kind {
        SUBJECT,
        /** A subject that could not be processed before. It is due even if its own entry has another time. */
        PUT_BACK,
        /** The members of a parent. */
        MEMBERS,
        /** An erased subject, under its {@link Erasure#name()}. */
        ERASED
    }
}
