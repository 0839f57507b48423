package io.foundling.service.tail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes of any kind as text. */
final class Bytes {

    private Bytes() {}

    /** Returns the text if the bytes are UTF-8, else {@code 0x} and their hexadecimal form. */
    static String text(byte[] bytes) {
        return utf8(bytes).orElseGet(() -> "0x" + HexFormat.of().formatHex(bytes));
    }

    /** Returns the first bytes as text, with everything that is not printable ASCII as a dot. */
    static String preview(byte[] bytes, int most) {
        StringBuilder text = new StringBuilder();
        for (byte b : Arrays.copyOf(bytes, Math.min(most, bytes.length))) {
            text.append(b >= ' ' && b < 0x7f ? (char) b : '.');
        }
        return text.append(bytes.length > most ? "..." : "").toString();
    }

    /** Returns the first bytes in hexadecimal form. */
    static String hex(byte[] bytes, int most) {
        return HexFormat.of().formatHex(bytes, 0, Math.min(most, bytes.length)) + (bytes.length > most ? "..." : "");
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }
}
