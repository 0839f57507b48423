package io.foundling.topology.store;

import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Times;

/**
 * A subject as it is stored.
 *
 * @param indexedAtMs the time of its entry in the expiry index; {@link Times#NEVER} if it has none
 * @param isMember whether its memberships are stored, too: versions that did not know members did not store them
 */
public record LedgerEntry(Disposition state, long indexedAtMs, boolean isMember) {

    static final LedgerEntry NONE = new LedgerEntry(Disposition.NONE, Times.NEVER);

    public LedgerEntry(Disposition state, long indexedAtMs) {
        this(state, indexedAtMs, true);
    }

    /** Returns what its memberships were derived from. */
    public Disposition knownAsMember() {
        return isMember ? state : Disposition.NONE;
    }
}
