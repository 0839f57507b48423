package io.foundling.service.mapping;

import java.util.List;

/** A mapping file that cannot be used; the message lists every problem on its own line. */
public final class InvalidMappingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InvalidMappingException(String file, List<String> problems) {
        super("mapping " + file + " cannot be used:\n  " + String.join("\n  ", problems));
    }
}
