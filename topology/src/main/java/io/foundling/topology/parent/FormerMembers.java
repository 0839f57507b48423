package io.foundling.topology.parent;

import io.foundling.audit.Status;
import io.foundling.topology.account.MemberCountForm;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.store.stored.StoredMember;
import java.util.ArrayList;
import java.util.List;

/** Reads members of versions 1 and 2, which were stored as Avro. */
final class FormerMembers {

    private FormerMembers() {}

    static MemberForm.Counted read(StoredMember stored, String parentKey, int attempt) {
        List<Long> begunMs = new ArrayList<>(List.of(stored.getBeganMs()));
        begunMs.addAll(stored.getRepeatedMs());
        Membership membership = new Membership(
                parentKey,
                attempt,
                begunMs,
                Status.valueOf(stored.getOutcome()),
                Status.valueOf(stored.getLaterOutcome()),
                stored.getEndedAtMs(),
                stored.getAgainMs(),
                Announcement.valueOf(stored.getAnnouncement()));
        return new MemberForm.Counted(membership, MemberCountForm.of(stored));
    }
}
