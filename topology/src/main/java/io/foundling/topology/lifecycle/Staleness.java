package io.foundling.topology.lifecycle;

/** Why a declared scope is not fresh; of several reasons the first counts (rule F2). */
public enum Staleness {
    NEVER_RAN,
    STUCK,
    LAST_FAILED,
    TOO_OLD
}
