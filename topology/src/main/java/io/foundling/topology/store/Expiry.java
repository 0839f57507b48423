package io.foundling.topology.store;

import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * One due entry of the expiry index.
 *
 * @param key its key in the store
 * @param subjectKey of the subject, or of the parent whose members or former attempts are due
 * @param dueMs when it was due, in audit-clock milliseconds
 */
public record Expiry(Bytes key, String subjectKey, long dueMs, Kind kind) {

    /** In a key, text begins behind its kind and its time. */
    private static final int TEXT_AT = 1 + Long.BYTES;

    private static final byte[] ERASED_NAME = Erasure.PREFIX.getBytes(StandardCharsets.UTF_8);

    /** What is due; stored by its ordinal. */
    public enum Kind {
        SUBJECT(""),
        /** A subject that could not be processed before. It is due even if its own entry has another time. */
        PUT_BACK(""),
        /** The members of a parent. */
        MEMBERS("\0"),
        /** An erased subject, under its {@link Erasure#name()}. */
        ERASED(""),
        /** The former attempts of a parent that was forgotten. */
        FORMER_ATTEMPTS("\1"),
        /** The results of the checks of a scope. */
        RESULTS("\2");

        /** Ends the key in the index: a parent is a subject, too, and may have an entry of its own. */
        private final String end;

        Kind(String end) {
            this.end = end;
        }

        /** Returns the key in the index of what is kept of a parent. */
        public String indexKey(String subjectKey) {
            return subjectKey + end;
        }

        String subjectKey(String indexKey) {
            return indexKey.substring(0, indexKey.length() - end.length());
        }
    }

    /** Reads an entry of the index. Its key says what is due; its value only whether it was put back. */
    static Expiry of(KeyValue<Bytes, byte[]> entry) {
        String key = StoreKeys.textOf(entry.key);
        Kind kind = kind(key, entry.value);
        return new Expiry(entry.key, kind.subjectKey(key), StoreKeys.timeOf(entry.key), kind);
    }

    private static Kind kind(String key, byte[] value) {
        if (Erasure.isName(key)) {
            return Kind.ERASED;
        } else if (key.endsWith(Kind.MEMBERS.end)) {
            return Kind.MEMBERS;
        } else if (key.endsWith(Kind.FORMER_ATTEMPTS.end)) {
            return Kind.FORMER_ATTEMPTS;
        } else if (key.endsWith(Kind.RESULTS.end)) {
            return Kind.RESULTS;
        }
        return value.length == 1 && value[0] == Kind.SUBJECT.ordinal() ? Kind.SUBJECT : Kind.PUT_BACK;
    }

    /**
     * Whether an entry with these bytes as its key is one of a subject, and of nothing else that is kept under a key.
     */
    static boolean isOfSubject(byte[] key) {
        byte last = key[key.length - 1];
        return key.length > TEXT_AT && last != 0 && last != 1 && last != 2 && !startsWith(key, ERASED_NAME);
    }

    private static boolean startsWith(byte[] key, byte[] text) {
        return key.length >= TEXT_AT + text.length
                && Arrays.equals(key, TEXT_AT, TEXT_AT + text.length, text, 0, text.length);
    }

    /** Whether its key names a subject, as long as it is not damaged. */
    public boolean isOfSubject() {
        try {
            SubjectKey.parse(subjectKey);
            return true;
        } catch (IllegalArgumentException damaged) {
            return kind == Kind.ERASED;
        }
    }
}
