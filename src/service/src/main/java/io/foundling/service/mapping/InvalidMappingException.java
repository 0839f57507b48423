package io.foundling.service.mapping;

import java.util.List;

/** A mapping file that cannot be used; the message lists every problem on its own line. */
public final class InvalidMappingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String file;
    private final transient List<String> problems;

    public InvalidMappingException(String file, List<String> problems) {
        super("mapping " + file + " cannot be used:\n  " + String.join("\n  ", problems));
        this.file = file;
        this.problems = List.copyOf(problems);
    }

    /** Returns the name of the file. */
    public String file() {
        return file;
    }

    /** Returns one sentence per problem, each with its line. */
    public List<String> problems() {
        return problems;
    }
}
