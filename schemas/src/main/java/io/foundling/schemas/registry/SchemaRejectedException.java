package io.foundling.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry rejected a schema: it is incompatible or invalid, or not registered and registration is switched off.
 */
public final class SchemaRejectedException extends SerializationException {

    private static final long serialVersionUID = 1L;

    public SchemaRejectedException(String message) {
        super(message);
    }
}
