package io.foundling.topology.lifecycle;

import java.nio.charset.StandardCharsets;

/** Cuts texts that are too long to keep. */
public final class Texts {

    private Texts() {}

    /** Returns the longest prefix of whole characters that takes at most {@code maxBytes} in UTF-8. */
    public static String truncate(String text, int maxBytes) {
        if (text.length() <= maxBytes / 3 || text.getBytes(StandardCharsets.UTF_8).length <= maxBytes) {
            return text;
        }
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }
}
