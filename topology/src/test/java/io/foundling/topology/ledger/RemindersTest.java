package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.topology.harness.Change;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Active warnings are published again as long as their policy asks for it. Proves rules T25, T17, T19 and T21. */
final class RemindersTest {

    private static final LedgerSettings DEFAULTS = LedgerSettings.defaults("audit.events", 1);
    private static final Policy POLICY = Settings.anything("all", Duration.ofMinutes(10), Duration.ZERO);
    private static final LedgerSettings SILENT = Settings.of(DEFAULTS).policies(POLICY);

    /** The audit clock when the warnings of subjects that were opened at the start are emitted. */
    private static final Instant EMITTED = START.plus(11, MINUTES);

    private static LedgerSettings every(Duration repeat) {
        return Settings.of(DEFAULTS).policies(Settings.repeating(POLICY, repeat));
    }

    private static LedgerHarness withAnOrphan(LedgerSettings settings) {
        LedgerHarness ledger = LedgerHarness.of(settings);
        ledger.send(opened("r1").at(START));
        ledger.clockReaches(EMITTED);
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 OPEN");
        return ledger;
    }

    private static Change<OrphanWarning> last(LedgerHarness ledger) {
        return ledger.orphanChanges().get(ledger.orphanChanges().size() - 1);
    }

    @Test
    void shouldPublishAnActiveWarningAgainWithHowLongItHasBeenActive() {
        try (LedgerHarness ledger = withAnOrphan(every(Duration.ofHours(1)))) {
            // Given
            OrphanWarning warning = last(ledger).value().orElseThrow();
            ledger.clockReaches(EMITTED.plus(1, HOURS));
            assertThat(ledger.orphanChanges()).hasSize(1);

            // When
            ledger.clockReaches(EMITTED.plus(1, HOURS).plusMillis(1));
            ledger.clockReaches(EMITTED.plus(2, HOURS).plusMillis(1));

            // Then
            assertThat(ledger.orphanStory())
                    .containsExactly("r1 ORPHANED 1 OPEN", "r1 REMINDER 1 OPEN", "r1 REMINDER 1 OPEN");
            assertThat(ledger.orphanChanges())
                    .extracting(change -> change.value().orElseThrow().getActiveFor())
                    .containsExactly(0L, 3_600_001L, 7_200_001L);
            OrphanWarning reminder = ledger.orphans().get(key("r1"));
            assertThat(OrphanWarning.newBuilder(reminder).setActiveFor(0L).build())
                    .isEqualTo(warning);
        }
    }

    @Test
    void shouldCountAndShowNothingNewWhenItReminds() {
        try (LedgerHarness ledger = withAnOrphan(every(Duration.ofHours(1)))) {
            // Given
            ledger.bothReach(EMITTED.plus(5, SECONDS));
            ledger.bothReach(EMITTED.plus(10, SECONDS));
            int dispositions = ledger.dispositionChanges().size();
            int alerts = ledger.alertChanges().size();

            // When
            ledger.bothReach(EMITTED.plus(2, HOURS));
            ledger.bothReach(EMITTED.plus(3, HOURS));

            // Then
            assertThat(ledger.orphanStory()).contains("r1 REMINDER 1 OPEN");
            assertThat(ledger.dispositionChanges()).hasSize(dispositions);
            assertThat(ledger.alertChanges()).hasSize(alerts);
            assertThat(ledger.listener().warningsEmitted()).isOne();
        }
    }

    @Test
    void shouldRemindOnceAfterARestartHoweverManyRemindersWereMissed() {
        try (LedgerHarness ledger = withAnOrphan(every(Duration.ofHours(1)))) {
            // Given
            ledger.clockReaches(EMITTED.plus(61, MINUTES));
            ledger.restart();
            ledger.sweep();
            ledger.clockReaches(EMITTED.plus(119, MINUTES));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 OPEN", "r1 REMINDER 1 OPEN");

            // When
            ledger.restart();
            ledger.clockReaches(EMITTED.plus(5, HOURS).plus(30, MINUTES));
            ledger.restart();
            ledger.clockReaches(EMITTED.plus(6, HOURS));

            // Then
            assertThat(ledger.orphanStory())
                    .containsExactly("r1 ORPHANED 1 OPEN", "r1 REMINDER 1 OPEN", "r1 REMINDER 1 OPEN");
            assertThat(last(ledger).value().orElseThrow().getActiveFor())
                    .isEqualTo(Duration.ofMinutes(330).toMillis());

            // When
            ledger.clockReaches(EMITTED.plus(6, HOURS).plusMillis(1));

            // Then
            assertThat(ledger.orphanChanges()).hasSize(4);
        }
    }

