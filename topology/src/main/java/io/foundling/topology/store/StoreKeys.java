package io.foundling.topology.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the store. The first byte names the kind of entry and, with it, the version of its format; a new format is a
 * new byte. Bytes from 0x40 on are reserved for members, closures and accounts.
 */
final class StoreKeys {

    /** Then the subject key. Value: {@link SubjectCodec}. */
    static final byte SUBJECT = 0x01;

    /** Then the due time, then the subject key. Value: {@link Due}'s flag. */
    static final byte EXPIRY = 0x02;

    /** Value: the due time up to which the expiry index was swept. */
    static final byte CURSOR = 0x03;

    /** Then source, a zero byte, stage. Value: {@link Tally}. */
    static final byte TALLY = 0x04;

    /** Then source, a zero byte, stage, a zero byte, body. Value: how many such events had no subject id. */
    static final byte WITHOUT_ID = 0x05;

    private StoreKeys() {}

    static Bytes subject(String subjectKey) {
        byte[] key = subjectKey.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + key.length).put(SUBJECT).put(key).array());
    }

    static Bytes expiry(long dueMs, String subjectKey) {
        byte[] key = subjectKey.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(9 + key.length)
                .put(EXPIRY)
                .putLong(sortable(dueMs))
                .put(key)
                .array());
    }

    static Bytes expiryFrom(long dueMs) {
        return expiry(dueMs, "");
    }

    static Bytes cursor() {
        return Bytes.wrap(new byte[] {CURSOR});
    }

    static Bytes tally(String source, String stage) {
        byte[] key = (source + '\0' + stage).getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + key.length).put(TALLY).put(key).array());
    }

    static Bytes withoutId(String source, String stage, String body) {
        byte[] key = (source + '\0' + stage + '\0' + body).getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + key.length).put(WITHOUT_ID).put(key).array());
    }

    static Bytes firstOf(byte kind) {
        return Bytes.wrap(new byte[] {kind});
    }

    static long dueMs(Bytes expiryKey) {
        return sortable(ByteBuffer.wrap(expiryKey.get()).getLong(1));
    }

    static String subjectKey(Bytes expiryKey) {
        byte[] key = expiryKey.get();
        return new String(key, 9, key.length - 9, StandardCharsets.UTF_8);
    }

    static String[] sourceAndStage(Bytes tallyKey) {
        byte[] key = tallyKey.get();
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8).split("\0", 2);
    }

    /** Flips the sign so that unsigned byte order is time order, before 1970 too. */
    private static long sortable(long ms) {
        return ms ^ Long.MIN_VALUE;
    }
}
