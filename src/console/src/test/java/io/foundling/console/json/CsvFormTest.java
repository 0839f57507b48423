package io.foundling.console.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFormTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldHaveAColumnForEachValueAndOneForEachList() throws Exception {
        // Given
        JsonSchemas schemas = new JsonSchemas();
        ObjectNode inner = schemas.component(
                "Inner", JsonSchemas.closed(properties("a", JsonSchemas.typed("string"), "b", JsonSchemas.moment())));
        ObjectNode list = JsonSchemas.typed("array");
        list.set("items", inner);
        CsvForm csv = CsvForm.of(
                JsonSchemas.closed(properties("one", inner, "other", JsonSchemas.orNull(inner), "list", list)),
                schemas);

        // When, then
        assertThat(csv.header()).isEqualTo("one.a,one.b,other.a,other.b,list\r\n");
        assertThat(csv.line((ObjectNode)
                        JSON.readTree("{\"one\":{\"a\":\"x\",\"b\":null},\"other\":null,\"list\":[{\"a\":\"y\"}]}")))
                .isEqualTo("x,,,,\"[{\"\"a\"\":\"\"y\"\"}]\"\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"plain\"|plain",
                "\"\"|``",
                "\"a,b\"|\"a,b\"",
                "\"a\\\"b\"|\"a\"\"b\"",
                "\"a\\nb\"|\"a\\nb\"",
                "\"=1+1\"|'=1+1",
                "\"+1\"|'+1",
                "\"-1\"|'-1",
                "\"@x\"|'@x",
                "-1|-1",
                "2.5|2.5",
                "true|true"
            })
    void shouldQuoteWhatNeedsItAndGuardFormulas(String value, String cell) throws Exception {
        // Given
        CsvForm csv = CsvForm.of(JsonSchemas.closed(properties("a", JsonSchemas.typed("string"))), new JsonSchemas());

        // When
        String line = csv.line((ObjectNode) JSON.readTree("{\"a\":" + value + "}"));

        // Then
        assertThat(line).isEqualTo(cell.replace("\\n", "\n") + "\r\n");
    }

    private static Map<String, ObjectNode> properties(Object... namesAndSchemas) {
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSchemas.length; i += 2) {
            properties.put((String) namesAndSchemas[i], (ObjectNode) namesAndSchemas[i + 1]);
        }
        return properties;
    }
}
