package io.foundling.console.model.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.model.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseExaminationIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldSayWhichDatabaseItIsAndThatItsTablesAreThere(TestDatabase kind) {
        // Given
        DatabaseSettings settings = kind.settings(directory);
        try (Database database = new Database(settings)) {
            database.migrate();
        }

        // When
        DatabaseExamination.Result result = new DatabaseExamination(settings).run();

        // Then
        assertThat(result.problems()).isEmpty();
        assertThat(result.summary()).startsWith(kind == TestDatabase.SQLITE ? "SQLite 3." : "PostgreSQL ");
        assertThat(result.summary()).endsWith(", tables of version 1");
    }

    @ParameterizedTest
    @EnumSource
    void shouldChangeNothingBeforeTheTablesAreMade(TestDatabase kind) throws IOException {
        // When
        DatabaseExamination.Result result = new DatabaseExamination(kind.settings(directory)).run();

        // Then
        assertThat(result.problems()).isEmpty();
        assertThat(result.summary()).endsWith("the console makes " + (kind == TestDatabase.SQLITE ? "it" : "them"));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void shouldSayWhichRightIsMissing(TestDatabase kind) {
        // Given
        DatabaseSettings owner = kind.settings(directory);
        try (Database database = new Database(owner)) {
            database.write(handle -> handle.execute("CREATE ROLE visitor LOGIN"));
        }
        String url = owner.url().replaceFirst("[?&]user=[^&]*", "");

        // When
        List<String> problems = new DatabaseExamination(
                        new DatabaseSettings(url, Optional.of("visitor"), Optional.empty(), 0))
                .run()
                .problems();

        // Then
        assertThat(problems).containsExactly("the user may not make tables in the schema public; grant Create on it");
    }

    @Test
    void shouldSayThatAFileIsNoDatabase() throws IOException {
        // Given
        DatabaseSettings settings = TestDatabase.SQLITE.settings(directory);
        Files.writeString(directory.resolve("model.db"), "no database, ".repeat(1_000));

        // When
        List<String> problems = new DatabaseExamination(settings).run().problems();

        // Then
        assertThat(problems).hasSize(1).first().asString().contains("file is not a database");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        // When
        List<String> problems = new DatabaseExamination(new DatabaseSettings(
                        "jdbc:postgresql://127.0.0.1:1/model", Optional.empty(), Optional.empty(), 0))
                .run()
                .problems();

        // Then
        assertThat(problems).hasSize(1).first().asString().contains("127.0.0.1:1 refused");
    }
}
