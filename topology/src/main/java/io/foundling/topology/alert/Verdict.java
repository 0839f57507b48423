package io.foundling.topology.alert;

/**
 * What becomes of a group. Whatever differs from what was published before is published; what is gone gets a tombstone.
 *
 * @param kept what stays in the store; a group that is not kept has no alert and no settlement
 */
record Verdict(GroupState after, Kept kept) {

    /** What stays in the store. */
    enum Kept {
        GROUP_AND_ACCOUNTS,
        GROUP,
        NOTHING
    }
}
