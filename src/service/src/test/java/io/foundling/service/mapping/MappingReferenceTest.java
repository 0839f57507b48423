package io.foundling.service.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.audit.AuditEvent;
import io.foundling.service.GoldenSection;
import io.foundling.service.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema of the mapping language, the reader and the page say the same. */
class MappingReferenceTest {

    private static final MappingSchema SCHEMA = MappingSchema.read();
    private static final Path PAGE = Path.of("docs/mapping.md");

    /** Each place that has keys, with a word where a further key could be. */
    private static final String EVERYTHING = """
            producer: {service: s<producer>}
            subject: {kind: RECORD, source: s, stage: t, id: {join: [{field: id}], by: x<value>}<subject>}
            time: {join: [a], by: x<time>}
            eventId: id
            metadata: [{key: a, value: b<entry>}]
            facts: {field: what, rules: [{when: {join: [a], by: x, is: b<when>}, body: Opened<rule>},
              {events: [{body: Opened<event>}]}]<facts>}
            """;

    private static final String PLAIN = EVERYTHING.replaceAll("<\\w+>", "");

    @Test
    void shouldShowEveryKeyInTheDocumentation() {
        StringBuilder page = new StringBuilder();
        SCHEMA.definitions().properties().forEach(definition -> {
            if (definition.getValue().has("title")) {
                page.append(section(definition.getValue())).append('\n');
            }
        });
        new GoldenSection(PAGE.toString(), "keys").shouldHold(page.toString());
    }

    @Test
    void shouldShowEveryFactInTheDocumentation() {
        String rows = BodyTemplate.bodies().stream()
                .map(body -> "| `%s` | %s |"
                        .formatted(
                                body.getName(),
                                body.getFields().stream()
                                        .map(field -> field(body, field))
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("\n"));
        new GoldenSection(PAGE.toString(), "facts").shouldHold("| body | fields |\n|---|---|\n" + rows);
    }

    @Test
    void shouldNameEveryFactInTheSchema() {
        List<String> named = new ArrayList<>();
        SCHEMA.definitions().get("body").get("enum").forEach(name -> named.add(name.asText()));
        assertThat(named)
                .isEqualTo(BodyTemplate.bodies().stream().map(Schema::getName).toList());
    }

    @ParameterizedTest
    @CsvSource({"document", "producer", "subject", "value", "time", "entry", "facts", "when", "rule", "event"})
    void shouldKnowTheKeysOfTheSchema(String definition) {
        // Given
        String marked = definition.equals("document")
                ? PLAIN + "zzz: 1\n"
                : EVERYTHING.replace("<" + definition + ">", ", zzz: 1").replaceAll("<\\w+>", "");

        // When
        String problems = catchThrowableOfType(
                        InvalidMappingException.class, () -> MappingReader.read("test.yaml", marked))
                .getMessage();

        // Then
        Matcher known =
                Pattern.compile("unknown key 'zzz' in .*, known are (.*)").matcher(problems);
        assertThat(known.find()).as(problems).isTrue();
        Set<String> keys = SCHEMA.keys(SCHEMA.definitions().get(definition)).keySet();
        assertThat(new TreeSet<>(List.of(known.group(1).split(", ")))).isEqualTo(keys);
        assertThat(SCHEMA.faults(marked)).isNotEmpty();
    }

    @Test
    void shouldAcceptTheExamplesOfThePageAndOfTheDeclarations() throws Exception {
        String example = new Page(PAGE).code("yaml").findFirst().orElseThrow();
        assertThat(MappingReader.read("page", example).facts().rules()).hasSize(3);
        assertThat(SCHEMA.faults(example)).isEmpty();
        assertThat(SCHEMA.faults(PLAIN)).isEmpty();
        assertThat(SCHEMA.faults(Files.readString(Path.of("../../deploy/examples/domestic-declarations.mapping.yaml"))))
                .isEmpty();
    }

    /** Of the same id, the ledger would drop the second (rule L4), and the second try would never end. */
    @Test
    void shouldGiveEachTryOfTheExampleOnThePageIdsOfItsOwn() throws Exception {
        // Given
        String example = new Page(PAGE).code("yaml").findFirst().orElseThrow();
        String line = "{\"number\":7,\"status\":\"QUEUED\",\"retries\":%d,\"changed_at\":\"2026-01-05T12:00:00Z\"}";
        Set<AuditEvent> events = new HashSet<>();

        // When
        for (int retries : new int[] {0, 1, 1}) {
            byte[] bytes = line.formatted(retries).getBytes(StandardCharsets.UTF_8);
            events.addAll(MappingReader.read("page", example).events(MappedRecord.ofLine(bytes)));
        }

        // Then
        assertThat(events).extracting(AuditEvent::getAttempt).containsExactlyInAnyOrder(1, 2);
        assertThat(events).extracting(AuditEvent::getEventId).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "facts: {}",
                "facts: {rules: [{when: {field: a}, body: Opened}]}",
                "facts: {rules: [{when: {all: [], any: []}, body: Opened}]}",
                "facts: {rules: [{body: Opene}]}",
                "facts: {rules: [{body: Opened}], otherwise: ignore}",
                "{facts: {rules: [{body: Opened}]}, time: {field: a, header: b}}",
                "{facts: {rules: [{body: Opened}]}, time: {record: offset}}",
                "{facts: {rules: [{body: Opened}]}, attempt: {field: a, plus: few}}",
                "{facts: {rules: [{body: Opened}]}, subject: {kind: RECORD}}"
            })
    void shouldRefuseByTheSchemaWhatTheReaderRefuses(String mapping) {
        assertThat(SCHEMA.faults(mapping)).isNotEmpty();
        assertThat(catchThrowableOfType(InvalidMappingException.class, () -> MappingReader.read("test.yaml", mapping)))
                .isNotNull();
    }

