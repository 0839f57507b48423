package io.foundling.topology.parent;

import java.util.HashMap;
import java.util.Map;

/**
 * A pass over the members of a parent that is under way, page by page.
 *
 * @param cursor the key, within the parent, of the last member taken; empty at the start
 * @param settling versions by attempt of the parent
 * @param heldUntilMs by attempt, the latest moment until which one of its missing members taken is held
 */
public record Pass(String cursor, Map<Integer, Integer> settling, Map<Integer, Long> heldUntilMs) {

    public Pass {
        settling = Map.copyOf(settling);
        heldUntilMs = Map.copyOf(heldUntilMs);
    }

    /** Makes one that begins. */
    Pass(Map<Integer, Integer> settling) {
        this("", settling, Map.of());
    }

    /** Whether a member of an attempt has been taken. */
    public boolean covers(int attempt, String member) {
        return settling.containsKey(attempt) && member.compareTo(cursor) <= 0;
    }

    /** Returns this pass after one more member. */
    public Pass at(String member) {
        return new Pass(member, settling, heldUntilMs);
    }

    /** Returns this pass with a missing member of an attempt that is held. */
    Pass held(int attempt, long untilMs) {
        Map<Integer, Long> held = new HashMap<>(heldUntilMs);
        held.merge(attempt, untilMs, Math::max);
        return new Pass(cursor, settling, held);
    }

    /** Returns until when an attempt is held for its members; {@link Long#MIN_VALUE} if it is not. */
    long heldUntilMs(int attempt) {
        return heldUntilMs.getOrDefault(attempt, Long.MIN_VALUE);
    }
}
