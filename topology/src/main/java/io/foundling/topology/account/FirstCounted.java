package io.foundling.topology.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first subject that may count in a group, for the groups that were sent last: samples are looked for from there, and
 * not over the tombstones of all that no longer count. Another life of the task looks once.
 */
final class FirstCounted {

    private static final int MAX_GROUPS = 1_000;

    /** Subject keys consist of lesser characters. */
    private static final String NOBODY = "\u007f";

    private final Map<Group, String> firstByGroup = new LinkedHashMap<>();

    /** Returns the key from which to look. */
    String of(Group group) {
        return firstByGroup.getOrDefault(group, "");
    }

    /** Takes in that a subject counts from now on. */
    void counts(Group group, String subjectKey) {
        firstByGroup.computeIfPresent(group, (same, first) -> subjectKey.compareTo(first) < 0 ? subjectKey : first);
    }

    /** Takes in who was found to count, in order. */
    void looked(Group group, List<String> found) {
        firstByGroup.remove(group);
        firstByGroup.put(group, found.isEmpty() ? NOBODY : found.get(0));
        if (firstByGroup.size() > MAX_GROUPS) {
            firstByGroup.remove(firstByGroup.keySet().iterator().next());
        }
    }

    void forget(Group group) {
        firstByGroup.remove(group);
    }
}