    private static String section(JsonNode definition) {
        StringBuilder section =
                new StringBuilder("### " + definition.get("title").asText() + "\n\n");
        if (definition.has("description")) {
            section.append(definition.get("description").asText()).append("\n\n");
        }
        section.append("| key | value | meaning |\n|---|---|---|\n");
        Set<String> required = new TreeSet<>();
        definition.path("required").forEach(key -> required.add(key.asText()));
        MappingSchema.ownKeys(definition)
                .forEach((key, property) -> section.append("| `%s`%s | %s | %s |\n"
                        .formatted(
                                key,
                                required.contains(key) ? " (required)" : "",
                                shown(property),
                                property.get("description").asText())));
        return section.toString();
    }

    private static String shown(JsonNode property) {
        JsonNode definition = property.has("x-shown") ? property : SCHEMA.definition(property);
        if (definition.has("x-shown")) {
            return definition.get("x-shown").asText();
        }
        if (definition.has("title")) {
            String title = definition.get("title").asText();
            return "[%s](#%s)"
                    .formatted(
                            title.replaceFirst("^(A|An|The) ", "").toLowerCase(Locale.ROOT),
                            title.toLowerCase(Locale.ROOT).replace(' ', '-'));
        }
        if (definition.has("enum")) {
            List<String> values = new ArrayList<>();
            definition.get("enum").forEach(value -> values.add("`" + value.asText() + "`"));
            return String.join(" or ", values);
        }
        return definition.has("const")
                ? "`" + definition.get("const").asText() + "`"
                : Map.of("boolean", "true or false", "integer", "number", "string", "text")
                        .get(definition.get("type").asText());
    }

    private static String field(Schema body, Schema.Field field) {
        String name = "`" + field.name() + "` (" + type(FieldType.present(field.schema()));
        if (BodyTemplate.mustBeNamed(body, field)) {
            return name + ", required)";
        }
        return name + (field.hasDefaultValue() ? ")" : ", from the time of the event if left out)");
    }

    private static String type(Schema type) {
        LogicalType logical = type.getLogicalType();
        if (logical != null) {
            return logical.getName().equals("date") ? "date" : "time";
        }
        return switch (type.getType()) {
            case STRING -> "text";
            case BOOLEAN -> "true or false";
            case LONG -> "number";
            case ENUM ->
                type.getEnumSymbols().stream()
                        .filter(symbol -> !symbol.equals("UNKNOWN"))
                        .collect(Collectors.joining(", "));
            case MAP -> "names with a " + type(type.getValueType()) + " each";
            case ARRAY -> "list of " + type(type.getElementType()) + "s";
            default -> throw new IllegalStateException("no text form for " + type);
        };
    }
}
