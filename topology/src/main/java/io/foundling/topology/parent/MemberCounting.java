package io.foundling.topology.parent;

import io.foundling.topology.account.MemberResult;
import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.lifecycle.Closings;
import io.foundling.topology.lifecycle.Membership;
import java.util.function.Supplier;

/** How a member counts in a closing of its parent that it belongs to (rules P12 and P13). */
public final class MemberCounting {

    private MemberCounting() {}

    /**
     * Returns how a member counts: of several attempts within one attempt of the parent, the last one does.
     *
     * @param known all closings of the parent; asked only where they decide
     */
    public static MemberResult resultOf(Membership membership, Closing closing, Supplier<Closings> known) {
        boolean again = membership.againMs() <= closing.closedAtMs();
        if (again) {
            return MemberResult.NONE;
        } else if (membership.isReturned()) {
            return MemberResult.valueOf(membership.outcome().name());
        } else if (membership.isTriedAgain() && known.get().isOfLater(closing.attempt(), membership.againMs())) {
            return MemberResult.MOVED;
        } else if (membership.isReturnedLater()) {
            return MemberResult.valueOf(membership.laterOutcome().name());
        }
        return membership.isMoved() ? MemberResult.MOVED : MemberResult.ORPHANED;
    }
}
