package io.foundling.topology.store;

import io.foundling.topology.store.buffer.DerivedEntries;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the store. The first byte names the kind of entry and, with it, the version of its format; a new format
 * is a new byte.
 */
public final class StoreKeys {

    /** Then the subject key. Value: {@link SubjectCodec}. */
    static final byte SUBJECT = 0x01;

    /** Then the due time, then the subject key. Value: {@link Expiry}'s flag. */
    static final byte EXPIRY = 0x02;

    /** Not used since version 3 of a subject: the due time up to which the expiry index was swept. */
    static final byte FORMER_CURSOR = 0x03;

    /** Then source, a zero byte, stage. Value: {@link Tally}. */
    static final byte TALLY = 0x04;

    /** Then source, a zero byte, stage, a zero byte, body. Value: how many such events had no subject id. */
    static final byte WITHOUT_ID = 0x05;

    /** Not used since version 3: the append time of the newest event, if that was late. */
    static final byte NEWEST_LATE = 0x06;

    /** Then source. Value: append time of an event whose producer reports dropped events. */
    static final byte DROPPED = 0x07;

    /** Value: {@link PoliciesApplied}. */
    static final byte POLICIES = 0x08;

    /** Value: the cursor of the expiry index, see {@link TimeIndex}. */
    static final byte CURSOR = 0x09;

    /** Value: a random one, which each change of the logged entries replaces. */
    static final byte STAMP = 0x0a;

    /** Not logged. Value: that of {@link #STAMP} to which the entries in the expiry index belong. */
    static final byte OWN_STAMP = 0x0b;

    /** No value. An earlier build logged the entries of subjects in the expiry index. */
    static final byte LOGGED_EXPIRIES = 0x0c;

    /** Then the name of a source topic. Value: {@link SourceStore.StoredSource}. */
    static final byte SOURCE = 0x10;

    /** Then the name of an erased subject. Value: {@code StoredErasure}. */
    static final byte ERASED = 0x20;

    /** Value: until when the delays of the sources were not known. */
    static final byte DELAYS_KNOWN = 0x2f;

    /** Then source, or nothing. Value: the steps of a delay, each as its length and how long it is remembered. */
    static final byte DELAY = 0x30;

    /** Then source, or nothing. Value: the wall time since which it is delayed. */
    static final byte DELAYED_SINCE = 0x31;

    /** Then a source that has a report on audit.clocks. No value. */
    static final byte PUBLISHED = 0x32;

    /** Then the parent's key. Value: {@code StoredParent}. */
    static final byte PARENT = 0x40;

    /** Then the parent's key, a zero byte, the member's key, a zero byte, attempt. Value: {@code MemberForm}. */
    public static final byte MEMBER = 0x41;

    /** Then the parent's key, which is one of this partition. Value: {@code StoredParenthood}. */
    static final byte PARENTHOOD = 0x42;

    /** Then the key of a group. Value: whether it was sent, then {@code StoredAccount}. */
    public static final byte ACCOUNT = 0x43;

    /** Then the key of a group, a zero byte, the key of a subject that counts in it. No value. */
    static final byte COUNTED = 0x44;

    /** Then the key of a parent with a pass under way. No value. */
    public static final byte PASS = 0x45;

    /** Then the key of a parent that is no batch. Value: how many members it has. */
    public static final byte MEMBER_COUNT = 0x46;

    /** Then the key of a parent that was forgotten. Value: {@code StoredFormerAttempts}. */
    public static final byte FORMER_ATTEMPTS = 0x47;

    /** Then the key of a scope that has checks. Value: {@code StoredResults}. */
    static final byte RESULTS = 0x48;

    /** Then the key of a declared scope that has completed. Value: {@code StoredSamples}. */
    static final byte SAMPLES = 0x49;

    /** Then a source that was heard. Value: {@code KnownSource}. */
    public static final byte HEARD_SOURCE = 0x4a;

    /** Then source, a zero byte, the number of an hour of the week. Value: {@code HeardHour}. */
    static final byte HEARD_HOUR = 0x4b;

    /** Then a key as it was. Value: the time, then the bytes that could not be decoded under that key (rule S1). */
    static final byte SET_ASIDE = 0x50;

    /** Then source, a zero byte, stage. No value: the tally is to be counted anew. */
    static final byte RECOUNT = 0x51;

