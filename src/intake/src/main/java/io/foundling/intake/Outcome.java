package io.foundling.intake;

/** What became of one event. */
public sealed interface Outcome {

    /** It is durable, and will be in the source topic once at least. */
    record Accepted() implements Outcome {}

    /** It breaks a rule of the contract; a repeat is refused as well. */
    record Refused(String reason) implements Outcome {}

    /** It is not known to be durable. The caller repeats it, with the same event id. */
    record Unavailable(String reason) implements Outcome {}
}
