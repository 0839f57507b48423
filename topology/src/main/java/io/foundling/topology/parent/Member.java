package io.foundling.topology.parent;

import io.foundling.topology.account.MemberCount;
import io.foundling.topology.account.MemberResult;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.store.Erasure;
import io.foundling.topology.store.StoreKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A member as it is stored.
 *
 * @param subjectKey of the member
 * @param counts how it counts, by attempt of its parent; usually in none or one
 */
public record Member(String subjectKey, Membership membership, List<MemberCount> counts) {

    public Member {
        counts = List.copyOf(counts);
    }

    /** Returns its key within the parent, in whose order a pass takes members. */
    public String key() {
        return key(subjectKey, membership.attempt());
    }

    /** Returns the key within its parent of any attempt of a subject. */
    public static String key(String subjectKey, int attempt) {
        return StoreKeys.memberKey(subjectKey, attempt);
    }

    /** Whether it was erased: then there is no subject to look at. */
    boolean isNameless() {
        return Erasure.isName(subjectKey);
    }

    /** Returns how it counts in an attempt of its parent, if it does. */
    Optional<MemberCount> countIn(int attempt) {
        for (MemberCount count : counts) {
            if (count.attempt() == attempt) {
                return Optional.of(count);
            }
        }
        return Optional.empty();
    }

    /** Returns the attempts of its parent in whose accounts it is missing. */
    List<Integer> missingIn() {
        List<Integer> attempts = new ArrayList<>(0);
        for (MemberCount count : counts) {
            if (count.result() == MemberResult.ORPHANED) {
                attempts.add(count.attempt());
            }
        }
        return attempts;
    }

    Member counted(List<MemberCount> newCounts) {
        return new Member(subjectKey, membership, newCounts);
    }
}
