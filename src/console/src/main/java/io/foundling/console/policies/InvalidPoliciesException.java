package io.foundling.console.policies;

import java.util.List;

/** Policies that cannot be used. Each problem is a sentence for the user that says where it is. */
public final class InvalidPoliciesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidPoliciesException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
