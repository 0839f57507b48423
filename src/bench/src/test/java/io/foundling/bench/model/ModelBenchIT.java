package io.foundling.bench.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.bench.Report;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every question with few rows, in a file. */
class ModelBenchIT {

    @TempDir
    private Path directory;

    @Test
    void shouldWriteAskAndDelete() throws Exception {
        // Given
        Path report = directory.resolve("model.md");
        DatabaseSettings settings = new DatabaseSettings(
                "jdbc:sqlite:" + directory.resolve("model.db"), Optional.empty(), Optional.empty(), 1L << 40);

        // When: it ends with a failure if a question finds nothing
        try (Database database = new Database(settings)) {
            database.migrate();
            new ModelBench(database, 4_000, 500, 3, new Report(report)).run();
        }

        // Then
        assertThat(Files.readString(report))
                .contains("| new dispositions | 4,000 |", "| alone | a single subject |", "| while writing | counts |")
                .contains("The older half of the events, 2,000 rows, was deleted in ");
    }
}
