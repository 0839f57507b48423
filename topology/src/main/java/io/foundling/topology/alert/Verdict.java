package io.foundling.topology.alert;

/**
 * What becomes of a group. Whatever differs from what was published before is published; what is gone gets a tombstone,
 * but the settlement of a group that is forgotten stays.
 *
 * @param forgets whether the group and its accounts are deleted; it has no alert then
 */
record Verdict(GroupState after, boolean forgets) {}
