package io.foundling.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.LogLines;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.DatabaseSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is there that could answer. */
class DatabaseAwayIT {

    @TempDir
    private Path directory;

    @Test
    void shouldSayThatTheDatabaseIsAwayAndNotWhereItIs() {
        DatabaseSettings missing = new DatabaseSettings(
                "jdbc:sqlite:" + directory.resolve("missing").resolve("secret.db"),
                Optional.empty(),
                Optional.empty(),
                1L << 30);
        try (ApiRig rig = ApiRig.away(new Database(missing));
                LogLines log = new LogLines(GuardedHandler.class)) {
            for (String accept : List.of("application/json", "text/csv")) {
                // When
                HttpResponse<String> response = rig.web().get("/api/v1/orphans", "Accept", accept);

                // Then
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).contains("5");
                assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(response.body())
                        .contains("The database of the read model does not answer; try again later")
                        .doesNotContain("secret");
            }
            assertThat(log.all()).containsExactly("a request was not answered");
        }
    }
}
