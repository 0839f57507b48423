package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.opened;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two honest reporters of one subject whose clocks or threads put their events in the wrong order. Proves rule L6. */
final class TwoReportersTest {

    private static final Instant T = START.plusSeconds(60);
    private static final Instant CLOSED = START.plusSeconds(250);

    /** Reads the events in their order, or the other way round, closes the batch, and waits until all is settled. */
    private static void settle(PartitionedHarness ledger, boolean reversed, List<Events> events) {
        List<Events> order = new ArrayList<>(events);
        if (reversed) {
            Collections.reverse(order);
        }
        order.forEach(ledger::send);
        ledger.send(closed("b1").at(CLOSED));
        ledger.settleBy(CLOSED.plusSeconds(120));
        ledger.bothReach(CLOSED.plus(5, HOURS));
    }

    private static void assertComplete(PartitionedHarness ledger, int members) {
        for (int i = 1; i <= members; i++) {
            Disposition disposition = ledger.dispositions().get(key("r" + i));
            assertThat(disposition.getStatus()).isEqualTo(Status.COMPLETED);
            assertThat(disposition.getAttempt()).isEqualTo(1);
            assertThat(disposition.getMarks()).isEmpty();
        }
        Settlement settled = ledger.settlements().get(settlement("b1", 1));
        assertThat(settled.getDeferred()).isEqualTo(members);
        assertThat(settled.getReturned()).isEqualTo(Map.of("COMPLETED", (long) members));
        assertThat(settled.getMissing()).isEmpty();
        assertThat(ledger.settlements()).hasSize(1);
        assertThat(ledger.warningsEmitted()).isZero();
        assertThat(ledger.alerts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStayCompletedWhenTheSubmitterDefersAfterTheWorkerCompleted(boolean reversed) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            List<Events> events = List.of(
                    completed("r1").parent("b1").at(T),
                    deferred("r1").parent("b1").at(T.plusMillis(20)).dueAt(T.plusSeconds(30)));

            // When
            settle(ledger, reversed, events);

            // Then
            assertComplete(ledger, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSettleThreeHundredItemsOfAPoolWhoseWorkersAreFasterThanTheSubmitter(boolean reversed) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(4))) {
            // Given
            List<Events> events = new ArrayList<>();
            for (int i = 1; i <= 300; i++) {
                events.add(completed("r" + i).parent("b1").at(T.plusMillis(i)));
                events.add(deferred("r" + i).parent("b1").at(T.plusMillis(i + 2)));
            }

            // When
            settle(ledger, reversed, events);

            // Then
            assertComplete(ledger, 300);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStayCompletedWhenASecondPollerStillSeesItPending(boolean reversed) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            List<Events> events = List.of(
                    pending("r1").parent("b1").at(T.minusSeconds(30)),
                    completed("r1").parent("b1").at(T),
                    pending("r1").parent("b1").at(T.plusSeconds(1)).number(2));

            // When
            settle(ledger, reversed, events);

            // Then
            assertComplete(ledger, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStayCompletedWhenTheHostOfTheOutcomeIsThreeMinutesSlow(boolean reversed) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            List<Events> events = List.of(
                    deferred("r1").parent("b1").at(T.plusSeconds(179)),
                    pending("r1").parent("b1").at(T.plusSeconds(180)),
                    completed("r1").parent("b1").at(T));

            // When
            settle(ledger, reversed, events);

            // Then
            assertComplete(ledger, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReopenNoBatchWhenItIsReportedPendingJustAfterItsOutcome(boolean reversed) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            List<Events> events = List.of(
                    opened("b1").at(START),
                    deferred("r1").parent("b1").at(START),
                    completed("r1").parent("b1").at(T),
                    Batches.submitted("b1", 1).at(CLOSED.plusMillis(300)));

            // When
            settle(ledger, reversed, events);

            // Then
            assertComplete(ledger, 1);
            assertThat(ledger.dispositions().get(Batches.key("b1")).getAttempt())
                    .isEqualTo(1);
        }
    }
}
