package io.foundling.service.asking;

import java.util.List;

/** Why there is no answer, in a sentence for the user. */
public final class AskingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Which kind of failure it is. */
    public enum Kind {
        /** The console does not answer, or not this caller, or not now. */
        UNAVAILABLE,
        /** The question is wrong. */
        WRONG,
        /** There is no such thing. */
        UNKNOWN
    }

    /** What is wrong with a parameter: the sentence begins with its name. */
    public record Fault(String parameter, String sentence) {}

    private final Kind kind;
    private final transient List<Fault> faults;

    AskingException(Kind kind, String message) {
        this(kind, message, List.of());
    }

    AskingException(Kind kind, String message, List<Fault> faults) {
        super(message);
        this.kind = kind;
        this.faults = List.copyOf(faults);
    }

    static AskingException unavailable(String message) {
        return new AskingException(Kind.UNAVAILABLE, message);
    }

    public Kind kind() {
        return kind;
    }

    /** Returns what is wrong with which parameter; empty if it is something else. */
    public List<Fault> faults() {
        return faults;
    }
}