    /** Entries of subjects in the expiry index: every subject says when it is due. */
    public static final DerivedEntries DERIVED =
            new DerivedEntries(StoreKeys::isDerived, firstOf(STAMP), firstOf(OWN_STAMP), firstOf(LOGGED_EXPIRIES));

    private StoreKeys() {}

    private static boolean isDerived(Bytes key) {
        return key.get()[0] == OWN_STAMP || isOfSubject(key);
    }

    /** Whether this is the key of an entry of a subject in the expiry index. */
    static boolean isOfSubject(Bytes key) {
        return key.get()[0] == EXPIRY && Expiry.isOfSubject(key.get());
    }

    /** Names the kind of entry that a key of the ledger's store is one of. */
    public static String kind(Bytes key) {
        return switch (key.get()[0]) {
            case SUBJECT -> "subject";
            case EXPIRY -> "expiry";
            case FORMER_CURSOR, CURSOR, STAMP, OWN_STAMP, LOGGED_EXPIRIES -> "cursor";
            case TALLY, RECOUNT -> "tally";
            case WITHOUT_ID -> "without_id";
            case DROPPED -> "dropped";
            case POLICIES -> "policies";
            case SOURCE -> "source";
            case ERASED -> "erased";
            case DELAYS_KNOWN, DELAY, DELAYED_SINCE, PUBLISHED -> "delay";
            case PARENT, PASS -> "parent";
            case MEMBER, MEMBER_COUNT -> "member";
            case PARENTHOOD -> "parenthood";
            case FORMER_ATTEMPTS -> "former_attempts";
            case ACCOUNT, COUNTED -> "account";
            case RESULTS -> "reconciliation";
            case SAMPLES -> "volume";
            case HEARD_SOURCE, HEARD_HOUR -> "silence";
            default -> "other";
        };
    }

    static Bytes setAside(Bytes key) {
        byte[] was = key.get();
        return Bytes.wrap(
                ByteBuffer.allocate(1 + was.length).put(SET_ASIDE).put(was).array());
    }

    /** Returns the key that an entry had before it was set aside. */
    static Bytes wasSetAside(Bytes aside) {
        return Bytes.wrap(Arrays.copyOfRange(aside.get(), 1, aside.get().length));
    }

    static Bytes recount(String source, String stage) {
        return key(RECOUNT, source + '\0' + stage);
    }

    /** Decodes a value of one number. */
    public static long longOf(byte[] value) {
        return whole(value, Long.BYTES).getLong();
    }

    /** Decodes a value of one small number. */
    public static int intOf(byte[] value) {
        return whole(value, Integer.BYTES).getInt();
    }

    /** Returns the fields of a value that must have so many bytes. */
    static ByteBuffer whole(byte[] value, int bytes) {
        if (value.length != bytes) {
            throw new IllegalArgumentException("it has " + value.length + " bytes, expected " + bytes);
        }
        return ByteBuffer.wrap(value);
    }

    public static Bytes delay(String source) {
        return key(DELAY, source);
    }

    public static Bytes delayedSince(String source) {
        return key(DELAYED_SINCE, source);
    }

    public static Bytes published(String source) {
        return key(PUBLISHED, source);
    }

    public static Bytes delaysKnown() {
        return firstOf(DELAYS_KNOWN);
    }

    static Bytes policies() {
        return Bytes.wrap(new byte[] {POLICIES});
    }

    public static Bytes dropped(String source) {
        return key(DROPPED, source);
    }

    public static Bytes source(String topic) {
        return key(SOURCE, topic);
    }

    public static Bytes erased(String name) {
        return key(ERASED, name);
    }

    public static Bytes parent(String parentKey) {
        return key(PARENT, parentKey);
    }

    /** Returns the key of a member within its parent: in the order of subject keys, then attempts. */
    public static String memberKey(String subjectKey, int attempt) {
        return subjectKey + '\0' + Integer.toString(100_000 + attempt).substring(1);
    }

    public static Bytes member(String parentKey, String memberKey) {
        return key(MEMBER, parentKey + '\0' + memberKey);
    }

    public static Bytes membersEnd(String parentKey) {
        return key(MEMBER, parentKey + '\1');
    }

