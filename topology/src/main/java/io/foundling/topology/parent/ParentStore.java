package io.foundling.topology.parent;

import io.foundling.audit.Status;
import io.foundling.topology.account.MemberResult;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredClosure;
import io.foundling.topology.store.stored.StoredCount;
import io.foundling.topology.store.stored.StoredIssue;
import io.foundling.topology.store.stored.StoredMember;
import io.foundling.topology.store.stored.StoredParent;
import io.foundling.topology.store.stored.StoredParenthood;
import io.foundling.topology.store.stored.StoredPass;
import io.foundling.topology.store.stored.StoredSettling;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Parents and their members in the ledger's store. A parent without closings takes no place. The members of a parent
 * that is no batch are counted, so that its first and its last one are known without a walk over the tombstones of all
 * that were forgotten.
 */
public final class ParentStore {

    /** Stored for a member that counts in no account. */
    private static final MemberCount NOWHERE = new MemberCount(0, MemberResult.NONE, Announcement.BEGUN);

    private static final byte AFTER_MEMBERS = StoreKeys.MEMBER + 1;

    private final KeyValueStore<Bytes, byte[]> store;
    private final VersionedCodec<StoredParent> parents = new VersionedCodec<>(StoredParent.class);
    private final VersionedCodec<StoredMember> members = new VersionedCodec<>(StoredMember.class, "member", 2);
    private final VersionedCodec<StoredParenthood> parenthoods = new VersionedCodec<>(StoredParenthood.class);

