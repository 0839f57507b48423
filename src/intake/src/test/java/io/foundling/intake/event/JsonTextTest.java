package io.foundling.intake.event;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1}}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "{\"a\":01}",
                "// comment\n{}",
                "{\"a\":\"\n\"}",
                "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"
            })
    void shouldRefuseWhatIsNoJson(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> JsonText.one(bytes, 0, bytes.length))
                .isInstanceOf(RefusedEventException.class)
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> JsonText.oneOrMany(bytes, value -> {})).isInstanceOf(RefusedEventException.class);
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() {
        byte[][] wrong = {
            {'"', (byte) 0xFF, '"'},
            {'"', (byte) 0xC0, (byte) 0xAF, '"'},
            {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
            {'"', (byte) 0xE2, (byte) 0x82, '"'},
            "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)
        };
        for (byte[] bytes : wrong) {
            assertThatThrownBy(() -> JsonText.one(bytes, 0, bytes.length)).isInstanceOf(RefusedEventException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "[%s]", "[{}, %s]", "{\"a\":%s}"})
    void shouldRefuseAnEventOfVeryManyValues(String text) {
        String many = "[" + "1,".repeat(12_000) + "1]";
        String members =
                IntStream.range(0, 6_000).mapToObj(i -> "\"" + i + "\":0").collect(joining(",", "{", "}"));
        for (String large : List.of("[" + many + "]", members)) {
            assertThatThrownBy(() -> all(text.formatted(large)))
                    .isInstanceOf(RefusedEventException.class)
                    .hasMessage("An event has more than 10000 JSON names, values and brackets, must have fewer");
        }
    }

    @Test
    void shouldCountTheValuesOfEachEventAlone() {
        String each = "[" + "1,".repeat(3_000) + "1]";
        assertThat(all("[" + (each + ",").repeat(9) + each + "]")).hasSize(10);
    }

    @Test
    void shouldGiveEachElementOfAnArray() {
        assertThat(all("[{\"a\":1}, 2, []]")).hasToString("[{\"a\":1}, 2, []]");
        assertThat(all("{\"a\":[1,2]}")).hasToString("[{\"a\":[1,2]}]");
        assertThat(all("[]")).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsBehindAnArray() {
        assertThatThrownBy(() -> all("[1] 2")).hasMessageContaining("more behind the end");
    }

    private static List<JsonNode> all(String text) {
        List<JsonNode> all = new ArrayList<>();
        JsonText.oneOrMany(text.getBytes(StandardCharsets.UTF_8), all::add);
        return all;
    }
}
