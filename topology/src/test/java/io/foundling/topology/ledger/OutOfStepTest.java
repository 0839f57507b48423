package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How facts out of step are counted. Proves rule L20. */
final class OutOfStepTest {

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldCountTheEventThatIsOutOfStepOnceBySource() {
        // Given
        ledger.send(completed("r1").at(START));

        // When
        ledger.send(deferred("r1").at(START.plusMillis(20)));
        ledger.send(deferred("r1").at(START.plusMillis(20)));
        ledger.restart();
        ledger.send(completed("r1").at(START.plusMillis(30)));

        // Then
        assertThat(ledger.listener().outOfStep()).isEqualTo(Map.of("university", 1));
    }

    @Test
    void shouldCountWhatWasReadBeforeWhenTheOutcomeComesLater() {
        // Given
        ledger.send(deferred("r1").at(START.plusMillis(20)));
        ledger.send(deferred("r1").at(START.plusMillis(30)));

        // When
        ledger.send(completed("r1").at(START));

        // Then
        assertThat(ledger.listener().outOfStep()).isEqualTo(Map.of("university", 2));
    }

    @Test
    void shouldCountNothingWhenEventsAreInStepOrNumbered() {
        // When
        ledger.send(deferred("r1").at(START));
        ledger.send(completed("r1").at(START.plusSeconds(1)));
        ledger.send(completed("r2").attempt(1).at(START));
        ledger.send(deferred("r2").attempt(1).at(START.plusMillis(20)));
        ledger.send(completed("r3").at(START));
        ledger.send(deferred("r3").at(START.plusSeconds(301)));

        // Then
        assertThat(ledger.listener().outOfStep()).isEmpty();
    }
}
