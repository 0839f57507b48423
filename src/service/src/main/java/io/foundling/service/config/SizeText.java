package io.foundling.service.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes in bytes: {@code 256MiB} (powers of 1024), {@code 64KB} (powers of 1000), or plain bytes. */
final class SizeText {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s?(B|[KMG]i?B)?");
    private static final Map<String, Long> UNITS = Map.of(
            "B", 1L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30);

    private SizeText() {}

    /** Returns nothing for a text that is no size or overflows. */
    static Optional<Long> parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        try {
            return Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS.get(unit)));
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }
}
