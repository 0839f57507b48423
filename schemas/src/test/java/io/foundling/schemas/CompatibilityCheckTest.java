package io.foundling.schemas;

import static io.foundling.schemas.registry.Compatibility.BACKWARD_TRANSITIVE;
import static io.foundling.schemas.registry.Compatibility.FULL_TRANSITIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CompatibilityCheckTest {

    private static final String LONG = field("at", "\"long\"", "");
    private static final String WITH_DEFAULT = field("note", "\"string\"", ", \"default\": \"\"");
    private static final String WITHOUT_DEFAULT = field("note", "\"string\"", "");
    private static final String ONE_FACT = field("body", "[" + fact("Opened") + "]", "");
    private static final String TWO_FACTS = field("body", "[" + fact("Opened") + "," + fact("Paused") + "]", "");
    private static final String KIND = field("kind", kind("\"A\", \"UNKNOWN\""), "");
    private static final String MORE_KINDS = field("kind", kind("\"A\", \"B\", \"UNKNOWN\""), "");
    private static final String NO_DEFAULT_KIND =
            field("kind", "{\"type\": \"enum\", \"name\": \"Kind\", \"symbols\": [\"A\"]}", "");

    @Test
    void shouldAcceptWhatBothDirectionsCanRead() {
        assertThat(CompatibilityCheck.problems(FULL_TRANSITIVE, versions(LONG, LONG + "," + WITH_DEFAULT, LONG)))
                .isEmpty();
        assertThat(CompatibilityCheck.problems(FULL_TRANSITIVE, versions(KIND, MORE_KINDS)))
                .isEmpty();
    }

    @Test
    void shouldFailWhenAFieldIsAddedWithoutDefault() {
        assertThat(CompatibilityCheck.problems(BACKWARD_TRANSITIVE, versions(LONG, LONG + "," + WITHOUT_DEFAULT)))
                .singleElement()
                .asString()
                .contains("version 2 does not read version 1", "MISSING");
    }

    @Test
    void shouldFailForOutputsOnlyWhenAUnionGetsABranch() {
        assertThat(CompatibilityCheck.problems(BACKWARD_TRANSITIVE, versions(ONE_FACT, TWO_FACTS)))
                .isEmpty();
        assertThat(CompatibilityCheck.problems(FULL_TRANSITIVE, versions(ONE_FACT, TWO_FACTS)))
                .singleElement()
                .asString()
                .contains("version 1 does not read version 2", "UNION_BRANCH");
    }

    @Test
    void shouldFailWhenAnEnumHasNoDefault() {
        assertThat(CompatibilityCheck.problems(BACKWARD_TRANSITIVE, versions(NO_DEFAULT_KIND)))
                .containsExactly("version 1: enum Kind has no default");
    }

    @Test
    void shouldCompareWithEveryVersionWhenOnlyNeighboursAgree() {
        // Given: a field that goes and comes back as another type
        List<Schema> versions =
                versions(LONG, WITH_DEFAULT, WITH_DEFAULT + "," + field("at", "\"string\"", ", \"default\": \"\""));

        // Then
        assertThat(CompatibilityCheck.problems(BACKWARD_TRANSITIVE, versions))
                .singleElement()
                .asString()
                .contains("version 3 does not read version 1", "TYPE_MISMATCH");
    }

    private static List<Schema> versions(String... fields) {
        return Arrays.stream(fields)
                .map(f -> new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + f + "]}"))
                .toList();
    }

    private static String field(String name, String type, String rest) {
        return "{\"name\": \"" + name + "\", \"type\": " + type + rest + "}";
    }

    private static String fact(String name) {
        String only = field("only" + name, "\"int\"", "");
        return "{\"type\": \"record\", \"name\": \"" + name + "\", \"fields\": [" + only + "]}";
    }

    private static String kind(String symbols) {
        return "{\"type\": \"enum\", \"name\": \"Kind\", \"symbols\": [" + symbols + "], \"default\": \"UNKNOWN\"}";
    }
}
