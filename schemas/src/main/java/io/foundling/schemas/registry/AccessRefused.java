package io.foundling.schemas.registry;

import java.io.IOException;

/**
 * An address of the registry refused this client, or this client refused the address. The message names the setting.
 */
final class AccessRefused extends IOException {

    private static final long serialVersionUID = 1L;

    AccessRefused(String sentence) {
        super(sentence);
    }

    AccessRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
