package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Policies that change while the ledger runs. Proves rules T21, T25 and E6. */
final class ReloadTest {

    private static final LedgerSettings NO_POLICY = LedgerSettings.defaults("audit.events", 1);
    private static final String PARSED = "record/university/parse/r1";

    private static LedgerSettings within(Duration window) {
        return Settings.of(NO_POLICY).policies(Settings.anything("all", window, Duration.ZERO));
    }

    private static LedgerSettings tenASweep(LedgerSettings settings) {
        return Settings.of(settings).maxExpiriesPerSweep(10);
    }

    private static LedgerSettings handOver(String name, Duration within) {
        return NO_POLICY.expecting(List.of(Settings.expecting(name, "extract", Status.COMPLETED, "parse", within)));
    }

    private static void sendPending(LedgerHarness ledger, int count) {
        for (int i = 0; i < count; i++) {
            ledger.send(pending("r" + i).at(START));
        }
    }

    private static long countDueAt(LedgerHarness ledger, Instant deadline) {
        return ledger.dispositions().values().stream()
                .filter(each -> each.getDeadline().getAt().equals(deadline))
                .count();
    }

    @Test
    void shouldWarnOfWhatAwaitsWhenADeadlineBecomesShorter() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofHours(1)))) {
            // Given
            ledger.send(pending("r1").at(START));
            ledger.bothReach(START.plus(10, MINUTES));

            // When
            ledger.reload(within(Duration.ofMinutes(5)));
            ledger.sweep();

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 PENDING");
            assertThat(ledger.disposition("r1").getDeadline().getAt()).isEqualTo(START.plus(5, MINUTES));
            assertThat(ledger.listener().retimedSubjects()).isOne();
        }
    }

    @Test
    void shouldWithdrawAWarningWhenADeadlineBecomesLonger() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofMinutes(5)))) {
            // Given
            ledger.send(pending("r1").at(START));
            ledger.bothReach(START.plus(10, MINUTES));
            assertThat(ledger.orphans()).hasSize(1);

            // When
            ledger.reload(within(Duration.ofHours(1)));
            ledger.bothReach(START.plus(11, MINUTES));
            int warned = ledger.orphans().size();
            ledger.bothReach(START.plus(2, HOURS));

            // Then
            assertThat(warned).isZero();
            assertThat(ledger.orphanStory())
                    .containsExactly("r1 ORPHANED 1 PENDING", "r1 WITHDRAWAL 1 PENDING -", "r1 ORPHANED 1 PENDING");
        }
    }

    @Test
    void shouldTakeOverAnotherSetAtTheBeginningOfATurnOnly() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofHours(1)))) {
            // Given
            ledger.reload(within(Duration.ofMinutes(5)));

            // When
            ledger.send(pending("r1").at(START));
            Instant before = ledger.disposition("r1").getDeadline().getAt();
            ledger.sweep();
            ledger.send(pending("r2").at(START));

            // Then
            assertThat(before).isEqualTo(START.plus(1, HOURS));
            assertThat(countDueAt(ledger, START.plus(5, MINUTES))).isEqualTo(2);
        }
    }

    @Test
    void shouldLookAtNoMoreSubjectsThanASweepTakes() {
        try (LedgerHarness ledger = LedgerHarness.of(tenASweep(NO_POLICY))) {
            // Given
            sendPending(ledger, 25);

            // When
            ledger.reload(tenASweep(within(Duration.ofHours(1))));

            // Then
            for (int expected : List.of(10, 20, 25, 25)) {
                ledger.sweep();
                assertThat(ledger.listener().retimedSubjects()).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldComputeASubjectThatAnEventNamesBeforeTheWalkIsThere() {
        try (LedgerHarness ledger = LedgerHarness.of(tenASweep(NO_POLICY))) {
            // Given
            sendPending(ledger, 25);
            ledger.reload(tenASweep(within(Duration.ofSeconds(10))));
            ledger.sweep();

            // When
            ledger.send(completed("r9").at(START.plus(1, MINUTES)));
            ledger.bothReach(START.plus(2, MINUTES));
            ledger.sweep();
            ledger.sweep();

            // Then
            assertThat(ledger.orphanStory()).contains("r9 ORPHANED 1 PENDING", "r9 RECOVERY 1 PENDING -");
        }
    }

    @Test
    void shouldGoOnWhereItWasWhenTheTaskStartsAgain() {
        try (LedgerHarness ledger = LedgerHarness.of(tenASweep(NO_POLICY))) {
            // Given
            sendPending(ledger, 25);
            ledger.reload(tenASweep(within(Duration.ofHours(1))));
            ledger.sweep();
            int read = ledger.dispositionChanges().size();

            // When
            ledger.restart();
            ledger.sweep();
            int afterOne = ledger.listener().retimedSubjects();
            ledger.sweep();

            // Then
            assertThat(afterOne).isEqualTo(20);
            assertThat(ledger.dispositionChanges()).hasSize(read + 15);
            assertThat(countDueAt(ledger, START.plus(1, HOURS))).isEqualTo(25);
        }
    }

    @Test
    void shouldBeginAnewWhenPoliciesChangeDuringAWalk() {
        try (LedgerHarness ledger = LedgerHarness.of(tenASweep(within(Duration.ofHours(1))))) {
            // Given
            sendPending(ledger, 25);
            ledger.sweep();
            ledger.reload(tenASweep(within(Duration.ofHours(2))));
            ledger.sweep();
            assertThat(countDueAt(ledger, START.plus(2, HOURS))).isEqualTo(10);

            // When
            ledger.reload(tenASweep(within(Duration.ofHours(1))));
            ledger.sweep();
            ledger.sweep();
            ledger.sweep();

            // Then
            assertThat(countDueAt(ledger, START.plus(1, HOURS))).isEqualTo(25);
            assertThat(ledger.listener().retimedSubjects()).isEqualTo(20);
        }
    }

    @Test
    void shouldRememberThePoliciesOfATimeWithoutSubjects() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofHours(1)))) {
            // Given
            ledger.sweep();
            ledger.reload(within(Duration.ofHours(2)));
            ledger.sweep();
            ledger.send(pending("r1").at(START));

            // When
            ledger.restart(within(Duration.ofHours(1)));
            ledger.sweep();

            // Then
            assertThat(countDueAt(ledger, START.plus(1, HOURS))).isOne();
        }
    }

    @Test
    void shouldFollowTheFormerPoliciesWhenItReadUnderOthersAndStartedAgainBeforeItsFirstTurn() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofHours(1)))) {
            // Given
            ledger.sweep();
            ledger.restart(within(Duration.ofHours(2)));
            ledger.send(pending("r1").at(START));

            // When
            ledger.restart(within(Duration.ofHours(1)));
            ledger.sweep();

            // Then
            assertThat(countDueAt(ledger, START.plus(1, HOURS))).isOne();
        }
    }

    @Test
    void shouldNotWalkWhenOnlyTheLabelsOfAlertsHaveChanged() {
        try (LedgerHarness ledger = LedgerHarness.of(within(Duration.ofHours(1)))) {
            // Given
            ledger.send(pending("r1").at(START));
            ledger.sweep();
            PolicyAlert added = new PolicyAlert(
                    "all",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of("team", "registry"),
                    Map.of());
            LedgerSettings base = ledger.settings();
            PolicySet labelled = new PolicySet(base.policies(), base.expectations(), List.of(added));
            int begun = ledger.store().accesses();
            ledger.sweep();
            int usual = ledger.store().accesses() - begun;

            // When
            ledger.reload(Settings.of(base).policySet(labelled));
            ledger.sweep();

            // Then
            assertThat(ledger.store().accesses() - begun).isEqualTo(2 * usual);
        }
    }

    @Test
    void shouldRemindOfAnOrphanWhenThePolicyBeginsToRepeat() {
        Policy policy = Settings.anything("all", Duration.ofMinutes(1), Duration.ZERO);
        try (LedgerHarness ledger = LedgerHarness.of(Settings.of(NO_POLICY).policies(policy))) {
            // Given
            ledger.send(opened("r1").at(START));
            ledger.bothReach(START.plus(2, MINUTES));

            // When
            ledger.reload(Settings.of(NO_POLICY).policies(Settings.repeating(policy, Duration.ofMinutes(10))));
            ledger.bothReach(START.plus(13, MINUTES));
            ledger.sweep();

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 OPEN", "r1 REMINDER 1 OPEN");
        }
    }

    @Test
    void shouldExpectWhatTheFirstExpectationExpectsFromThenOn() {
        try (LedgerHarness ledger = LedgerHarness.of(NO_POLICY)) {
            // Given
            ledger.send(completed("r0").stage("extract").at(START));

            // When
            ledger.reload(handOver("hand-over", Duration.ofHours(1)));
            ledger.sweep();
            ledger.send(completed("r1").stage("extract").at(START.plus(1, SECONDS)));

            // Then
            assertThat(ledger.dispositions()).doesNotContainKey("record/university/parse/r0");
            assertThat(ledger.dispositions().get(PARSED).getDeadline().getAt())
                    .isEqualTo(START.plus(1, HOURS).plus(1, SECONDS));
        }
    }

    @Test
    void shouldFollowAnExpectationThatChangesAndThenGoes() {
        try (LedgerHarness ledger = LedgerHarness.of(handOver("hand-over", Duration.ofHours(1)))) {
            // Given
            ledger.send(completed("r1").stage("extract").at(START));
            ledger.bothReach(START.plus(20, MINUTES));

            // When
            ledger.reload(handOver("hand-over", Duration.ofMinutes(10)));
            ledger.bothReach(START.plus(21, MINUTES));
            boolean warned = ledger.orphans().containsKey(PARSED);
            ledger.reload(handOver("another", Duration.ofMinutes(10)));
            ledger.sweep();

            // Then
            assertThat(warned).isTrue();
            assertThat(ledger.orphans()).isEmpty();
            assertThat(ledger.dispositions()).doesNotContainKey(PARSED);
        }
    }

    @Test
    void shouldEndAsAfterARestartWithTheSamePolicies() {
        try (LedgerHarness reloaded = LedgerHarness.of(within(Duration.ofMinutes(5)));
                LedgerHarness restarted = LedgerHarness.of(within(Duration.ofMinutes(5)))) {
            // Given
            List.of(reloaded, restarted).forEach(ReloadTest::live);
            LedgerSettings changed = within(Duration.ofMinutes(30));

            // When
            reloaded.reload(changed);
            restarted.restart(changed);
            List.of(reloaded, restarted).forEach(ledger -> ledger.bothReach(START.plus(12, MINUTES)));

            // Then
            assertThat(reloaded.orphanStory()).isEqualTo(restarted.orphanStory());
            assertThat(reloaded.dispositions().keySet())
                    .isEqualTo(restarted.dispositions().keySet());
            reloaded.dispositions()
                    .forEach((key, found) -> assertThat(found.getDeadline())
                            .isEqualTo(restarted.dispositions().get(key).getDeadline()));
        }
    }

    private static void live(LedgerHarness ledger) {
        ledger.send(pending("orphan").at(START));
        ledger.send(deferred("due").dueAt(START.plus(8, MINUTES)).at(START));
        ledger.send(opened("left").at(START));
        ledger.send(completed("left").at(START.plus(1, SECONDS)));
        ledger.send(opened("late").at(START));
        ledger.bothReach(START.plus(10, MINUTES));
        ledger.send(completed("late").at(START.plus(9, MINUTES)));
        ledger.send(opened("young").at(START.plus(9, MINUTES)));
    }
}
