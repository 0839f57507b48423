package io.foundling.topology.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How far the deadlines of a store follow the policies in force (rule T21).
 *
 * @param fingerprint of the policies
 * @param through the key of the last subject whose deadlines were computed with them; none once all were
 */
public record PoliciesApplied(long fingerprint, Optional<String> through) {

    /** Every subject key is greater. */
    public static final String BEGINNING = "";

    byte[] encode() {
        byte[] key = through.orElse(BEGINNING).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + 1 + key.length)
                .putLong(fingerprint)
                .put((byte) (through.isPresent() ? 1 : 0))
                .put(key)
                .array();
    }

    static PoliciesApplied decode(byte[] bytes) {
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        long fingerprint = fields.getLong();
        byte flag = fields.get();
        if (flag != 0 && flag != 1) {
            throw new IllegalArgumentException("it does not say whether a walk is under way");
        }
        boolean underWay = flag == 1;
        String through = StandardCharsets.UTF_8.decode(fields).toString();
        return new PoliciesApplied(fingerprint, underWay ? Optional.of(through) : Optional.empty());
    }
}
