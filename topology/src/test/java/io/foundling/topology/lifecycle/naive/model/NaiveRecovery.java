package io.foundling.topology.lifecycle.naive.model;

import io.foundling.topology.lifecycle.Times;

/** When a subject moved on after its limit, {@code Times.NEVER} while it has not, and whether it began again. */
public record NaiveRecovery(long atMs, boolean restarted) {

    static final NaiveRecovery NONE = new NaiveRecovery(Times.NEVER, false);
}
