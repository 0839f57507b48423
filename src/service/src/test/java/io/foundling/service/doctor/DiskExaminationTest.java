package io.foundling.service.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.finding.Finding;
import io.foundling.service.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskExaminationTest {

    @TempDir
    private Path home;

    @Test
    void shouldLeaveNothingBehindWhenTheDirectoryIsStillToBeMade() throws IOException {
        // When
        List<Finding> findings = new DiskExamination(home.resolve("a/b/state")).findings();

        // Then
        assertThat(findings).extracting(Finding::severity).doesNotContain(Severity.ERROR);
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldSayWhatIsInTheWayWhenTheDirectoryIsAFile() throws IOException {
        // Given
        Path file = Files.writeString(home.resolve("state"), "not a directory");

        // When
        List<Finding> findings = new DiskExamination(file).findings();

        // Then
        assertThat(findings.get(0).severity()).isEqualTo(Severity.ERROR);
        assertThat(findings.get(0).sentence())
                .contains("stateDirectory " + file + " cannot be written: Not a directory", "set stateDirectory");
    }

    @Test
    void shouldWarnWhenARestartEmptiesTheDirectory() {
        // When
        List<Finding> findings = new DiskExamination(Path.of("/dev/shm/foundling-state")).findings();

        // Then
        assertThat(findings.get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(findings.get(0).sentence()).contains("is on tmpfs", "mount a volume");
    }
}
