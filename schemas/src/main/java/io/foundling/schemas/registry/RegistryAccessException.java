package io.foundling.schemas.registry;

/**
 * The registry refused this client, or this client refused the registry, because of credentials, permissions or
 * certificates. The exception names the setting. Kafka messages are not the reason; they can be read once access is
 * granted.
 */
public final class RegistryAccessException extends RegistryUnavailableException {

    private static final long serialVersionUID = 1L;

    public RegistryAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
