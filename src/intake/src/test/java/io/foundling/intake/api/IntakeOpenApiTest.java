package io.foundling.intake.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.foundling.audit.Producer;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.web.OpenApi;
import io.foundling.console.web.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed document is that of the operation. */
class IntakeOpenApiTest {

    private static final Path COMMITTED = Path.of("docs/openapi.json");
    private static final String RENEW = "golden.update";

    @Test
    void shouldBeTheCommittedDocument() throws Exception {
        // When
        JsonSchemas schemas = new JsonSchemas();
        EventSettings settings = new EventSettings(10_000, 8 << 20, new Producer("", "", "unknown", 0L));
        Operation operation = EventsOperation.of(events -> List.of(), settings, (result, events) -> {}, schemas);
        String document = new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(
                                OpenApi.of("Foundling intake", "1", List.of(operation), schemas.components()))
                + "\n";
        if (Boolean.getBoolean(RENEW)) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, document);
        }

        // Then
        assertThat(document)
                .as("renew it with mvn verify -pl src/intake -am -Dtest=IntakeOpenApiTest -D" + RENEW + "=true")
                .isEqualTo(Files.readString(COMMITTED));
    }
}
