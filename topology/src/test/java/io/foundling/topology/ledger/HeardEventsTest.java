package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.SilenceSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which events show that a source reports, and when it was heard by them. Proves rule T26. */
final class HeardEventsTest {

    private static final Duration HISTORY = Duration.ofHours(1);
    private static final Duration AFTER = Duration.ofMinutes(15);

    private final LedgerHarness ledger = LedgerHarness.of(
            Settings.of(LedgerSettings.defaults("audit.events", 1)).silence(new SilenceSettings(HISTORY, 10, AFTER)));
    private int number;

    @AfterEach
    void close() {
        ledger.close();
    }

    private void reportForLong() {
        Instant end = ledger.now().plus(HISTORY).plusSeconds(300);
        while (ledger.now().isBefore(end)) {
            ledger.send(completed("a" + number++).at(ledger.now()));
            stayQuiet(Duration.ofMinutes(1));
        }
        ledger.send(completed("last").at(ledger.now()));
    }

    private void stayQuiet(Duration duration) {
        Instant end = ledger.now().plus(duration);
        while (ledger.now().isBefore(end)) {
            ledger.bothReach(ledger.now().plusSeconds(60));
        }
    }

    private AlertStatus status() {
        Alert alert = ledger.alerts().get("silent_source/" + Events.SOURCE);
        return alert == null ? AlertStatus.RESOLVED : alert.getStatus();
    }

    @Test
    void shouldBeHeardWhenAnEventIsAppendedAndNotWhenItIsRead() {
        // Given
        reportForLong();
        Instant appendedAt = ledger.now().plusSeconds(60);
        stayQuiet(Duration.ofMinutes(10));

        // When
        ledger.send(completed("read late").at(appendedAt), appendedAt);
        stayQuiet(Duration.ofMinutes(5));
        AlertStatus before = status();
        stayQuiet(Duration.ofMinutes(4));

        // Then
        assertThat(before).isEqualTo(AlertStatus.RESOLVED);
        assertThat(status()).isEqualTo(AlertStatus.FIRING);
    }

    @Test
    void shouldBeHeardWhenAnEventIsReadThatIsSaidToBeAppendedLater() {
        // Given
        reportForLong();

        // When
        ledger.send(completed("ahead").at(ledger.now()), ledger.now().plus(Duration.ofMinutes(40)));
        stayQuiet(AFTER.plusMinutes(4));

        // Then
        assertThat(status()).isEqualTo(AlertStatus.FIRING);
    }

    @Test
    void shouldNotBeHeardByAnEventThatIsNotApplied() {
        // Given
        reportForLong();
        stayQuiet(Duration.ofMinutes(20));

        // When
        ledger.send(deferred("no attempt").attempt(20_000).at(ledger.now()));
        stayQuiet(Duration.ofMinutes(3));

        // Then
        assertThat(ledger.violations()).hasSize(1);
        assertThat(status()).isEqualTo(AlertStatus.FIRING);
    }

    @Test
    void shouldBeHeardByAnEventThatIsAsLateAsMaxLateHoldAndByNoLaterOne() {
        // Given
        reportForLong();
        stayQuiet(Duration.ofMinutes(20));
        Duration hold = ledger.settings().lateEvents().maxHold();

        // When
        ledger.send(deferred("too late").at(ledger.now().minus(hold).minusMillis(1)));
        stayQuiet(Duration.ofMinutes(3));
        AlertStatus before = status();
        ledger.send(deferred("late").at(ledger.now().minus(hold)));
        stayQuiet(Duration.ofMinutes(3));

        // Then
        assertThat(before).isEqualTo(AlertStatus.FIRING);
        assertThat(status()).isEqualTo(AlertStatus.RESOLVED);
    }
}