    /** Opens the facade over a restored store. */
    public ParentStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        if (!hasCounts()) {
            countMembers();
        }
    }

    private boolean hasCounts() {
        try (KeyValueIterator<Bytes, byte[]> counts = store.range(
                StoreKeys.firstOf(StoreKeys.MEMBER_COUNT), StoreKeys.firstOf((byte) (StoreKeys.MEMBER_COUNT + 1)))) {
            return counts.hasNext();
        }
    }

    /** Earlier versions did not count members. Where all members are of batches, this walks over nothing. */
    private void countMembers() {
        Map<String, Integer> counts = new HashMap<>();
        try (KeyValueIterator<Bytes, byte[]> stored =
                store.range(StoreKeys.membersBehind(ClosureSending.BATCH), StoreKeys.firstOf(AFTER_MEMBERS))) {
            stored.forEachRemaining(each -> counts.merge(StoreKeys.parentOfMember(each.key), 1, Integer::sum));
        }
        counts.forEach(this::putCount);
    }

    /** Returns what is known of a parent. */
    public KnownParent parent(String parentKey) {
        byte[] stored = store.get(StoreKeys.parent(parentKey));
        return stored == null ? KnownParent.NONE : parent(parents.decode(stored));
    }

    /** Replaces what is known of a parent; one without closings is forgotten. */
    public void save(String parentKey, KnownParent parent) {
        boolean gone = parent.closings().isEmpty();
        store.put(StoreKeys.parent(parentKey), gone ? null : parents.encode(stored(parent)));
    }

    /** Returns the parents with a pass under way. */
    public List<String> underWay() {
        List<String> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> passes =
                store.range(StoreKeys.firstOf(StoreKeys.PASS), StoreKeys.firstOf((byte) (StoreKeys.PASS + 1)))) {
            while (passes.hasNext()) {
                found.add(StoreKeys.text(passes.next().key));
            }
        }
        return found;
    }

    /** Notes that a parent has a pass under way, or none any more. */
    public void underWay(String parentKey, boolean is) {
        store.put(StoreKeys.pass(parentKey), is ? new byte[0] : null);
    }

    public Optional<Member> member(String parentKey, String memberKey, int attempt) {
        byte[] stored = store.get(StoreKeys.member(parentKey, StoreKeys.memberKey(memberKey, attempt)));
        return Optional.ofNullable(stored).map(bytes -> member(parentKey, memberKey, attempt, bytes));
    }

    public void save(Member member) {
        MemberCount first =
                member.counts().isEmpty() ? NOWHERE : member.counts().get(0);
        StoredMember stored = new StoredMember(
                member.membership().beganMs(),
                repeatedMs(member.membership()),
                member.membership().outcome().name(),
                member.membership().laterOutcome().name(),
                member.membership().endedAtMs(),
                member.membership().againMs(),
                first.attempt(),
                first.result().name(),
                member.membership().announcement().name(),
                first.announcement().name(),
                member.counts().stream().skip(1).map(ParentStore::stored).toList());
        String parentKey = member.membership().parent();
        Bytes key = StoreKeys.member(parentKey, member.key());
        if (isCounting(parentKey) && store.get(key) == null) {
            putCount(parentKey, count(parentKey) + 1);
        }
        store.put(key, members.encode(stored));
    }

    public void delete(Member member) {
        String parentKey = member.membership().parent();
        byte[] before = store.delete(StoreKeys.member(parentKey, member.key()));
        if (isCounting(parentKey) && before != null) {
            putCount(parentKey, count(parentKey) - 1);
        }
    }

    private static boolean isCounting(String parentKey) {
        return !ClosureSending.isBatch(parentKey);
    }

    private int count(String parentKey) {
        byte[] stored = store.get(StoreKeys.memberCount(parentKey));
        return stored == null ? 0 : ByteBuffer.wrap(stored).getInt();
    }

    private void putCount(String parentKey, int count) {
        byte[] stored = ByteBuffer.allocate(Integer.BYTES).putInt(count).array();
        store.put(StoreKeys.memberCount(parentKey), count == 0 ? null : stored);
    }

    /** Whether a parent has members; that of a batch costs a walk over all that were forgotten. */
    public boolean hasMembers(String parentKey) {
        if (isCounting(parentKey)) {
            return count(parentKey) > 0;
        }
        try (KeyValueIterator<Bytes, byte[]> any = members(parentKey, "")) {
            return any.hasNext();
        }
    }

    /**
     * Hands members of a parent to a reader, in the order of their keys, until it says no.
     *
     * @param after the key within the parent of the last one seen; empty: from the first
     * @return whether all were read
     */
    public boolean readMembers(String parentKey, String after, Predicate<Member> reader) {
        try (KeyValueIterator<Bytes, byte[]> found = members(parentKey, after)) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> each = found.next();
                String key = StoreKeys.memberPart(each.key, parentKey);
                if (key.equals(after)) {
                    continue;
                }
                String subjectKey = StoreKeys.subjectOfMember(key);
                if (!reader.test(member(parentKey, subjectKey, StoreKeys.attemptOfMember(key), each.value))) {
                    return false;
                }
            }
            return true;
        }
    }

    private KeyValueIterator<Bytes, byte[]> members(String parentKey, String from) {
        return store.range(StoreKeys.member(parentKey, from), StoreKeys.membersEnd(parentKey));
    }

    /** Returns what the partition of a parent itself keeps. */
    public Parenthood parenthood(String parentKey) {
        byte[] stored = store.get(StoreKeys.parenthood(parentKey));
        return stored == null ? Parenthood.NONE : parenthood(parenthoods.decode(stored));
    }

    /** Replaces what the partition of a parent itself keeps; if that is nothing, it is deleted. */
    public void save(String parentKey, Parenthood parenthood) {
        boolean gone = !parenthood.isNamed() && parenthood.sent().isEmpty();
        store.put(StoreKeys.parenthood(parentKey), gone ? null : parenthoods.encode(stored(parenthood)));
    }

    private static Member member(String parentKey, String memberKey, StoredMember stored, int attempt) {
        Membership membership = new Membership(
                parentKey,
                attempt,
                begunMs(stored),
                Status.valueOf(stored.getOutcome()),
                Status.valueOf(stored.getLaterOutcome()),
                stored.getEndedAtMs(),
                stored.getAgainMs(),
                Announcement.valueOf(stored.getAnnouncement()));
        return new Member(memberKey, membership, counts(stored));
    }

    private static List<Long> repeatedMs(Membership membership) {
        return membership.begunMs().subList(1, membership.begunMs().size());
    }

    private static List<Long> begunMs(StoredMember stored) {
        List<Long> begun = new ArrayList<>(stored.getRepeatedMs());
        begun.add(0, stored.getBeganMs());
        return begun;
    }

    private static StoredCount stored(MemberCount count) {
        return new StoredCount(
                count.attempt(), count.result().name(), count.announcement().name());
    }

    private static List<MemberCount> counts(StoredMember stored) {
        List<MemberCount> counts = new ArrayList<>();
        if (stored.getCountedIn() > 0) {
            counts.add(new MemberCount(
                    stored.getCountedIn(),
                    MemberResult.valueOf(stored.getCountedAs()),
                    Announcement.valueOf(stored.getCountedAnnouncement())));
        }
        for (StoredCount also : stored.getCountedAlso()) {
            counts.add(new MemberCount(
                    also.getCountedIn(),
                    MemberResult.valueOf(also.getCountedAs()),
                    Announcement.valueOf(also.getAnnouncement())));
        }
        return counts;
    }

    private Member member(String parentKey, String memberKey, int attempt, byte[] bytes) {
        return member(parentKey, memberKey, members.decode(bytes), attempt);
    }

    private static StoredParent stored(KnownParent parent) {
        return new StoredParent(
                parent.closings().stream().map(ParentStore::stored).toList(),
                parent.corrected(),
                parent.pass().map(ParentStore::stored).orElse(null),
                parent.indexedAtMs());
    }

    private static StoredClosure stored(KnownClosing known) {
        Closing closing = known.closing();
        return new StoredClosure(
                closing.attempt(),
                closing.outcome().name(),
                closing.closedAtMs(),
                closing.previousClosedAtMs(),
                closing.expectedMembers(),
                known.version(),
                known.partitions(),
                known.reportedAtMs(),
                known.readAtMs(),
                known.settledVersion(),
                known.purged());
    }

    private static StoredPass stored(Pass pass) {
        return new StoredPass(
                pass.cursor(),
                pass.settling().entrySet().stream()
                        .map(each -> new StoredSettling(each.getKey(), each.getValue()))
                        .toList(),
                pass.heldUntilMs().values().stream().max(Long::compare).orElse(Long.MIN_VALUE));
    }

    private static KnownParent parent(StoredParent stored) {
        return new KnownParent(
                stored.getClosures().stream().map(ParentStore::closing).toList(),
                stored.getCorrected(),
                Optional.ofNullable(stored.getPass()).map(ParentStore::pass),
                stored.getIndexedAtMs());
    }

    private static KnownClosing closing(StoredClosure stored) {
        return new KnownClosing(
                new Closing(
                        stored.getAttempt(),
                        Status.valueOf(stored.getOutcome()),
                        stored.getClosedAtMs(),
                        stored.getPreviousClosedAtMs(),
                        stored.getExpected()),
                stored.getVersion(),
                stored.getPartitions(),
                stored.getReportedAtMs(),
                stored.getReadAtMs(),
                stored.getSettledVersion(),
                stored.getPurged());
    }

    /** What is stored is the latest of all holds: after a restart within a pass, it counts for each attempt. */
    private static Pass pass(StoredPass stored) {
        Map<Integer, Integer> settling = stored.getSettling().stream()
                .collect(Collectors.toMap(StoredSettling::getAttempt, StoredSettling::getVersion));
        Map<Integer, Long> held =
                settling.keySet().stream().collect(Collectors.toMap(attempt -> attempt, a -> stored.getHeldUntilMs()));
        return new Pass(stored.getCursor(), settling, held);
    }

    private static StoredParenthood stored(Parenthood parenthood) {
        return new StoredParenthood(
                ByteBuffer.wrap(parenthood.namedBy().toByteArray()),
                parenthood.sent().stream().map(ParentStore::stored).toList());
    }

    private static StoredIssue stored(Parenthood.SentClosing sent) {
        Closing closing = sent.closing();
        return new StoredIssue(
                closing.attempt(),
                closing.outcome().name(),
                closing.closedAtMs(),
                closing.previousClosedAtMs(),
                closing.expectedMembers(),
                sent.version());
    }

    private static Parenthood parenthood(StoredParenthood stored) {
        return new Parenthood(
                BitSet.valueOf(stored.getNamedBy()),
                stored.getIssued().stream().map(ParentStore::sent).toList());
    }

    private static Parenthood.SentClosing sent(StoredIssue stored) {
        Closing closing = new Closing(
                stored.getAttempt(),
                Status.valueOf(stored.getOutcome()),
                stored.getClosedAtMs(),
                stored.getPreviousClosedAtMs(),
                stored.getExpected());
        return new Parenthood.SentClosing(closing, stored.getVersion());
    }
}
