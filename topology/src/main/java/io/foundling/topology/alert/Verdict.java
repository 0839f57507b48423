package io.foundling.topology.alert;

import java.util.Map;

/**
 * What becomes of a group. Whatever differs from what was published before is published; what is gone gets a tombstone.
 *
 * @param kept what stays in the store; a group that is not kept has no alert and no settlement
 * @param agesOut whether the alert resolves only because nothing was said of it for long
 */
record Verdict(GroupState after, Kept kept, boolean agesOut) {

    Verdict(GroupState after, Kept kept) {
        this(after, kept, false);
    }

    /** Returns the same with the labels that the policies give now, if the alert fires. */
    Verdict labelled(Map<String, String> labels, GroupState before) {
        return after.isFiring() && !after.labels().equals(labels)
                ? new Verdict(after.labelled(labels, before), kept, agesOut)
                : this;
    }

    /** What stays in the store. */
    enum Kept {
        GROUP_AND_ACCOUNTS,
        GROUP,
        NOTHING
    }
}
