package io.foundling.service.mapping;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/**
 * Event ids that follow from the input, so that a second replay, in any order, is all duplicates. A version 5 UUID (RFC
 * 9562) of the namespace below and, for each value, the number of its UTF-8 bytes in decimal, a colon, and the bytes.
 * This must never change: events that were replayed before would no longer be recognised.
 */
final class NameBasedId {

    private static final UUID NAMESPACE = UUID.fromString("0d6a5f4e-6a1b-5c0e-9d0f-8f6d1f1e5a11");

    private NameBasedId() {}

    static UUID of(List<String> values) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .flip());
        for (String value : values) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            sha1.update((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
            sha1.update(utf8);
        }
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
        long high = hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L;
        long low = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-1", impossible);
        }
    }
}
