package io.foundling.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry has a schema under the id, but not one that can be used here, such as Protobuf or broken JSON. */
public final class UnusableSchemaException extends SerializationException {

    private static final long serialVersionUID = 1L;

    public UnusableSchemaException(String message) {
        super(message);
    }
}
