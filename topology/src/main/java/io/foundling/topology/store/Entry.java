package io.foundling.topology.store;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.SubjectState;

/**
 * A subject as it is stored.
 *
 * @param indexedAtMs where its entry in the expiry index stands; {@link Fact#NEVER} if it has none
 * @param isMember whether it was stored as a member of its parents: not by versions that did not know members
 */
public record Entry(SubjectState state, long indexedAtMs, boolean isMember) {

    static final Entry NONE = new Entry(SubjectState.NONE, Fact.NEVER);

    public Entry(SubjectState state, long indexedAtMs) {
        this(state, indexedAtMs, true);
    }

    /** Returns what its memberships were derived from. */
    public SubjectState knownAsMember() {
        return isMember ? state : SubjectState.NONE;
    }
}
