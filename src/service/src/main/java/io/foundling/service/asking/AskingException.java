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
    private final boolean mayBeDone;

    AskingException(Kind kind, String message) {
        this(kind, message, List.of());
    }

    AskingException(Kind kind, String message, List<Fault> faults) {
        this(kind, message, faults, false);
    }

    private AskingException(Kind kind, String message, List<Fault> faults, boolean mayBeDone) {
        super(message);
        this.kind = kind;
        this.faults = List.copyOf(faults);
        this.mayBeDone = mayBeDone;
    }

    static AskingException unavailable(String message) {
        return new AskingException(Kind.UNAVAILABLE, message);
    }

    /** The request was sent, and its answer did not come, or does not say what was done. */
    static AskingException unanswered(String message) {
        return new AskingException(Kind.UNAVAILABLE, message, List.of(), true);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether what was wanted may have been done nevertheless. */
    public boolean mayBeDone() {
        return mayBeDone;
    }

    /** Returns what is wrong with which parameter; empty if it is something else. */
    public List<Fault> faults() {
        return faults;
    }
}
