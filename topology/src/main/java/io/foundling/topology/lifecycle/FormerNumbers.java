package io.foundling.topology.lifecycle;

import java.util.Optional;

/**
 * How the numbers of events go on for a parent that was forgotten and is used again (rule P14). Some producers count on,
 * others begin at 1 again: the first number of a later fact decides.
 *
 * @param last the last attempt when the parent was forgotten; 0 of a subject that never was
 * @param shift what is added to every number; {@link #UNDECIDED} until one is read
 * @param lastMs when the last fact of the former attempts happened
 */
public record FormerNumbers(int last, int shift, long lastMs) {

    /** No number was read yet. */
    public static final int UNDECIDED = -1;

    /** Those of a subject that was never forgotten. */
    public static final FormerNumbers NONE = new FormerNumbers(0, 0, Long.MIN_VALUE);

    /** Those of a parent that was forgotten, and of which nothing has been read since. */
    static FormerNumbers of(int last, long lastMs) {
        return new FormerNumbers(last, UNDECIDED, lastMs);
    }

    /** Returns the same once a fact is read. One that may belong to the former attempts decides nothing. */
    FormerNumbers reading(Fact fact, Distances distances) {
        boolean decides = shift == UNDECIDED && fact.isNumbered() && !isFormer(fact, distances);
        return decides ? new FormerNumbers(last, fact.attempt() > last ? 0 : last, lastMs) : this;
    }

    /** Returns a fact with the number of its attempt. */
    Optional<Fact> numbered(Optional<Fact> fact) {
        return shift > 0 && fact.isPresent() && fact.get().isNumbered()
                ? Optional.of(fact.get().numbered(fact.get().attempt() + shift))
                : fact;
    }

    /** Whether numbers begin at 1 again, and a fact happened before that. */
    boolean isOfFormerCount(Fact fact, Distances distances) {
        return shift > 0 && fact.isNumbered() && isFormer(fact, distances);
    }

    /** Whether a fact that is too late belongs to the former attempts, and not to later ones that collapsed. */
    boolean holds(Fact fact, Distances distances) {
        boolean isNumberOfOne = fact.isNumbered() && fact.attempt() <= last;
        return last > 0 && (isNumberOfOne || isFormer(fact, distances));
    }

    /** Returns up to when a fact may belong to the former attempts. */
    long throughMs(Distances distances) {
        return Times.plus(lastMs, distances.allowedLagMs());
    }

    private boolean isFormer(Fact fact, Distances distances) {
        return fact.occurredAtMs() <= throughMs(distances);
    }
}
