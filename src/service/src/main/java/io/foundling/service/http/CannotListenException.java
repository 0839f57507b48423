package io.foundling.service.http;

/** The HTTP address cannot be used; the message is for the user. */
public final class CannotListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotListenException(String host, int port, String reason, Exception cause) {
        super(
                "cannot listen on %s:%d (%s); choose another address with http.host or FOUNDLING_HTTP_HOST, another port with http.port or FOUNDLING_HTTP_PORT (0: any free port)"
                        .formatted(host, port, reason),
                cause);
    }
}
