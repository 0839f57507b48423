package io.foundling.topology.parent;

import java.util.Map;

/**
 * A pass over the members of a parent that is under way, page by page.
 *
 * @param cursor the key, within the parent, of the last member taken; empty at the start
 * @param settling versions by attempt of the parent
 * @param heldUntilMs the latest moment until which one of the members taken is held
 */
public record Pass(String cursor, Map<Integer, Integer> settling, long heldUntilMs) {

    public Pass {
        settling = Map.copyOf(settling);
    }

    /** Whether a member of an attempt has been taken. */
    public boolean covers(int attempt, String member) {
        return settling.containsKey(attempt) && member.compareTo(cursor) <= 0;
    }

    /** Returns this pass after one more member. */
    public Pass at(String member, long memberHeldUntilMs) {
        return new Pass(member, settling, Math.max(heldUntilMs, memberHeldUntilMs));
    }
}
