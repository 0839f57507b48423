package io.foundling.service.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrintableTest {

    /** Escape, control sequence introducer, right-to-left override, line and paragraph separator, byte order mark, tag. */
    @ParameterizedTest
    @ValueSource(ints = {0x1b, 0x9b, 0x202e, 0x2028, 0x2029, 0xfeff, 0xe0041})
    void shouldKeepFromTheTerminalWhatItWouldObey(int codePoint) throws Exception {
        // Given
        String text = "a" + Character.toString(codePoint) + "b";
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("key", text);

        // When
        String line = Printable.line(text);
        String printed = Printable.json(json);

        // Then
        assertThat(line).isEqualTo("a b");
        assertThat(printed).matches("[\\x20-\\x7e]+");
        assertThat(new ObjectMapper().readTree(printed)).isEqualTo(json);
    }

    @Test
    void shouldShowWhatPeopleWrite() {
        // Given
        String text = "Zürich \u4e2d\u6587 \u05d0\u05d1 \ud83d\ude00 a\\b \"c\"";

        // When / Then
        assertThat(Printable.line(text)).isEqualTo(text);
        assertThat(Printable.json(JsonNodeFactory.instance.textNode(text)))
                .isEqualTo("\"Zürich \u4e2d\u6587 \u05d0\u05d1 \ud83d\ude00 a\\\\b \\\"c\\\"\"");
    }
}
