package io.foundling.console.acts;

/** Hears what became of each act on one subject. Called on many threads. */
@FunctionalInterface
public interface ActListener {

    ActListener NONE = (act, outcome) -> {};

    /** What became of it. */
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
