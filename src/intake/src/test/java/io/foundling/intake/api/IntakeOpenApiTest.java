package io.foundling.intake.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.foundling.audit.Producer;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.web.OpenApi;
import io.foundling.console.web.Operation;
import io.foundling.intake.EventRoom;
import io.foundling.intake.IntakeListener;
import io.foundling.intake.lineage.LineageOperations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed document is that of the operations. */
class IntakeOpenApiTest {

    private static final Path COMMITTED = Path.of("docs/openapi.json");
    private static final String RENEW = "golden.update";

    @Test
    void shouldBeTheCommittedDocument() throws Exception {
        // When
        JsonSchemas schemas = new JsonSchemas();
        EventSettings settings = new EventSettings(10_000, 8 << 20, new Producer("", "", "unknown", 0L));
        List<Operation> operations = new ArrayList<>(
                new LineageOperations(events -> List.of(), 10_000, 8 << 20, new EventRoom(10_000), IntakeListener.NONE)
                        .operations());
        operations.add(
                0,
                EventsOperation.of(events -> List.of(), settings, new EventRoom(10_000), IntakeListener.NONE, schemas));
        String document = new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(OpenApi.of("Foundling intake", "1", operations, schemas.components()))
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
