package io.foundling.topology.parent;

import io.foundling.topology.account.MemberResult;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.store.Erasure;
import io.foundling.topology.store.StoreKeys;

/**
 * A member as it is stored.
 *
 * @param subjectKey of the member
 * @param countedIn the attempt of the parent in whose account it counts; 0: in none
 * @param countedAs how it counts there
 * @param countedAnnouncement the announcement with which it counts there
 */
public record Member(
        String subjectKey,
        Membership membership,
        int countedIn,
        MemberResult countedAs,
        Announcement countedAnnouncement) {

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

    public Member counted(int attempt, MemberResult result) {
        return new Member(subjectKey, membership, attempt, result, membership.announcement());
    }
}
