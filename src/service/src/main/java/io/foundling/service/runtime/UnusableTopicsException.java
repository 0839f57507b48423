package io.foundling.service.runtime;

import java.util.List;

/** Topics with which the service must not start. The message has a line for each error. */
public final class UnusableTopicsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnusableTopicsException(List<String> sentences) {
        super(String.join(System.lineSeparator(), sentences));
    }
}
