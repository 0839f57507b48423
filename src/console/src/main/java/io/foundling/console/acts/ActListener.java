package io.foundling.console.acts;

/** Is called with the outcome of each act on one subject, on many threads. */
@FunctionalInterface
public interface ActListener {

    ActListener NONE = (act, outcome) -> {};

    /** How an act ended. */
    enum Outcome {
        /** The broker has acknowledged its event. */
        RECORDED,
        /** The subject awaited nothing any more. */
        SKIPPED,
        /** The event was not acknowledged. */
        FAILED
    }

    /** @param act its name */
    void acted(String act, Outcome outcome);
}
