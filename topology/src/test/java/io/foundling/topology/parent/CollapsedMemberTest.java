package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Settlement;
import io.foundling.topology.harness.PartitionedHarness;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Attempts of a member collapse. Proves rules B2, P13, P17 and R5. */
final class CollapsedMemberTest {

    private static final int MEMBER = 0x41;
    private static final int ATTEMPTS = 200;
    private static final Instant CLOSED = START.plus(1, HOURS);

    private static void attempts(PartitionedHarness ledger) {
        for (int number = 1; number <= ATTEMPTS; number++) {
            Instant at = START.plusSeconds(number * 10L);
            ledger.send(deferred("r1").attempt(number).parent("b" + number).at(at));
            ledger.send(completed("r1").attempt(number).at(at.plusSeconds(5)));
        }
    }

    @Test
    void shouldKeepNoMoreMembersThanAttempts() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(2))) {
            // Given
            ledger.bothReach(CLOSED);

            // When
            attempts(ledger);

            // Then
            assertThat(ledger.stored(MEMBER)).isLessThanOrEqualTo(64 / 2 + 10);
            ledger.settleBy(START.plus(10, DAYS));
            ledger.settleBy(START.plus(20, DAYS));
            assertThat(ledger.stored(MEMBER)).isZero();
        }
    }

    @Test
    void shouldGoOnCountingMembersOfAttemptsThatCollapse() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(2))) {
            // Given
            ledger.send(deferred("r1").attempt(1).parent("b1").at(START));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(START.plusSeconds(11)));
            ledger.send(closed("b165").at(START.plusSeconds(1_656)));
            ledger.settleBy(CLOSED.plus(2, HOURS));
            long missing = ledger.settlements().get(settlement("b1", 1)).getOrphaned();

            // When
            attempts(ledger);
            ledger.settleBy(CLOSED.plus(4, HOURS));
            Settlement collapsed = ledger.settlements().get(settlement("b165", 1));
            ledger.send(erased("r1").at(ledger.now()));
            ledger.settleBy(CLOSED.plus(5, HOURS));

            // Then
            assertThat(missing).isEqualTo(1);
            assertThat(ledger.settlements().get(settlement("b1", 1)).getReturned())
                    .isEqualTo(Map.of("COMPLETED", 1L));
            assertThat(collapsed.getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
            assertThat(ledger.settlements().get(settlement("b165", 1)).getReturned())
                    .isEqualTo(Map.of("CANCELLED", 1L));
        }
    }
}
