package io.foundling.topology.account;

import io.foundling.audit.Status;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredClosure;
import io.foundling.topology.store.stored.StoredMember;
import io.foundling.topology.store.stored.StoredParent;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Counts an account anew from the subjects that count in it, after something of it was set aside (rule S2). It costs one
 * walk over them. What was forgotten since it was counted is missing. For the stream thread of the ledger task.
 */
final class Recount {

    private final StoredEntries entries;
    private final VersionedCodec<StoredParent> parents = new VersionedCodec<>(StoredParent.class);
    private final VersionedCodec<StoredMember> formerMembers = MemberCountForm.former();

    /** Figures, and whether their closing was accounted for. */
    record Settled(Figures figures, boolean isComplete) {}

    /** How many subjects count, and how many of these because their parent closed. */
    record Counted(long count, long parentClosed) {}

    Recount(StoredEntries entries) {
        this.entries = entries;
    }

    /** Counts the subjects of a group that is no settlement. */
    Counted subjects(Group group) {
        long count = 0;
        long parentClosed = 0;
        try (KeyValueIterator<Bytes, byte[]> counted =
                entries.bytes().range(StoreKeys.counted(group.key(), ""), StoreKeys.countedEnd(group.key()))) {
            while (counted.hasNext()) {
                byte[] value = counted.next().value;
                count += CountedForm.times(value);
                parentClosed += CountedForm.timesClosed(value);
            }
        }
        return new Counted(count, parentClosed);
    }

    /** Returns the figures of a settlement; empty if its closing is not known or was never accounted for. */
    Optional<Settled> settlement(Group group) {
        StoredParent parent = entries.get(StoreKeys.parent(group.parent()), parents::decode, null);
        return parent == null
                ? Optional.empty()
                : parent.getClosures().stream()
                        .filter(each -> each.getAttempt() == group.attempt() && each.getSettledVersion() > 0)
                        .findFirst()
                        .map(closing -> settlement(group, closing));
    }

    private Settled settlement(Group group, StoredClosure closing) {
        Figures[] figures = {
            Figures.none()
                    .under(
                            closing.getSettledVersion(),
                            closing.getPartitions(),
                            closing.getClosedAtMs(),
                            Status.valueOf(closing.getOutcome()),
                            closing.getExpected())
        };
        entries.readAll(
                StoreKeys.member(group.parent(), ""),
                StoreKeys.membersEnd(group.parent()),
                each -> figures[0] = counted(figures[0], each.value, group.attempt()));
        return new Settled(figures[0], closing.getSettledVersion() == closing.getVersion());
    }

    private Figures counted(Figures figures, byte[] member, int attempt) {
        for (MemberCount count : MemberCountForm.ofMember(member, formerMembers)) {
            if (count.attempt() == attempt) {
                return figures.counted(count.result(), count.announcement(), 1);
            }
        }
        return figures;
    }
}
