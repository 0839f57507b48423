package io.foundling.console.model.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFailureTest {

    @Test
    void shouldSayWhatTheDriverSaysWhenAFileCannotBeOpened(@TempDir Path directory) {
        // Given
        String url = "jdbc:sqlite:" + directory.resolve("missing").resolve("model.db");
        try (Database database = new Database(new DatabaseSettings(url, Optional.empty(), Optional.empty(), 1))) {

            // When
            Throwable failed = catchThrowable(database::migrate);

            // Then
            assertThat(DatabaseFailure.sentence(failed))
                    .isEqualTo("the database failed: [SQLITE_CANTOPEN] Unable to open the database file (unable to open"
                            + " database file)");
        }
    }

    @Test
    void shouldPrintNoUserAndNoParametersOfAUrl() {
        assertThat(new DatabaseSettings(
                        "jdbc:postgresql://me:s3cret@db:5432/model?password=s3cret",
                        Optional.of("me"),
                        Optional.of("s3cret"),
                        1))
                .hasToString("jdbc:postgresql://db:5432/model");
    }

    @Test
    void shouldSayWhatElseFailedWhenTheDatabaseDidNot() {
        assertThat(DatabaseFailure.sentence(new IllegalStateException("topic was made anew")))
                .isEqualTo("topic was made anew");
    }
}
