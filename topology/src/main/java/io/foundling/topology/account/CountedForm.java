package io.foundling.topology.account;

import io.foundling.audit.OrphanReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is stored of a subject that counts in a group: nothing if it counts once, or how often, or that it was not back
 * when its parent closed, or what was found about it.
 */
final class CountedForm {

    static final byte[] ONCE = {};

    private static final byte[] PARENT_CLOSED = {1};
    private static final byte FOUND = 2;
    private static final int SHORTEST = 4;

    private CountedForm() {}

    static byte[] orphaned(OrphanReason reason) {
        return reason == OrphanReason.PARENT_CLOSED ? PARENT_CLOSED.clone() : ONCE;
    }

    /** What counts once is stored without a value, as what can only count once is. */
    static byte[] times(int times) {
        return times == 1
                ? ONCE
                : ByteBuffer.allocate(Integer.BYTES).putInt(times).array();
    }

    /** @param finding of at least four bytes, so that it differs from a number */
    static byte[] found(String finding) {
        byte[] text = finding.getBytes(StandardCharsets.UTF_8);
        if (text.length < SHORTEST) {
            throw new IllegalArgumentException("the finding is '" + finding + "', must have " + SHORTEST + " bytes");
        }
        return ByteBuffer.allocate(1 + text.length).put(FOUND).put(text).array();
    }

    /** Returns what is stored, if it is one of these. */
    static byte[] possible(byte[] counted) {
        boolean isNumber = counted.length == Integer.BYTES && times(counted) > 1;
        if (!isNumber && timesClosed(counted) == 0 && finding(counted).isEmpty()) {
            throw new IllegalArgumentException("it says neither how often nor why a subject counts");
        }
        return counted;
    }

    /** Returns how often it counts because its parent closed. */
    static int timesClosed(byte[] counted) {
        return Arrays.equals(counted, PARENT_CLOSED) ? 1 : 0;
    }

    static int times(byte[] counted) {
        if (counted == null) {
            return 0;
        }
        return counted.length == Integer.BYTES ? ByteBuffer.wrap(counted).getInt() : 1;
    }

    static Optional<String> finding(byte[] counted) {
        return counted != null && counted.length > SHORTEST && counted[0] == FOUND
                ? Optional.of(new String(counted, 1, counted.length - 1, StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
