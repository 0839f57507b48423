package io.foundling.service.asking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Cuts the bytes of a CSV (RFC 4180) into its lines: an end of line between quotes belongs to the text. Quotes and ends of
 * lines are single bytes in UTF-8, and no part of others.
 */
final class CsvLines {

    static final String TYPE = "text/csv";

    /** No row is that long; without a bound a wrong answer would fill the memory. */
    private static final int LONGEST = 16 << 20;

    private final Predicate<String> reader;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isQuoted;

    CsvLines(Predicate<String> reader) {
        this.reader = reader;
    }

    /**
     * Takes more bytes.
     *
     * @return whether the reader wants further lines
     * @throws IOException if a line is too long
     */
    boolean add(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n' && !isQuoted) {
                if (!reader.test(taken())) {
                    return false;
                }
            } else {
                isQuoted ^= next == '"';
                line.write(next);
                if (line.size() > LONGEST) {
                    throw new IOException("a line is longer than " + LONGEST + " bytes");
                }
            }
        }
        return true;
    }

    /** Whether the last line has no end. */
    boolean isBroken() {
        return line.size() > 0;
    }

    private String taken() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
