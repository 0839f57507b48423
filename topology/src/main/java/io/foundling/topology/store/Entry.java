package io.foundling.topology.store;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.SubjectState;

/**
 * A subject as it is stored.
 *
 * @param indexedAtMs where its entry in the expiry index stands; {@link Fact#NEVER} if it has none
 */
public record Entry(SubjectState state, long indexedAtMs) {

    static final Entry NONE = new Entry(SubjectState.NONE, Fact.NEVER);
}
