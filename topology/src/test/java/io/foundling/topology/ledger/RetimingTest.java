package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.extended;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Deadline;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deadlines follow the policies in force. Proves rules T21 and T22. */
final class RetimingTest {

    private static final LedgerSettings NO_POLICY = LedgerSettings.defaults("audit.events", 1);

    @Test
    void shouldGiveADeadlineToWhatAwaitedWithoutAPolicy() {
        try (LedgerHarness ledger = LedgerHarness.of(NO_POLICY)) {
            // Given
            ledger.send(pending("r1").at(START));
            ledger.bothReach(START.plus(1, HOURS));
            assertThat(ledger.orphans()).isEmpty();

            // When
            ledger.restart(within(Duration.ofSeconds(10)));
            ledger.bothReach(START.plus(2, HOURS));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 PENDING");
            assertThat(ledger.disposition("r1").getDeadline())
                    .isEqualTo(new Deadline(START.plus(10, SECONDS), 0L, "policy:all"));
            assertThat(ledger.listener().retimedSubjects()).isOne();
        }
    }

    @Test
    void shouldMoveADeadlineOfAPolicyToAnEarlierTime() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofSeconds(300)))) {
            // Given
            ledger.send(pending("r1").at(START));

            // When
            ledger.restart(within(Duration.ofSeconds(2)));
            ledger.bothReach(START.plus(20, SECONDS));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 PENDING");
        }
    }

    @Test
    void shouldWithdrawAWarningThatTheNewPolicyWouldNotHaveEmittedYet() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofSeconds(2)))) {
            // Given
            ledger.send(pending("r1").at(START));
            ledger.bothReach(START.plus(1, MINUTES));
            assertThat(ledger.orphans()).hasSize(1);

            // When
            ledger.restart(within(Duration.ofHours(1)));
            ledger.bothReach(START.plus(2, MINUTES));
            int warned = ledger.orphans().size();
            ledger.bothReach(START.plus(2, HOURS));

            // Then
            assertThat(warned).isZero();
            assertThat(ledger.orphans()).hasSize(1);
        }
    }

    @Test
    void shouldKeepDueAtAndExtensionsAndFollowTheGrace() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofSeconds(2)))) {
            // Given
            ledger.send(deferred("due").dueAt(START.plus(1, HOURS)).at(START));
            ledger.send(pending("extended").at(START));
            ledger.send(extended("extended", START.plus(1, HOURS)).at(START.plus(1, SECONDS)));

            // When
            ledger.restart(Settings.of(NO_POLICY)
                    .policies(Settings.anything("all", Duration.ofSeconds(5), Duration.ofSeconds(7))));
            ledger.bothReach(START.plus(1, MINUTES));

            // Then
            assertThat(ledger.disposition("due").getDeadline())
                    .isEqualTo(new Deadline(START.plus(1, HOURS), 7_000L, "dueAt"));
            assertThat(ledger.disposition("extended").getDeadline())
                    .isEqualTo(new Deadline(START.plus(1, HOURS), 0L, "extended"));
            assertThat(ledger.orphans()).isEmpty();
        }
    }

    @Test
    void shouldLeaveAloneWhatWasLeft() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofHours(1)))) {
            // Given
            ledger.send(opened("r1").at(START));
            ledger.send(opened("done").at(START));
            ledger.bothReach(START.plus(11, MINUTES));
            ledger.send(pending("r1").at(START.plus(10, MINUTES)));
            ledger.send(completed("done").at(START.plus(10, MINUTES)));
            int changes = ledger.orphanChanges().size();

            // When
            ledger.restart(within(Duration.ofMinutes(5)));
            ledger.bothReach(START.plus(12, MINUTES));

            // Then
            assertThat(ledger.orphanChanges()).hasSize(changes);
            assertThat(ledger.listener().retimedSubjects()).isOne();
        }
    }

    @Test
    void shouldJudgeNoExtensionAndNoRepeatOtherwiseThanBefore() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofHours(1)))) {
            // Given
            ledger.send(opened("extended").at(START));
            ledger.send(opened("repeated").at(START));
            ledger.bothReach(START.plus(50, MINUTES));
            ledger.send(extended("extended", START.plus(3, HOURS)).at(START.plus(50, MINUTES)));
            ledger.send(opened("repeated").at(START.plus(50, MINUTES)));

            // When
            ledger.restart(within(Duration.ofMinutes(30)));
            ledger.bothReach(START.plus(59, MINUTES));

            // Then
            assertThat(ledger.orphanChanges()).isEmpty();
        }
    }

    @Test
    void shouldGiveARestartTheNewWindowAndKeepTheWarningBefore() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofHours(1)))) {
            // Given
            ledger.send(opened("r1").at(START));
            ledger.bothReach(START.plus(90, MINUTES));
            ledger.send(opened("r1").at(START.plus(90, MINUTES)));

            // When
            ledger.restart(within(Duration.ofHours(2)));
            ledger.bothReach(START.plus(200, MINUTES));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 OPEN", "r1 RECOVERY 1 OPEN -");
            assertThat(ledger.disposition("r1").getDeadline())
                    .isEqualTo(new Deadline(START.plus(210, MINUTES), 0L, "policy:all"));
        }
    }

    @Test
    void shouldComputeASubjectThatAnEventNamesBeforeTheWalkIsThere() {
        try (LedgerHarness ledger = LedgerHarness.of(NO_POLICY)) {
            // Given
            ledger.send(pending("r1").at(START));

            // When
            ledger.restart(within(Duration.ofSeconds(10)));
            ledger.send(completed("r1").at(START.plus(1, MINUTES)));
            ledger.bothReach(START.plus(2, MINUTES));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 PENDING", "r1 RECOVERY 1 PENDING -");
        }
    }

    @Test
    void shouldGoOnAfterARestartInTheMiddleOfTheWalk() {
        try (LedgerHarness ledger = LedgerHarness.of(Settings.of(NO_POLICY).maxExpiriesPerSweep(10))) {
            // Given
            for (int i = 0; i < 35; i++) {
                ledger.send(pending("r" + i).at(START));
            }
            LedgerSettings changed = Settings.of(within(Duration.ofHours(1))).maxExpiriesPerSweep(10);

            // When
            ledger.restart(changed);
            ledger.sweep();
            ledger.sweep();
            int beforeRestart = ledger.listener().retimedSubjects();
            ledger.restart(changed);
            ledger.sweep();
            ledger.sweep();
            ledger.sweep();

            // Then
            assertThat(beforeRestart).isEqualTo(20);
            assertThat(ledger.listener().retimedSubjects()).isEqualTo(35);
            assertThat(ledger.dispositions().values()).allMatch(each -> each.getDeadline() != null);
        }
    }

    @Test
    void shouldNotWalkWhenThePoliciesAreTheSame() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofHours(1)))) {
            // Given
            ledger.send(pending("r1").at(START));
            ledger.sweep();
            int changes = ledger.dispositionChanges().size();

            // When
            ledger.restart(within(Duration.ofHours(1)));
            ledger.sweep();

            // Then
            assertThat(ledger.dispositionChanges()).hasSize(changes);
            assertThat(ledger.listener().retimedSubjects()).isZero();
        }
    }

    @Test
    void shouldCountWhatNothingWatches() {
        try (LedgerHarness ledger = LedgerHarness.of(NO_POLICY)) {
            // When
            ledger.send(pending("unwatched").at(START));
            ledger.send(pending("ended").at(START));
            ledger.send(completed("ended").at(START.plus(1, SECONDS)));
            ledger.send(deferred("due").dueAt(START.plus(1, HOURS)).at(START));
            ledger.send(pending("member").parent("b1").at(START));
            ledger.sweep();

            // Then
            assertThat(ledger.listener().unwatched().values()).containsExactly(1L);

            // When
            ledger.restart(within(Duration.ofHours(1)));
            ledger.sweep();

            // Then
            assertThat(ledger.listener().unwatched().values()).containsExactly(0L);
        }
    }

    private static LedgerSettings within(Duration window) {
        return Settings.of(NO_POLICY)
                .policies(new Policy(
                        "all",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(window),
                        Duration.ZERO,
                        Optional.empty()));
    }
}