    @Test
    void shouldNotRemindAgainWhenAnEventIsReadAgain() {
        try (LedgerHarness ledger = withAnOrphan(every(Duration.ofHours(1)))) {
            // Given
            ledger.clock().set(EMITTED.plus(61, MINUTES));

            // When
            ledger.send(opened("r1").at(START));
            ledger.send(opened("r1").at(START));
            ledger.sweep();

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 OPEN", "r1 REMINDER 1 OPEN");
        }
    }

    @Test
    void shouldRemindNoMoreOnceTheSubjectHasRecovered() {
        try (LedgerHarness ledger = withAnOrphan(every(Duration.ofHours(1)))) {
            // Given
            ledger.bothReach(EMITTED.plus(62, MINUTES));

            // When
            ledger.send(completed("r1").at(EMITTED.plus(62, MINUTES)));
            ledger.bothReach(EMITTED.plus(5, HOURS));

            // Then
            assertThat(ledger.orphanStory())
                    .containsExactly("r1 ORPHANED 1 OPEN", "r1 REMINDER 1 OPEN", "r1 RECOVERY 1 OPEN -");
        }
    }

    @Test
    void shouldRemindOfWarningsThatWereEmittedBeforeAPolicyAskedForIt() {
        try (LedgerHarness ledger = withAnOrphan(SILENT)) {
            // Given
            ledger.clockReaches(EMITTED.plus(90, MINUTES));
            assertThat(ledger.orphanChanges()).hasSize(1);

            // When
            ledger.restart(every(Duration.ofHours(1)));
            ledger.sweep();
            ledger.clockReaches(EMITTED.plus(100, MINUTES));
            ledger.clockReaches(EMITTED.plus(121, MINUTES));

            // Then
            assertThat(ledger.orphanStory())
                    .containsExactly("r1 ORPHANED 1 OPEN", "r1 REMINDER 1 OPEN", "r1 REMINDER 1 OPEN");
        }
    }

    @Test
    void shouldRemindMoreOftenOrNoMoreWhenThePolicyChanges() {
        try (LedgerHarness ledger = withAnOrphan(every(Duration.ofHours(1)))) {
            // Given
            ledger.clockReaches(EMITTED.plus(61, MINUTES));

            // When
            ledger.restart(every(Duration.ofMinutes(5)));
            ledger.clockReaches(EMITTED.plus(65, MINUTES));
            int before = ledger.orphanChanges().size();
            ledger.clockReaches(EMITTED.plus(66, MINUTES));
            int after = ledger.orphanChanges().size();
            ledger.restart(SILENT);
            ledger.clockReaches(EMITTED.plus(9, HOURS));

            // Then
            assertThat(before).isEqualTo(2);
            assertThat(after).isEqualTo(3);
            assertThat(ledger.orphanChanges()).hasSize(3);
        }
    }

    @Test
    void shouldTakeRepeatFromTheFirstPolicyThatMatchesTheStatusAlsoWhereTheEventNamedTheDeadline() {
        Policy pending = new Policy(
                "pending",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Status.PENDING),
                Optional.empty(),
                Duration.ZERO,
                Optional.of(Duration.ofMinutes(1)));
        LedgerSettings settings =
                Settings.of(DEFAULTS).policies(pending, POLICY, Settings.repeating(POLICY, Duration.ofMinutes(1)));
        LedgerSettings deferring =
                Settings.of(DEFAULTS).policies(pending, Settings.repeating(POLICY, Duration.ofHours(1)));
        try (LedgerHarness ledger = LedgerHarness.of(settings)) {
            // Given
            ledger.send(deferred("due").dueAt(START.plus(10, MINUTES)).at(START));
            ledger.clockReaches(EMITTED);
            ledger.clockReaches(EMITTED.plus(9, HOURS));
            assertThat(ledger.orphanStory()).containsExactly("due ORPHANED 1 DEFERRED");

            // When
            ledger.restart(deferring);
            ledger.clockReaches(EMITTED.plus(10, HOURS));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("due ORPHANED 1 DEFERRED", "due REMINDER 1 DEFERRED");
        }
    }

    @Test
    void shouldLookAtNothingBetweenRemindersAndWithoutThem() {
        try (LedgerHarness ledger = withAnOrphan(every(Duration.ofHours(1)))) {
            // Given
            ledger.clockReaches(EMITTED.plus(61, MINUTES));
            ledger.sweep();
            int accesses = ledger.store().accesses();

            // When
            ledger.clockReaches(EMITTED.plus(119, MINUTES));

            // Then
            assertThat(ledger.store().accesses()).isEqualTo(accesses);
        }
    }

    @Test
    void shouldRefuseToRemindMoreOftenThanOnceAMinute() {
        // When / Then
        assertThat(Settings.repeating(POLICY, Policy.MIN_REPEAT).repeat()).contains(Duration.ofMinutes(1));
        assertThatThrownBy(() -> Settings.repeating(POLICY, Duration.ofMillis(59_999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("repeat of policy 'all' is PT59.999S, must be PT1M or more");
    }
}
