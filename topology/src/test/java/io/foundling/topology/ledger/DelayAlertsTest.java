package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The alert about a source whose events come late, and its gauge. Proves rules T23, A1, A8 and A12. */
final class DelayAlertsTest {

    private static final String KEY = "delayed_source/spool";

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));
    private int number;

    @AfterEach
    void close() {
        ledger.close();
    }

    private void comeLateUntil(Instant end) {
        for (Instant now = ledger.now().plus(1, MINUTES); !now.isAfter(end); now = now.plus(1, MINUTES)) {
            ledger.send(deferred("r" + number++).source("spool").at(now.minus(3, MINUTES)), now);
            ledger.bothReach(now);
        }
    }

    private void stayQuietUntil(Instant end) {
        for (Instant now = ledger.now().plus(1, MINUTES); !now.isAfter(end); now = now.plus(1, MINUTES)) {
            ledger.bothReach(now);
        }
    }

    @Test
    void shouldFireWhenASourceHasBeenDelayedForAnHour() {
        // Given
        comeLateUntil(START.plus(60, MINUTES));
        boolean early = ledger.alerts().containsKey(KEY);

        // When
        comeLateUntil(START.plus(63, MINUTES));

        // Then
        Alert alert = ledger.alerts().get(KEY);
        assertThat(early).isFalse();
        assertThat(alert.getType()).isEqualTo(AlertType.DELAYED_SOURCE);
        assertThat(alert.getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.getCount()).isEqualTo(1);
        assertThat(alert.getSamples()).containsExactly("partition 0");
        assertThat(alert.getLabels())
                .isEqualTo(Map.of("alertname", "FoundlingDelayedSource", "severity", "warning", "source", "spool"));
        assertThat(alert.getAnnotations().get("summary")).contains("source spool", "a clock", "may be wrong");
        assertThat(ledger.listener().delays()).isEqualTo(Map.of("spool", 180_000L));
    }

    @Test
    void shouldResolveWhenItsEventsComeInTimeAgain() {
        // Given
        comeLateUntil(START.plus(2, HOURS));

        // When
        stayQuietUntil(START.plus(2, HOURS).plus(13, MINUTES));

        // Then
        assertThat(ledger.alerts().get(KEY).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.listener().delays()).isEqualTo(Map.of("spool", 0L));
    }

    @Test
    void shouldResolveAfterARestartWhenItsEventsCameInTimeMeanwhile() {
        // Given
        comeLateUntil(START.plus(2, HOURS));

        // When
        ledger.restart();
        boolean firing = ledger.alerts().get(KEY).getStatus() == AlertStatus.FIRING;
        stayQuietUntil(START.plus(2, HOURS).plus(14, MINUTES));

        // Then
        assertThat(firing).isTrue();
        assertThat(ledger.alerts().get(KEY).getStatus()).isEqualTo(AlertStatus.RESOLVED);
    }

    @Test
    void shouldResolveAfterARestartWhenTheDelayIsOverAtTheFirstLook() {
        // Given
        comeLateUntil(START.plus(2, HOURS));

        // When
        ledger.restart();
        ledger.bothReach(START.plus(3, HOURS));
        ledger.bothReach(START.plus(3, HOURS).plusSeconds(10));
        ledger.bothReach(START.plus(3, HOURS).plusSeconds(20));

        // Then
        assertThat(ledger.alerts().get(KEY).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.store().contents().keySet()).noneMatch(stored -> stored.get()[0] == 0x31);
    }

    @Test
    void shouldFireAfterAnHourWhenTheTaskRestartsMeanwhile() {
        // Given
        comeLateUntil(START.plus(50, MINUTES));

        // When
        ledger.restart();
        comeLateUntil(START.plus(60, MINUTES));
        boolean early = ledger.alerts().containsKey(KEY);
        comeLateUntil(START.plus(63, MINUTES));

        // Then
        assertThat(early).isFalse();
        assertThat(ledger.alerts().get(KEY).getStatus()).isEqualTo(AlertStatus.FIRING);
    }

    @Test
    void shouldNotFireAfterALongStopBeforeItIsKnownWhetherTheDelayLasts() {
        // Given
        comeLateUntil(START.plus(5, MINUTES));

        // When
        ledger.restart();
        ledger.wallReaches(START.plus(3, HOURS));
        ledger.wallReaches(START.plus(3, HOURS).plusSeconds(30));
        stayQuietUntil(START.plus(3, HOURS).plus(5, MINUTES));

        // Then
        assertThat(ledger.alertChanges()).noneMatch(change -> change.key().equals(KEY));
    }

    @Test
    void shouldBeginTheHourAnewWhenTheDelayEndedMeanwhile() {
        // Given
        comeLateUntil(START.plus(20, MINUTES));
        stayQuietUntil(START.plus(35, MINUTES));
        comeLateUntil(START.plus(50, MINUTES));

        // When
        ledger.restart();
        comeLateUntil(START.plus(90, MINUTES));

        // Then
        assertThat(ledger.alerts()).doesNotContainKey(KEY);
    }

    @Test
    void shouldNotFireWhenEventsComeLateForLessThanAnHour() {
        // Given
        comeLateUntil(START.plus(40, MINUTES));

        // When
        stayQuietUntil(START.plus(3, HOURS));

        // Then
        assertThat(ledger.alerts()).doesNotContainKey(KEY);
    }
}
