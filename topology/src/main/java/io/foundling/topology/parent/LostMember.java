package io.foundling.topology.parent;

/**
 * A member that was set aside (rule S2).
 *
 * @param subjectKey empty if its key is damaged, too
 */
record LostMember(String parentKey, String subjectKey) {}
