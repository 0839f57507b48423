package io.foundling.topology.explain;

/**
 * An event, and what became of it.
 *
 * @param begins whether nothing was known of the subject any more when it was read, though it was read of before
 */
record Replayed(ReadEvent read, Effect effect, boolean begins) {

    /** Returns the same for a subject of which nothing is known any more. */
    Replayed gone(Effect why) {
        return effect == Effect.FACT || effect == Effect.REPLACEMENT ? new Replayed(read, why, begins) : this;
    }
}
