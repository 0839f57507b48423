package io.foundling.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** The bytes of a message cannot be read now or later, so that the message is a dead letter. Has the reason. */
public final class UnreadableMessageException extends SerializationException {

    private static final long serialVersionUID = 1L;

    /** Why a message cannot be read. */
    public enum Reason {
        /** The message does not begin with a zero byte and a schema id. */
        NOT_AVRO_MESSAGE,
        /** The registry answered that it has no schema with this id. */
        UNKNOWN_SCHEMA_ID,
        /** The schema is not the expected one, or the message has a record that this version does not know. */
        WRONG_SCHEMA,
        /** The schema fits, but the bytes do not follow it. */
        UNREADABLE_VALUE
    }

    private final Reason reason;

    public UnreadableMessageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public UnreadableMessageException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
