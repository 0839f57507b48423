package io.foundling.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.foundling.bench.Report;
import io.foundling.local.LocalAlertmanager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real processes with few orphans. */
@Tag("full")
class NotifyBenchIT {

    @TempDir
    private Path directory;

    @Test
    void shouldSendPeopleFewMessagesHoweverManyOrphansThereAre() throws Exception {
        // Given
        assumeThat("true".equals(System.getenv("CI")) || LocalAlertmanager.isInstalled())
                .as(LocalAlertmanager.NAME + " is installed")
                .isTrue();
        Path report = directory.resolve("notify.md");

        // When: it ends with a failure if an orphan, or an end, is missing
        try (LedgerLab lab = LedgerLab.start(directory)) {
            new NotifyBench(lab, 1_200, Duration.ofSeconds(12)).run(new Report(report));
        }

        // Then: each stage begins and ends once, with newer counts in between
        List<Long> all = row(Files.readString(report), "all");
        assertThat(all).hasSize(7);
        assertThat(all.subList(0, 2)).containsExactly(12L, 1_200L);
        assertThat(all.get(2)).isBetween(3L * 12, 16L * 12);
        assertThat(all.get(3)).isEqualTo(12);
        assertThat(all.get(5)).isEqualTo(12);
        // And: of each source two, unless a slow machine begins or ends its stages far apart
        assertThat(all.get(6)).isBetween(2L * 5, 6L * 5);
        assertThat(row(Files.readString(report), "housing").subList(0, 2)).containsExactly(1L, 100L);
    }

    private static List<Long> row(String report, String name) {
        String line = report.lines()
                .filter(each -> each.startsWith("| " + name + " |"))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(line.split("\\|"))
                .skip(2)
                .map(cell -> Long.valueOf(cell.strip().replace(",", "")))
                .toList();
    }
}