    /** Returns the end of the members of all parents whose keys begin so, which is where those of others begin. */
    public static Bytes membersBehind(String prefix) {
        int last = prefix.length() - 1;
        return key(MEMBER, prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
    }

    public static Bytes memberCount(String parentKey) {
        return key(MEMBER_COUNT, parentKey);
    }

    public static Bytes samples(String scopeKey) {
        return key(SAMPLES, scopeKey);
    }

    public static Bytes heardSource(String source) {
        return key(HEARD_SOURCE, source);
    }

    public static Bytes heardHour(String source, int hourOfWeek) {
        return key(HEARD_HOUR, source + '\0' + hourOfWeek);
    }

    public static Bytes results(String scopeKey) {
        return key(RESULTS, scopeKey);
    }

    public static Bytes formerAttempts(String parentKey) {
        return key(FORMER_ATTEMPTS, parentKey);
    }

    public static String memberPart(Bytes key, String parentKey) {
        return text(key).substring(parentKey.length() + 1);
    }

    public static String parentOfMember(Bytes key) {
        String text = text(key);
        return text.substring(0, text.indexOf('\0'));
    }

    public static String subjectOfMember(String memberKey) {
        return memberKey.substring(0, memberKey.indexOf('\0'));
    }

    public static int attemptOfMember(String memberKey) {
        return Integer.parseInt(memberKey.substring(memberKey.indexOf('\0') + 1));
    }

    public static Bytes parenthood(String parentKey) {
        return key(PARENTHOOD, parentKey);
    }

    public static Bytes account(String group) {
        return key(ACCOUNT, group);
    }

    public static Bytes counted(String group, String subjectKey) {
        return key(COUNTED, group + '\0' + subjectKey);
    }

    public static Bytes countedEnd(String group) {
        return key(COUNTED, group + '\1');
    }

    public static String subjectCounted(Bytes key, String group) {
        return text(key).substring(group.length() + 1);
    }

    public static Bytes pass(String parentKey) {
        return key(PASS, parentKey);
    }

    /** Returns what follows the first byte. */
    public static String text(Bytes key) {
        return new String(key.get(), 1, key.get().length - 1, StandardCharsets.UTF_8);
    }

    public static Bytes key(byte kind, String text) {
        byte[] key = text.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(1 + key.length).put(kind).put(key).array());
    }

    public static Bytes subject(String subjectKey) {
        return key(SUBJECT, subjectKey);
    }

    /** Returns the key of what is due at a time, which is in the order of times, then of texts. */
    public static Bytes timed(byte kind, long dueMs, String text) {
        byte[] key = text.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(9 + key.length)
                .put(kind)
                .putLong(sortable(dueMs))
                .put(key)
                .array());
    }

    public static Bytes expiry(long dueMs, String subjectKey) {
        return timed(EXPIRY, dueMs, subjectKey);
    }

    static Bytes formerCursor() {
        return firstOf(FORMER_CURSOR);
    }

    public static Bytes cursor() {
        return firstOf(CURSOR);
    }

    public static Bytes tally(String source, String stage) {
        return key(TALLY, source + '\0' + stage);
    }

    public static Bytes withoutId(String source, String stage, String body) {
        return key(WITHOUT_ID, source + '\0' + stage + '\0' + body);
    }

    public static Bytes firstOf(byte kind) {
        return Bytes.wrap(new byte[] {kind});
    }

    /** Returns the time in a key of {@link #timed}. */
    public static long timeOf(Bytes timedKey) {
        return sortable(ByteBuffer.wrap(timedKey.get()).getLong(1));
    }

    /** Returns the text in a key of {@link #timed}. */
    public static String textOf(Bytes timedKey) {
        byte[] key = timedKey.get();
        return new String(key, 9, key.length - 9, StandardCharsets.UTF_8);
    }

    public static String[] sourceAndStage(Bytes tallyKey) {
        return text(tallyKey).split("\0", 2);
    }

    static WithoutIds.EventOrigin origin(Bytes withoutIdKey) {
        String[] parts = text(withoutIdKey).split("\0", 3);
        return new WithoutIds.EventOrigin(parts[0], parts[1], parts[2]);
    }

    /** Flips the sign so that unsigned byte order is time order, before 1970 too. */
    public static long sortable(long ms) {
        return ms ^ Long.MIN_VALUE;
    }
}
