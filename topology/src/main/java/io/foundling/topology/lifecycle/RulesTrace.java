package io.foundling.topology.lifecycle;

/**
 * Follows the rules while they place facts and derive waits, for {@link Inspection}. The ledger follows nothing: then a
 * call costs nothing but itself.
 */
interface RulesTrace {

    RulesTrace NONE = new RulesTrace() {};

    /** A fact was placed. */
    default void placed(Fact fact, int attempt, PlacedBy by) {}

    /**
     * A fact was placed by its distance from the latest end of an attempt.
     *
     * @param endMs when that end happened
     * @param distanceMs what the fact must be further away than to start the next attempt
     */
    default void placed(Fact fact, int attempt, PlacedBy by, long endMs, long distanceMs) {}

    /** An extension or a repeat was taken for a wait, which may now be another one. */
    default void moved(Fact fact, MovedBy by, Wait before, Wait after) {}
}
