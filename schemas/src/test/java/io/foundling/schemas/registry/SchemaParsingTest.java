package io.foundling.schemas.registry;

import static io.foundling.schemas.registry.FakeRegistry.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schemas that refer to others. */
class SchemaParsingTest {

    private static final String DENIAL = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final FakeRegistry server = new FakeRegistry();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldReadASchemaTogetherWithThoseItRefersTo() {
        // Given: each refers to the next, and the second to the first again
        server.answering(200, referring(record("a.A", "a.B"), "b c", 2))
                .answering(200, referring(record("a.B", "a.C"), "d", 3, "b c", 2))
                .answering(200, referring(record("a.C", "long")));

        // When
        Schema schema = client(LONG, server.url()).schemaById(9).orElseThrow();

        // Then
        assertThat(schema.getField("f")
                        .schema()
                        .getField("f")
                        .schema()
                        .getField("f")
                        .schema()
                        .getType())
                .isEqualTo(Schema.Type.LONG);
        assertThat(server.requests())
                .extracting(request -> request.split(" ")[1])
                .containsExactly("/schemas/ids/9", "/subjects/b%20c/versions/2", "/subjects/d/versions/3");
    }

    @Test
    void shouldNameTheSchemaThatIsMissingAmongThoseReferredTo() {
        // Given
        server.answering(200, referring(record("a.A", "a.B"), "b", 2)).answering(404, DENIAL);

        // Then
        assertThatThrownBy(() -> client(LONG, server.url()).schemaById(9))
                .isInstanceOf(UnusableSchemaException.class)
                .hasMessage("version 2 of subject b, to which schema id 9 refers, is not registered");
    }

    @Test
    void shouldBlameTheSchemaWhenAReferenceMayNotBeRead() {
        // Given
        server.answering(200, referring(record("a.A", "a.B"), "b", 2)).answering(403, "{}");
        RegistryClient client = client(Duration.ofMillis(100), server.url());

        // When
        assertThatThrownBy(() -> client.schemaById(9))
                .isInstanceOf(UnusableSchemaException.class)
                .hasMessageStartingWith("version 2 of subject b, to which schema id 9 refers, may not be read: ")
                .hasMessageContaining("403");
        int asked = server.requests().size();

        // Then: the next message asks nobody
        assertThatThrownBy(() -> client.schemaById(9)).isInstanceOf(UnusableSchemaException.class);
        assertThat(server.requests()).hasSize(asked);
    }

    private static String record(String name, String type) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[{\"name\":\"f\",\"type\":\"" + type
                + "\"}]}";
    }

    /** @param references subjects, each followed by a version */
    private static String referring(String schema, Object... references) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("schema", schema);
        ArrayNode list = answer.putArray("references");
        for (int i = 0; i < references.length; i += 2) {
            list.addObject()
                    .put("name", "n" + i)
                    .put("subject", (String) references[i])
                    .put("version", (int) references[i + 1]);
        }
        return answer.toString();
    }
}
