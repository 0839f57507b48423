package io.foundling.intake;

/** Counts what becomes of events. Any thread. */
@FunctionalInterface
public interface IntakeListener {

    IntakeListener NONE = (result, events) -> {};

    /** What becomes of an event. */
    enum Result {
        /** It is durable. */
        ACCEPTED,
        /** It is no event of the contract, or of a source that the caller may not report. */
        REFUSED,
        /** It is not known to be durable. */
        UNAVAILABLE,
        /** It was not recorded, because too many others wait. */
        OVERLOADED
    }

    void received(Result result, int events);
}
