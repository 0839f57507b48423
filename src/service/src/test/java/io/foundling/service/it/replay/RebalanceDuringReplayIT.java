package io.foundling.service.it.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.DeclarationLog;
import io.foundling.service.it.rig.ExpectedLedger;
import io.foundling.service.it.rig.FoundlingProcess;
import io.foundling.service.it.rig.LedgerAssertions;
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

/** Tasks that move between instances in the middle of a replay lose nothing and emit nothing twice. */
@Tag("full")
class RebalanceDuringReplayIT {

    private static final DeclarationLog BY_TIME = DeclarationLog.byTime();

    /** How long the group waits for a member that is gone; the least a broker allows. */
    private static final Map<String, String> SHORT_SESSION = Map.of("kafka.session.timeout.ms", "6000");

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
    void shouldPublishEveryRecordOnceWhenAnInstanceJoinsLeavesAndIsKilled() throws Exception {
        // Given
        ExpectedLedger expected = ExpectedLedger.of(BY_TIME);
        int lines = BY_TIME.lines().size();
        try (ReplayRig rig = new ReplayRig(stack, directory, "rebalanced")) {
            ServiceProcess stays = rig.instance("one", SHORT_SESSION).start().awaitReady();
            ServiceProcess comesAndGoes = rig.instance("two", SHORT_SESSION);

            // When
            // Slow enough that an instance starts twice meanwhile, also where the log is short.
            FoundlingProcess replay =
                    rig.replay(BY_TIME, "--rate", Integer.toString(Math.max(1, Math.min(700, lines / 80))));
            rig.awaitCommitted(lines / 10);
            comesAndGoes.start();
            rig.awaitWork(comesAndGoes);
            comesAndGoes.terminate();
            rig.awaitCommitted(lines * 4L / 10);
            comesAndGoes.start();
            rig.awaitWork(comesAndGoes);
            comesAndGoes.kill();
            assertThat(replay.isAlive()).as("in the middle").isTrue();
            rig.awaitSent(replay);
            rig.awaitQuiet(lines, expected.warnings());
            stays.awaitReady();

            // Then
            LedgerAssertions.assertExactlyOnce(rig.published(), expected);
            LedgerAssertions.assertConservation(List.of(stays), expected);
        }
    }
}
