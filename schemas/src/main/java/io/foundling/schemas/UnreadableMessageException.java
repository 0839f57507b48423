package io.foundling.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** The bytes of a message cannot be read, and will not be readable later either. */
public final class UnreadableMessageException extends SerializationException {

    private static final long serialVersionUID = 1L;

    /** Why a message cannot be read. */
    public enum Reason {
        /** It does not begin with a zero byte and a schema id. */
        NOT_AVRO_MESSAGE,
        /** The registry denies that there is a schema with this id. */
        UNKNOWN_SCHEMA_ID,
        /** It was written with a schema that is not the expected one, or says something this version does not know. */
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
