package io.foundling.intake.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.console.web.Shown;
import java.util.Optional;
import java.util.function.Function;

/** Reads values that are texts in JSON. */
final class TextReader implements ValueReader {

    private final String path;
    private final String expected;
    private final Function<String, Optional<?>> parser;

    TextReader(String path, String expected, Function<String, Optional<?>> parser) {
        this.path = path;
        this.expected = expected;
        this.parser = parser;
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isTextual()) {
            throw RefusedEventException.of(path, ValueReaders.shown(json), expected);
        }
        String text = json.textValue();
        if (hasHalfOfAPair(text)) {
            // It would become a question mark in UTF-8, and two ids one.
            throw RefusedEventException.of(path, "a text with half of a surrogate pair", expected);
        }
        return parser.apply(text).orElseThrow(() -> RefusedEventException.of(path, Shown.of(text), expected));
    }

    private static boolean hasHalfOfAPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (Character.isSurrogate(each)) {
                boolean isPair = Character.isHighSurrogate(each)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!isPair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
