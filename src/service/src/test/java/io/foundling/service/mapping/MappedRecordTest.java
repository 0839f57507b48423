package io.foundling.service.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MappedRecordTest {

    @Test
    void shouldGiveTextOfEveryKindOfValue() throws RecordRejectedException {
        // When
        MappedRecord line =
                line("{\"s\":\"x\",\"n\":1.10,\"b\":true,\"o\":{\"i\":[7,\"y\"]},\"z\":null,\"a.b\":\"dot\"}");

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
        assertThatThrownBy(() -> MappedRecord.ofLine(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}))
                .isInstanceOf(RecordRejectedException.class)
                .hasMessageContaining("is no valid JSON");
    }

    private static void assertRejected(String json, String reason) {
        assertThatThrownBy(() -> line(json))
                .isInstanceOf(RecordRejectedException.class)
                .hasMessageContaining(reason);
    }

    private static MappedRecord line(String json) throws RecordRejectedException {
        return MappedRecord.ofLine(json.getBytes(StandardCharsets.UTF_8));
    }
}
