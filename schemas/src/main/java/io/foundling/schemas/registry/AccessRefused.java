package io.foundling.schemas.registry;

import java.io.IOException;

/** An address refuses us, or we refuse it; the message is a sentence that names the setting. */
final class AccessRefused extends IOException {

    private static final long serialVersionUID = 1L;

    AccessRefused(String sentence) {
        super(sentence);
    }

    AccessRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
