package io.foundling.topology.store;

import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Fact;

/**
 * A subject as it is stored.
 *
 * @param indexedAtMs where its entry in the expiry index stands; {@link Fact#NEVER} if it has none
 * @param isMember whether it was stored as a member of its parents: not by versions that did not know members
 */
public record LedgerEntry(Disposition state, long indexedAtMs, boolean isMember) {

    static final LedgerEntry NONE = new LedgerEntry(Disposition.NONE, Fact.NEVER);

    public LedgerEntry(Disposition state, long indexedAtMs) {
        this(state, indexedAtMs, true);
    }

    /** Returns what its memberships were derived from. */
    public Disposition knownAsMember() {
        return isMember ? state : Disposition.NONE;
    }
}
