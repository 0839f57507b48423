package io.foundling.topology.parent;

import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredParent;
import io.foundling.topology.store.stored.StoredParenthood;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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

    private static final byte AFTER_MEMBERS = StoreKeys.MEMBER + 1;

    private final StoredEntries entries;
    private final KeyValueStore<Bytes, byte[]> store;
    private final VersionedCodec<StoredParent> parents = new VersionedCodec<>(StoredParent.class);
    private final MemberForm members = new MemberForm();
    private final VersionedCodec<StoredParenthood> parenthoods = new VersionedCodec<>(StoredParenthood.class);

    private final RecentParents recent = new RecentParents();

    private final List<LostMember> lost = new ArrayList<>();

    /** Opens the facade over a restored store. */
    public ParentStore(KeyValueStore<Bytes, byte[]> store) {
        this(StoredEntries.of(store));
    }

    /** Opens the facade over a restored store. */
    public ParentStore(StoredEntries entries) {
        this.entries = entries;
        store = entries.bytes();
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
        entries.readAll(
                StoreKeys.membersBehind(ClosureSending.BATCH),
                StoreKeys.firstOf(AFTER_MEMBERS),
                each -> counts.merge(StoreKeys.parentOfMember(each.key), 1, Integer::sum));
        counts.forEach(this::putCount);
    }

    /**
     * Returns what is known of a parent. It is read and decoded once for a run of events whose subjects are its
     * members.
     */
    public KnownParent parent(String parentKey) {
        KnownParent parent = recent.get(parentKey);
        if (parent == null) {
            parent = entries.get(StoreKeys.parent(parentKey), this::parent, KnownParent.NONE);
            recent.put(parentKey, parent);
        }
        return parent;
    }

    /** Replaces what is known of a parent; one without closings is forgotten. */
    public void save(String parentKey, KnownParent parent) {
        boolean gone = parent.closings().isEmpty();
        store.put(StoreKeys.parent(parentKey), gone ? null : parents.encode(ParentForm.stored(parent)));
        recent.put(parentKey, gone ? KnownParent.NONE : parent);
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
        Bytes key = StoreKeys.member(parentKey, StoreKeys.memberKey(memberKey, attempt));
        byte[] stored = store.get(key);
        if (stored == null) {
            return Optional.empty();
        }
        Member member = entries.read(key, stored, bytes -> member(parentKey, memberKey, attempt, bytes), null);
        if (member == null) {
            lost(key, parentKey);
        }
        return Optional.ofNullable(member);
    }

    public void save(Member member) {
        String parentKey = member.membership().parent();
        Bytes key = StoreKeys.member(parentKey, member.key());
        if (isCounting(parentKey) && store.get(key) == null) {
            putCount(parentKey, count(parentKey) + 1);
        }
        store.put(key, members.encode(member.membership(), member.counts()));
    }

    public void delete(Member member) {
        String parentKey = member.membership().parent();
        byte[] before = store.delete(StoreKeys.member(parentKey, member.key()));
        if (before != null) {
            gone(parentKey);
        }
    }

    private void lost(Bytes key, String parentKey) {
        gone(parentKey);
        String part = StoreKeys.memberPart(key, parentKey);
        lost.add(new LostMember(parentKey, part.contains("\0") ? StoreKeys.subjectOfMember(part) : ""));
    }

    /** Whether a member was set aside since the last call of {@link #takeLost}. */
    boolean isAnyLost() {
        return !lost.isEmpty();
    }

    /** Returns the members that were set aside since the last call. */
    List<LostMember> takeLost() {
        List<LostMember> taken = List.copyOf(lost);
        lost.clear();
        return taken;
    }

    private void gone(String parentKey) {
        if (isCounting(parentKey)) {
            putCount(parentKey, Math.max(0, count(parentKey) - 1));
        }
    }

    private static boolean isCounting(String parentKey) {
        return !ClosureSending.isBatch(parentKey);
    }

    private int count(String parentKey) {
        byte[] stored = store.get(StoreKeys.memberCount(parentKey));
        if (stored == null) {
            return 0;
        }
        Integer count = entries.read(StoreKeys.memberCount(parentKey), stored, StoreKeys::intOf, null);
        return count == null ? recount(parentKey) : count;
    }

    private int recount(String parentKey) {
        int count = 0;
        try (KeyValueIterator<Bytes, byte[]> found = members(parentKey, "")) {
            for (; found.hasNext(); found.next()) {
                count++;
            }
        }
        putCount(parentKey, count);
        return count;
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
        Map<Bytes, byte[]> damaged = new LinkedHashMap<>();
        boolean all = readMembers(parentKey, after, reader, damaged);
        damaged.forEach((key, value) -> {
            entries.read(key, value, bytes -> member(StoreKeys.memberPart(key, parentKey), parentKey, bytes), null);
            lost(key, parentKey);
        });
        return all;
    }

    private boolean readMembers(String parentKey, String after, Predicate<Member> reader, Map<Bytes, byte[]> damaged) {
        try (KeyValueIterator<Bytes, byte[]> found = members(parentKey, after)) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> each = found.next();
                String part = StoreKeys.memberPart(each.key, parentKey);
                if (!part.equals(after)) {
                    Member member = sound(parentKey, part, each.value);
                    if (member == null) {
                        damaged.put(each.key, each.value);
                    } else if (!reader.test(member)) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** Nothing is written while an iterator is open: what is damaged is set aside afterwards. */
    private Member sound(String parentKey, String part, byte[] value) {
        try {
            return member(part, parentKey, value);
        } catch (RuntimeException damaged) {
            return null;
        }
    }

    private Member member(String part, String parentKey, byte[] bytes) {
        return member(parentKey, StoreKeys.subjectOfMember(part), StoreKeys.attemptOfMember(part), bytes);
    }

    /** Returns a subject as a member of all its parents, which costs a walk over all members. */
    List<Member> membersOf(String subjectKey) {
        List<Member> found = new ArrayList<>();
        entries.readAll(StoreKeys.MEMBER, each -> {
            String parentKey = StoreKeys.parentOfMember(each.key);
            String part = StoreKeys.memberPart(each.key, parentKey);
            if (StoreKeys.subjectOfMember(part).equals(subjectKey)) {
                found.add(member(part, parentKey, each.value));
            }
        });
        return found;
    }

    private KeyValueIterator<Bytes, byte[]> members(String parentKey, String from) {
        return store.range(StoreKeys.member(parentKey, from), StoreKeys.membersEnd(parentKey));
    }

    /** Returns what the partition of a parent itself keeps. */
    public Parenthood parenthood(String parentKey) {
        return entries.get(
                StoreKeys.parenthood(parentKey),
                bytes -> ParentForm.parenthood(parenthoods.decode(bytes)),
                Parenthood.NONE);
    }

    /** Replaces what the partition of a parent itself keeps; if that is nothing, it is deleted. */
    public void save(String parentKey, Parenthood parenthood) {
        boolean gone = !parenthood.isNamed() && parenthood.sent().isEmpty();
        store.put(StoreKeys.parenthood(parentKey), gone ? null : parenthoods.encode(ParentForm.stored(parenthood)));
    }

    private Member member(String parentKey, String memberKey, int attempt, byte[] bytes) {
        MemberForm.Counted counted = members.decode(bytes, parentKey, attempt);
        return new Member(memberKey, counted.membership(), counted.counts());
    }

    private KnownParent parent(byte[] bytes) {
        return ParentForm.parent(parents.decode(bytes));
    }
}
