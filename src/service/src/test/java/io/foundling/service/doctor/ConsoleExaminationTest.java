package io.foundling.service.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.model.database.DatabaseSettings;
import io.foundling.service.finding.Finding;
import io.foundling.service.finding.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleExaminationTest {

    private static final long SMALL = 1 << 20;

    @TempDir
    private Path home;

    @Test
    void shouldFindNothingWrongBeforeTheFileIsMade() {
        // When
        List<Finding> findings = examine(home.resolve("console.db"), SMALL);

        // Then
        assertThat(findings).extracting(Finding::severity).doesNotContain(Severity.ERROR);
        assertThat(findings.get(0).sentence()).contains("is not there yet; the console makes it");
        assertThat(home.resolve("console.db")).doesNotExist();
    }

    @Test
    void shouldSayThatTheDirectoryIsMissing() {
        // When
        List<Finding> findings = examine(home.resolve("a/console.db"), SMALL);

        // Then
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .extracting(Finding::sentence)
                .containsExactly("the directory of console.database " + home.resolve("a/console.db")
                        + " is missing, or this user may not write it; make it, or name a file elsewhere");
    }

    @Test
    void shouldWarnWhenTheFileMayGrowBeyondTheDisk() {
        // When
        List<Finding> findings = examine(home.resolve("console.db"), Long.MAX_VALUE);

        // Then
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.WARNING)
                .extracting(Finding::sentence)
                .anyMatch(sentence -> sentence.endsWith("make room, or set a smaller console.maxSize"));
    }

    @Test
    void shouldSayWhatIsWrongWithAFileThatIsNoDatabase() throws Exception {
        // Given
        Path file = Files.writeString(home.resolve("console.db"), "no database, ".repeat(1_000));

        // When
        List<Finding> findings = examine(file, SMALL);

        // Then
        assertThat(findings.get(0).severity()).isEqualTo(Severity.ERROR);
        assertThat(findings.get(0).sentence()).contains("console.database", "file is not a database");
    }

    private static List<Finding> examine(Path file, long maxBytes) {
        return new ConsoleExamination(
                        new DatabaseSettings("jdbc:sqlite:" + file, Optional.empty(), Optional.empty(), maxBytes))
                .findings();
    }
}
