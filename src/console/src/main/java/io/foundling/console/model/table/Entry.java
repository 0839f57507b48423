package io.foundling.console.model.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A record as a table takes it.
 *
 * @param key see {@link #key(byte[])}
 */
public record Entry<T>(Origin origin, String key, T value) {

    /** Keys of the ledger are shorter; an index of PostgreSQL takes no more than a little longer ones. */
    private static final int MAX_KEY_BYTES = 2_048;

    /** Returns a key as text; null if it is none, is empty or too long, or holds a zero character. */
    public static String key(byte[] key) {
        if (key == null || key.length == 0 || key.length > MAX_KEY_BYTES) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException noText) {
            return null;
        }
    }
}
