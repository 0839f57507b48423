package io.foundling.schemas.registry;

/**
 * The registry, or this client, refuses the other: credentials, permissions or certificates are not as needed. The message
 * names the setting. It says nothing about any message, which can be read once access is granted.
 */
public final class RegistryAccessException extends RegistryUnavailableException {

    private static final long serialVersionUID = 1L;

    public RegistryAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
