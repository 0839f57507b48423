package io.foundling.topology.store;

import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Times;

/**
 * A subject as it is stored.
 *
 * @param indexedAtMs the time of its entry in the expiry index; {@link Times#NEVER} if it has none
 * @param isMember whether its memberships are stored, too: versions that did not know members did not store them
 * @param isOrphan whether it is counted as an orphan: versions that did not count orphans counted none
 * @param isUnwatched whether it is counted as a subject that nothing watches (rule T22)
 */
public record LedgerEntry(
        Disposition state, long indexedAtMs, boolean isMember, boolean isOrphan, boolean isUnwatched) {

    static final LedgerEntry NONE = new LedgerEntry(Disposition.NONE, Times.NEVER, true, false, false);

    /** Returns a subject that is not stored, but of which something is known. */
    public static LedgerEntry notStored(Disposition state) {
        return new LedgerEntry(state, NONE.indexedAtMs, NONE.isMember, NONE.isOrphan, NONE.isUnwatched);
    }

    /** Whether it is stored. */
    public boolean isStored() {
        return !equals(NONE) && !isLost();
    }

    /** In the place of a subject that was set aside a moment ago (rule S2). */
    static final LedgerEntry LOST = new LedgerEntry(Disposition.NONE, Times.NEVER, false, false, false);

    /** Whether its subject was set aside a moment ago. */
    public boolean isLost() {
        return this == LOST;
    }

    /** Returns what its memberships were derived from. */
    public Disposition knownAsMember() {
        return isMember ? state : Disposition.NONE;
    }
}
