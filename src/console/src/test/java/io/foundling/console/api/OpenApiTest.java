package io.foundling.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.foundling.console.access.Role;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.web.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed document is that of the operations. */
class OpenApiTest {

    private static final Path COMMITTED = Path.of("docs/openapi.json");
    private static final String RENEW = "golden.update";

    @TempDir
    private Path directory;

    @Test
    void shouldBeTheCommittedDocument() throws Exception {
        try (Database database = new Database(TestDatabase.SQLITE.settings(directory))) {
            // When
            String document = new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(ApiRig.api(database).document())
                    + "\n";
            if (Boolean.getBoolean(RENEW)) {
                Files.createDirectories(COMMITTED.getParent());
                Files.writeString(COMMITTED, document);
            }

            // Then
            assertThat(document)
                    .as("renew it with mvn verify -pl src/console -am -Dtest=OpenApiTest -D" + RENEW + "=true")
                    .isEqualTo(Files.readString(COMMITTED));
        }
    }

    @Test
    void shouldNeedARoleForEveryOperation() {
        try (Database database = new Database(TestDatabase.SQLITE.settings(directory))) {
            assertThat(ApiRig.api(database).operations())
                    .extracting(Operation::role)
                    .allMatch(role -> role.filter(List.of(Role.READER, Role.OPERATOR)::contains)
                            .isPresent());
        }
    }
}
