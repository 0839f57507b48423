package io.foundling.service.it.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.DeclarationLog;
import io.foundling.service.it.rig.ExpectedLedger;
import io.foundling.service.it.rig.FoundlingProcess;
import io.foundling.service.it.rig.LedgerAssertions;
import io.foundling.service.it.rig.ReplayRig;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exactly once: {@code kill -9} in the middle leaves no trace in what a consumer with read_committed sees. */
class KillDuringReplayIT {

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
    void shouldPublishEveryRecordOnceWhenKilledTwiceInTheMiddle() throws Exception {
        // Given
        ExpectedLedger expected = ExpectedLedger.of(BY_TIME);
        int lines = BY_TIME.lines().size();
        try (ReplayRig rig = new ReplayRig(stack, directory, "killed-twice")) {
            // So that records of a transaction reach the broker before its commit: by default they linger until then.
            ServiceProcess service =
                    rig.instance("one", Map.of("kafka.linger.ms", "5")).start().awaitReady();

            // When
            FoundlingProcess replay = rig.replay(BY_TIME);
            for (int percent : List.of(25, 55)) {
                rig.awaitCommitted((long) lines * percent / 100);
                service.kill();
                assertThat(rig.committed()).as("in the middle").isLessThan(lines);
                service.start();
            }
            rig.awaitSent(replay);
            rig.awaitQuiet(lines, expected.warnings());
            service.awaitReady();

            // Then
            LedgerAssertions.assertExactlyOnce(rig.published(), expected);
            LedgerAssertions.assertConservation(List.of(service), expected);
            long applied = service.metrics().sum("foundling_events_total", Map.of("result", "applied"));
            assertThat(applied).as("read after the second kill").isBetween(1L, (long) lines - 1);
            assertThat(rig.topics().written(TopicNames.DISPOSITIONS).size())
                    .as("written, with what the kills left of transactions")
                    .isGreaterThan(
                            rig.topics().committed(TopicNames.DISPOSITIONS).size());
        }
    }

    @Test
    @Tag("full")
    void shouldTellEveryMarkOnceWhenKilledWhileTelling() throws Exception {
        // Given
        ExpectedLedger expected = ExpectedLedger.of(BY_TIME);
        int lines = BY_TIME.lines().size();
        try (ReplayRig rig = new ReplayRig(stack, directory, "killed-while-warning")) {
            ServiceProcess service = rig.instance("one", Map.of("maxExpiriesPerSweep", "20"))
                    .start()
                    .awaitReady();
            rig.awaitSent(rig.replay(BY_TIME));
            rig.awaitCommitted(lines);

            // When
            rig.awaitWarnings(1);
            service.kill();
            assertThat(rig.warnings()).as("in the middle").isBetween(1L, expected.warnings() - 1);
            service.start();
            rig.awaitQuiet(lines, expected.warnings());
            service.awaitReady();

            // Then
            LedgerAssertions.assertExactlyOnce(rig.published(), expected);
            LedgerAssertions.assertConservation(List.of(service), expected);
        }
    }
}
