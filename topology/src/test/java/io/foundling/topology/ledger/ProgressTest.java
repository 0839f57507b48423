package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Work goes on even if its time is always up. Proves rules T18, A7 and B6. */
final class ProgressTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);
    private static final int SUBJECTS = 20;
    private static final Instant DUE = START.plus(1, HOURS);

    @Test
    void shouldDealWithADueEntryInEachSweep() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            for (int i = 0; i < SUBJECTS; i++) {
                ledger.send(deferred("r" + i).dueAt(DUE));
            }
            ledger.sweep();
            ledger.restartWithoutTime();

            // When
            ledger.clockReaches(DUE.plusMillis(1));
            int first = ledger.listener().warningsEmitted();
            sweep(ledger, SUBJECTS - 1);

            // Then
            assertThat(first).isEqualTo(1);
            assertThat(ledger.listener().warningsEmitted()).isEqualTo(SUBJECTS);
        }
    }

    @Test
    void shouldTakeAMemberInEachSweep() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            for (int i = 0; i < SUBJECTS; i++) {
                ledger.send(deferred("r" + i).parent("b1"));
            }
            ledger.send(completed("b1").kind(SubjectKind.BATCH));
            ledger.sweep();
            ledger.restartWithoutTime();

            // When
            ledger.clockReaches(START.plus(1, HOURS));
            int first = ledger.listener().warningsEmitted();
            sweep(ledger, SUBJECTS + 1);

            // Then
            assertThat(first).isEqualTo(1);
            assertThat(ledger.listener().warningsEmitted()).isEqualTo(SUBJECTS);
        }
    }

    @Test
    void shouldComputeTheDeadlinesOfASubjectInEachTurnWhenPoliciesChanged() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            for (int i = 0; i < SUBJECTS; i++) {
                ledger.send(deferred("r" + i));
            }
            ledger.restart(
                    Settings.of(SETTINGS).policies(Settings.anything("new", Duration.ofHours(1), Duration.ZERO)));
            ledger.restartWithoutTime();

            // When
            ledger.sweep();
            long first = withDeadline(ledger);
            sweep(ledger, SUBJECTS - 1);

            // Then
            assertThat(first).isEqualTo(1);
            assertThat(withDeadline(ledger)).isEqualTo(SUBJECTS);
        }
    }

    @Test
    void shouldSendAnAccountEachSecondAndLookAtAGroupEachSecond() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            for (int i = 0; i < SUBJECTS; i++) {
                ledger.send(deferred("r1").source("s" + i).dueAt(DUE));
            }
            ledger.sweep();
            ledger.restartWithoutTime();

            // When
            ledger.clockReaches(DUE.plusMillis(1));
            for (int second = 0; second < 2 * SUBJECTS; second++) {
                ledger.wallReaches(ledger.now().plusSeconds(1));
            }

            // Then
            assertThat(ledger.alerts()).hasSize(SUBJECTS);
        }
    }

    /** A look at the time takes a third of what the task has: alone, entries get three looks, and with accounts two. */
    @Test
    void shouldLeaveAccountsTheirPartWhileEntriesAreDue() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            for (int i = 0; i < SUBJECTS; i++) {
                ledger.send(deferred("r1").source("s" + i).dueAt(DUE));
            }
            ledger.sweep();
            ledger.restartInAHurry();

            // When
            ledger.clockReaches(DUE.plusMillis(1));
            int alone = ledger.listener().warningsEmitted();
            ledger.wallReaches(ledger.now().plusSeconds(1));
            int together = ledger.listener().warningsEmitted() - alone;

            // Then
            assertThat(alone).isEqualTo(3);
            assertThat(together).isEqualTo(2);
        }
    }

    private static long withDeadline(LedgerHarness ledger) {
        return ledger.dispositions().values().stream()
                .filter(disposition -> disposition.getDeadline() != null)
                .count();
    }

    private static void sweep(LedgerHarness ledger, int times) {
        for (int i = 0; i < times; i++) {
            ledger.sweep();
        }
    }
}
