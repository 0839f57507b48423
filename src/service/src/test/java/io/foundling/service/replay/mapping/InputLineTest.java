package io.foundling.service.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InputLineTest {

    @Test
    void shouldGiveTextOfEveryKindOfValue() throws LineRejectedException {
        // When
        InputLine line = line("{\"s\":\"x\",\"n\":1.10,\"b\":true,\"o\":{\"i\":[7,\"y\"]},\"z\":null,\"a.b\":\"dot\"}");

        // Then
        assertThat(line.text("s")).hasValue("x");
        assertThat(line.text("n")).hasValue("1.10");
        assertThat(line.text("b")).hasValue("true");
        assertThat(line.text("o")).hasValue("{\"i\":[7,\"y\"]}");
        assertThat(line.text("/o/i/1")).hasValue("y");
        assertThat(line.text("a.b")).hasValue("dot");
        assertThat(line.text("z")).isEmpty();
        assertThat(line.has("z")).isTrue();
        assertThat(line.has("q")).isFalse();
    }

    @Test
    void shouldRejectWhatIsNoSingleJsonObject() {
        assertRejected("{\"a\":1", "is no valid JSON");
        assertRejected("{\"a\":1} x", "is no valid JSON");
        assertRejected("{\"a\":1,\"a\":2}", "Duplicate field 'a'");
        assertRejected("[1]", "is no JSON object");
        assertRejected("", "is no JSON object");
        assertThatThrownBy(() -> InputLine.parse(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}))
                .isInstanceOf(LineRejectedException.class)
                .hasMessageContaining("is no valid JSON");
    }

    private static void assertRejected(String json, String reason) {
        assertThatThrownBy(() -> line(json))
                .isInstanceOf(LineRejectedException.class)
                .hasMessageContaining(reason);
    }

    private static InputLine line(String json) throws LineRejectedException {
        return InputLine.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
