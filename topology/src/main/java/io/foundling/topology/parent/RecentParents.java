package io.foundling.topology.parent;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parents that were read or written last, decoded. They are as they are in the store: whoever writes a parent puts
 * it here, too. They last for one life of the task, as {@link ParentStore} does: a transaction that is aborted ends
 * both, so that nothing of it is left here. At most {@value #MAX_PARENTS} parents are kept, of some kilobytes at most.
 */
final class RecentParents {

    private static final int MAX_PARENTS = 256;

    private final Map<String, KnownParent> parents = new LinkedHashMap<>(16, 0.75f, true);

    /** Returns a parent; null if it was not read or written lately. */
    KnownParent get(String parentKey) {
        return parents.get(parentKey);
    }

    void put(String parentKey, KnownParent parent) {
        parents.put(parentKey, parent);
        if (parents.size() > MAX_PARENTS) {
            parents.remove(parents.keySet().iterator().next());
        }
    }
}
