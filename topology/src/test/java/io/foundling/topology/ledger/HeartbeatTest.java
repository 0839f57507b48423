package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.extended;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A subject that moves its deadline every minute, through the whole topology. Proves rules B1 and B7. */
final class HeartbeatTest {

    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final LedgerSettings SETTINGS =
            Settings.of(LedgerSettings.defaults("audit.events", 1)).policies(Settings.anything("any", LEASE, GRACE));

    @Test
    void shouldEmitNothingWhileEachHeartbeatIsInTime() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(opened("r1"));

            // When
            beat(ledger, 1, 200);

            // Then
            assertThat(ledger.orphanChanges()).isEmpty();
            assertThat(ledger.violations()).isEmpty();
            assertThat(ledger.disposition("r1").getMarks()).isEmpty();
            assertThat(ledger.disposition("r1").getDeadline().getAt())
                    .isEqualTo(minute(200).plus(LEASE));
        }
    }

    @Test
    void shouldEmitOneWarningWhenHeartbeatsStopAndARecoveryWhenTheyGoOn() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(opened("r1"));
            beat(ledger, 1, 100);
            ledger.restart();
            beat(ledger, 101, 150);
            Instant limit = minute(150).plus(LEASE).plus(GRACE);
            ledger.clockReaches(limit);
            assertThat(ledger.orphanChanges()).isEmpty();

            // When
            ledger.clockReaches(limit.plusMillis(1));
            beat(ledger, 170, 300);

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 OPEN", "r1 RECOVERY 1 OPEN -");
            assertThat(ledger.disposition("r1").getMarks()).hasSize(1);
        }
    }

    private static void beat(LedgerHarness ledger, int first, int last) {
        for (int i = first; i <= last; i++) {
            ledger.wallReaches(minute(i));
            ledger.clockReaches(minute(i).minus(DELAY));
            ledger.send(extended("r1", minute(i).plus(LEASE)).at(minute(i)));
        }
    }

    private static Instant minute(int number) {
        return START.plus(number, MINUTES);
    }
}
