package io.foundling.service.it.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.DeclarationLog;
import io.foundling.service.it.rig.ExpectedLedger;
import io.foundling.service.it.rig.LedgerAssertions;
import io.foundling.service.it.rig.MetricsPage;
import io.foundling.service.it.rig.PublishedLedger;
import io.foundling.service.it.rig.ReplayRig;
import io.foundling.service.it.rig.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of declarations into the running service gives what the rules say, in whatever way it is replayed. */
class ReplayIT {

    private static final DeclarationLog BY_TIME = DeclarationLog.byTime();

    private static LocalStack stack;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startStack() {
        stack = LocalStack.startTemporary();
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void shouldTellExactlyTheOrphansOfTheRulesAndNothingNewWhenReplayedTwice() throws Exception {
        // Given
        ExpectedLedger expected = ExpectedLedger.of(BY_TIME);
        long lines = BY_TIME.lines().size();
        try (ReplayRig rig = new ReplayRig(stack, directory, "by-time-twice")) {
            ServiceProcess service = rig.instance("one").start().awaitReady();

            // When
            rig.awaitSent(rig.replay(BY_TIME));
            rig.awaitQuiet(lines, expected.warnings());
            PublishedLedger once = rig.published();
            MetricsPage first = service.metrics();
            rig.awaitSent(rig.replay(BY_TIME));
            rig.awaitQuiet(2 * lines, expected.warnings());
            PublishedLedger twice = rig.published();

            // Then
            LedgerAssertions.assertExactlyOnce(once, expected);
            assertThat(events(first, "applied")).isEqualTo(lines);
            assertThat(first.sum("foundling_warnings_total")).isEqualTo(expected.warnings());
            assertThat(first.sum("foundling_recoveries_total")).isEqualTo(expected.recoveries());
            assertThat(first.sum("foundling_withdrawals_total")).isZero();
            assertThat(twice).isEqualTo(once);
            assertThat(events(service.metrics(), "applied")).isEqualTo(lines);
            assertThat(events(service.metrics(), "duplicate")).isEqualTo(lines);
            LedgerAssertions.assertConservation(List.of(service), expected);
        }
    }

    @Test
    void shouldFindTheDeclarationsThatTheExampleForgets() throws Exception {
        // Given
        Path example = Path.of("../../deploy/examples/domestic-declarations.jsonl");
        DeclarationLog log = DeclarationLog.read(example);
        ExpectedLedger expected = ExpectedLedger.of(log);
        try (ReplayRig rig = new ReplayRig(stack, directory, "example")) {
            ServiceProcess service = rig.instance("one").start().awaitReady();

            // When
            rig.awaitSent(rig.replay(log));
            rig.awaitQuiet(log.lines().size(), expected.warnings());

            // Then
            LedgerAssertions.assertExactlyOnce(rig.published(), expected);
            assertThat(rig.published().orphans())
                    .containsExactly(
                            "record/university/declaration/trip-1003", "record/university/declaration/trip-1006");
            assertThat(service.metrics().sum("foundling_recoveries_total")).isEqualTo(1);
        }
    }

    @Tag("full")
    @Test
    void shouldTellTheSameWhenReplayedIntoTwoInstances() throws Exception {
        replay("by-time-2", 2, BY_TIME);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldTellTheSameWhenReplayedByCase(int instances) throws Exception {
        replay("by-case-" + instances, instances, BY_TIME.byCase());
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldTellTheSameWhenReplayedInAnyOrder(int instances) throws Exception {
        replay("shuffled-" + instances, instances, BY_TIME.shuffled(20260101));
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldTellTheSameWhenReplayedSlowerThanTheLedgerReads(int instances) throws Exception {
        replay("paused-" + instances, instances, BY_TIME, "--pause-every", "4000", "--pause-for", "3s");
    }

    private void replay(String application, int instances, DeclarationLog log, String... options) throws Exception {
        // Given
        ExpectedLedger expected = ExpectedLedger.of(log);
        try (ReplayRig rig = new ReplayRig(stack, directory, application)) {
            List<ServiceProcess> services = List.of("one", "two").subList(0, instances).stream()
                    .map(name -> rig.instance(name).start())
                    .toList();
            services.forEach(ServiceProcess::awaitReady);

            // When
            rig.awaitSent(rig.replay(log, options));
            rig.awaitQuiet(log.lines().size(), expected.warnings());

            // Then
            LedgerAssertions.assertExactlyOnce(rig.published(), expected);
            assertThat(services)
                    .allSatisfy(service ->
                            assertThat(events(service.metrics(), "applied")).isPositive());
            LedgerAssertions.assertConservation(services, expected);
        }
    }

    private static long events(MetricsPage page, String result) {
        return page.sum("foundling_events_total", Map.of("result", result));
    }
}
