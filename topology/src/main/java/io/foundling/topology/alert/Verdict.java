package io.foundling.topology.alert;

/**
 * What becomes of a group. Whatever differs from what stood before is published; what no longer stands gets a tombstone, but
 * the settlement of a group that is forgotten stays.
 *
 * @param forgets whether the group and its accounts are deleted; no alert stands then
 */
record Verdict(GroupState after, boolean forgets) {}
