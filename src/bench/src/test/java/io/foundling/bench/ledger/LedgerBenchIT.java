package io.foundling.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.bench.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real contenders on a real broker with few events. The figures mean nothing; the results must be equal. */
class LedgerBenchIT {

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureAndCheckAContender() throws Exception {
        try (LedgerLab lab = LedgerLab.start(directory)) {
            // Given
            LedgerPlan plan = LedgerPlan.parse(new String[] {"pass-through", "--quick"});
            NaiveCount count = SourceTopic.write(lab, plan);
            Instant loaded = Instant.now();

            // When
            LedgerFigures figures = new ContenderRun(lab, plan, LedgerContender.PASS_THROUGH, 1)
                    .run(loaded, new OutputGuard(lab, count));

            // Then
            assertThat(figures.rate()).isPositive();
            assertThat(figures.cpu()).isPositive();
            assertThat(figures.brokerCpu()).isPositive();
            assertThat(figures.peakMib()).isGreaterThan(50);
            assertThat(figures.changelog()).isEqualTo(new PerEvent(0, 0));
            assertThat(figures.outputs().records()).isBetween(0.5, 1.1);

            // And: a wrong result ends the run with a sentence
            NaiveCount other = new NaiveCount();
            new LedgerLoad(LedgerPlan.parse(new String[] {"--events", "1990"}), other::add).make();
            ContenderRun again = new ContenderRun(lab, plan, LedgerContender.PASS_THROUGH, 2);
            assertThatThrownBy(() -> again.run(loaded, new OutputGuard(lab, other)))
                    .isInstanceOf(BenchFailure.class)
                    .hasMessageStartingWith("The result of pass-through is wrong: the load ");
        }
    }

    @Test
    @Tag("full")
    void shouldHaveOneResultOfAllThatKeepStates() throws Exception {
        try (LedgerLab lab = LedgerLab.start(directory)) {
            // Given
            LedgerPlan plan = LedgerPlan.parse(new String[] {"--quick", "--batches"});
            NaiveCount count = SourceTopic.write(lab, plan);
            Instant loaded = Instant.now();
            OutputGuard guard = new OutputGuard(lab, count);

            for (LedgerContender contender : EnumSet.of(LedgerContender.FOUNDLING, LedgerContender.HAND_WRITTEN)) {
                // When
                LedgerFigures figures = new ContenderRun(lab, plan, contender, 1).run(loaded, guard);

                // Then: the guard found nothing
                assertThat(figures.changelog().records()).isGreaterThan(0.9);
            }
        }
    }

    @Test
    @Tag("full")
    void shouldBeReadyWithAllSubjectsAfterEveryRestart() throws Exception {
        try (LedgerLab lab = LedgerLab.start(directory)) {
            // When: it ends with a failure if a subject is missing
            Path report = directory.resolve("restart.md");
            RestartBench.run(lab, 2_000, new Report(report));

            // Then
            assertThat(report).content().contains("after SIGTERM: ", "after a kill: ", "with an empty disk: ");
        }
    }

    @Test
    @Tag("full")
    void shouldMeasureHowLateWarningsAreWhileSubjectsAwait() throws Exception {
        try (LedgerLab lab = LedgerLab.start(directory)) {
            // When: it ends with a failure if a warning is missing
            Path report = directory.resolve("awaiting.md");
            new AwaitingBench(lab, 2_000, 200, Duration.ofSeconds(2)).run(new Report(report));

            // Then
            assertThat(report).content().contains("| idle | 40 | ", "| 200 events/s | 40 | ", "Resident memory");
        }
    }

    @Test
    @Tag("full")
    void shouldMeasureScopesThatBecomeStaleAtOnce() throws Exception {
        try (LedgerLab lab = LedgerLab.start(directory)) {
            // When: it ends with a failure if the alerts count another number of scopes
            Path report = directory.resolve("scopes.md");
            new ScopesBench(lab, 400, Duration.ofSeconds(60), Duration.ofSeconds(1)).run(new Report(report));

            // Then: nothing is swept while nothing is due, and alerts are grouped
            assertThat(report)
                    .content()
                    .containsPattern("\\| nothing is due \\| \\S+ \\| \\S+ \\| 0 \\| \\S+ \\| 0 \\|")
                    .containsPattern("\\| all become stale at once \\| .* \\| [1-9]\\d? \\|\n")
                    .contains("420 scopes after", "TOO_OLD=420");
        }
    }
}
