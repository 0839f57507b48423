package io.foundling.service.config;

import java.util.List;

/** A configuration that cannot be used. The message is meant for the user and has one line for every problem. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Creates one for a named configuration with at least one problem. */
    public ConfigurationException(String name, List<String> problems) {
        super(name + " has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns one sentence per problem: where, which key, what was found, what was expected. */
    public List<String> problems() {
        return problems;
    }
}
