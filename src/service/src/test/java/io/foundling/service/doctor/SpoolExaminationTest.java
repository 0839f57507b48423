package io.foundling.service.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foundling.service.config.IntakeSettings.Durability;
import io.foundling.service.config.IntakeSettings.Promise;
import io.foundling.service.finding.Finding;
import io.foundling.service.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SpoolExaminationTest {

    @TempDir
    private Path home;

    @Test
    void shouldLeaveNothingBehindWhenTheDirectoryIsStillToBeMade() throws IOException {
        // When
        List<Finding> findings = findings(home.resolve("a/spool"), 1);

        // Then
        assertThat(findings).extracting(Finding::severity).doesNotContain(Severity.ERROR);
        assertThat(findings.get(findings.size() - 1))
                .isEqualTo(Finding.ok("intake.spoolDirectory " + home.resolve("a/spool") + " can be written"));
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldSayWhatIsInTheWayWhenTheDirectoryIsAFile() throws IOException {
        // Given
        Path file = Files.writeString(home.resolve("spool"), "not a directory");

        // Then
        assertThat(findings(file.resolve("events"), 1)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.sentence())
                    .startsWith("intake.spoolDirectory " + file.resolve("events") + " cannot be written: ")
                    .endsWith("; mount it writable, for the user that runs this, or set intake.spoolDirectory");
        });
    }

    /** Nobody may make files there, not even root, for whom every directory looks writable. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldTryWhetherTheDirectoryCanBeWritten() {
        assertThat(findings(Path.of("/proc/foundling-spool"), 1))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.sentence())
                            .startsWith("intake.spoolDirectory /proc/foundling-spool cannot be written: ");
                });
    }

    @Test
    void shouldWarnWhenTheSpoolMayGrowBeyondTheDisk() {
        assertThat(findings(home, Long.MAX_VALUE))
                .anyMatch(finding -> finding.severity() == Severity.WARNING
                        && finding.sentence().contains("make room, or set a smaller intake.spoolMaxSize"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldWarnWhenARestartEmptiesTheSpool() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"),
                "/dev/shm is no tmpfs that this user may write");
        assertThat(findings(memory.resolve("foundling-spool"), 1))
                .anyMatch(finding -> finding.severity() == Severity.WARNING
                        && finding.sentence().contains("is on tmpfs, which a restart empties"));
    }

    @Test
    void shouldExamineNoDirectoryWithoutASpool() {
        assertThat(new SpoolExamination(new Durability(Promise.BROKER, Optional.empty(), 1)).findings())
                .containsExactly(
                        Finding.ok("callers are answered once the broker has acknowledged: there is no spool"));
    }

    private static List<Finding> findings(Path spool, long maxBytes) {
        return new SpoolExamination(new Durability(Promise.SPOOL, Optional.of(spool), maxBytes)).findings();
    }
}
