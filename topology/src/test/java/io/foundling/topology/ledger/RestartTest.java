package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.RecoveryReason;
import io.foundling.topology.harness.Change;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A job without attempt numbers that is killed and begins again. Proves rules T12 and T17. */
final class RestartTest {

    private static final Instant AGAIN = START.plus(90, MINUTES);

    private final LedgerHarness ledger = LedgerHarness.of(Settings.of(LedgerSettings.defaults("audit.events", 1))
            .policies(Settings.anything("jobs", Duration.ofHours(1), Duration.ZERO)));

    @AfterEach
    void close() {
        ledger.close();
    }

    private void killAndBeginAgain() {
        ledger.send(opened("r1"));
        ledger.bothReach(AGAIN);
        ledger.send(opened("r1").at(AGAIN).number(2));
    }

    @Test
    void shouldWatchAgainWhatBeganAgainWithoutANumber() {
        // Given
        killAndBeginAgain();
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 OPEN", "r1 RECOVERY 1 OPEN -");
        assertThat(ledger.dispositions().get(key("r1")).getDeadline().getAt()).isEqualTo(AGAIN.plus(60, MINUTES));

        // When
        ledger.bothReach(AGAIN.plus(61, MINUTES));

        // Then
        assertThat(ledger.orphanStory())
                .containsExactly("r1 ORPHANED 1 OPEN", "r1 RECOVERY 1 OPEN -", "r1 ORPHANED 1 OPEN");
        assertThat(ledger.orphans().get(key("r1")).getExtension()).isEqualTo(1);
    }

    @Test
    void shouldSayRestartedInTheHeaderAndInTheMarks() {
        // Given
        killAndBeginAgain();
        ledger.bothReach(AGAIN.plus(61, MINUTES));

        // When
        ledger.restart();
        ledger.send(completed("r1").at(AGAIN.plus(70, MINUTES)));

        // Then
        List<Change<OrphanWarning>> changes = ledger.orphanChanges();
        assertThat(changes)
                .extracting(change -> change.header("foundling.recovery"))
                .containsExactly("", "RESTARTED", "", "");
        Disposition disposition = ledger.dispositions().get(key("r1"));
        assertThat(disposition.getMarks())
                .extracting(OrphanMark::getRecoveryReason)
                .containsExactly(RecoveryReason.RESTARTED, null);
        assertThat(disposition.getMarks().get(0).getRecoveredAt()).isEqualTo(AGAIN);
    }

    @Test
    void shouldEmitOneWarningWhenItCompletesInTheSecondRun() {
        // Given
        killAndBeginAgain();

        // When
        ledger.send(completed("r1").at(AGAIN.plus(30, MINUTES)));
        ledger.bothReach(AGAIN.plus(600, MINUTES));

        // Then
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 OPEN", "r1 RECOVERY 1 OPEN -");
        assertThat(ledger.dispositions().get(key("r1")).getAttempt()).isEqualTo(1);
    }
}
