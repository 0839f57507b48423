package io.foundling.service.runtime;

import java.util.List;

/** Topics on which the service must not start; the message has a sentence for each. */
public final class UnusableTopicsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableTopicsException(List<String> sentences) {
        super(String.join(System.lineSeparator(), sentences));
    }
}
