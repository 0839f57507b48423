package io.foundling.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answered and denies a schema: it is incompatible, invalid, or not registered and must not be. */
public final class SchemaRejectedException extends SerializationException {

    private static final long serialVersionUID = 1L;

    public SchemaRejectedException(String message) {
        super(message);
    }
}
