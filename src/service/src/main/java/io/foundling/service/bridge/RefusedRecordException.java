package io.foundling.service.bridge;

import java.util.Optional;

/** A record of which no events can be made, now or later, so that it is a dead letter. The message says why. */
final class RefusedRecordException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why, for programs (rule L2). A name is a contract. */
    enum Reason {
        /** Not one JSON object in UTF-8. */
        NOT_JSON,
        /** Not a message in the registry's wire format. */
        NOT_AVRO_MESSAGE,
        /** A schema id that the registry does not know. */
        UNKNOWN_SCHEMA_ID,
        /** A schema that cannot be used, or is none of a record. */
        WRONG_SCHEMA,
        /** The bytes do not fit their schema. */
        UNREADABLE_VALUE,
        /** The mapping rejects it. */
        NOT_MAPPED,
        /** An event of it has more bytes than its topic takes. */
        TOO_LARGE,
        /** The mapping failed on it with an exception. */
        PROCESSING_FAILED
    }

    private final Reason reason;
    private final String rule;

    RefusedRecordException(Reason reason, String sentence) {
        this(reason, sentence, Optional.empty(), null);
    }

    /** @param rule of the mapping, if one was reached */
    RefusedRecordException(Reason reason, String sentence, Optional<String> rule, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
        this.rule = rule.orElse(null);
    }

    Reason reason() {
        return reason;
    }

    Optional<String> rule() {
        return Optional.ofNullable(rule);
    }
}
