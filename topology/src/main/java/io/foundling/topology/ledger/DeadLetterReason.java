package io.foundling.topology.ledger;

import io.foundling.schemas.UnreadableMessageException;
import org.apache.kafka.common.errors.SerializationException;

/** Why bytes went to the dead letters. */
public enum DeadLetterReason {
    /** Null value. */
    EMPTY_VALUE,
    /** Not a message in the registry's wire format. */
    NOT_AVRO_MESSAGE,
    /** A schema id that the registry does not know. */
    UNKNOWN_SCHEMA_ID,
    /** A schema other than that of an audit event. */
    WRONG_SCHEMA,
    /** The bytes do not fit their schema. */
    UNREADABLE_VALUE,
    /** The key is not the subject's key, or the partition is not that of the key. */
    WRONG_PARTITION,
    /** The rules failed on the record with an exception. */
    PROCESSING_FAILED;

    /** Returns what an exception of a deserializer, ours or another, blames the message for. */
    static DeadLetterReason of(SerializationException unreadable) {
        return unreadable instanceof UnreadableMessageException ours
                ? valueOf(ours.reason().name())
                : UNREADABLE_VALUE;
    }
}
