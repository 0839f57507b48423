package io.foundling.console.web;

/** The address cannot be used; the message says why. */
public final class CannotServeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotServeException(String host, int port, String reason, Exception cause) {
        super(
                "cannot listen on %s:%d (%s); choose another address with console.host, or another port with console.port (0: any free port)"
                        .formatted(host, port, reason),
                cause);
    }
}
