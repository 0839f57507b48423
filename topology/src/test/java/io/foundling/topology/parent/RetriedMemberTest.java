package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.Events.retrying;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Settlement;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A member is tried again: it stays one member, comes back, or moves. Proves rules L10, P12 and P13. */
final class RetriedMemberTest {

    private static final LedgerSettings SETTINGS = Batches.settings(3);
    private static final Instant CLOSED = START.plus(10, MINUTES);

    /** The first try of a member fails before its batch closes. */
    private static PartitionedHarness afterTheFirstTry(Events... before) {
        PartitionedHarness ledger = PartitionedHarness.of(SETTINGS);
        ledger.send(deferred("r1").parent("b1").at(START));
        ledger.send(retrying("r1").at(START));
        ledger.bothReach(START.plusSeconds(60));
        for (Events event : before) {
            ledger.send(event);
        }
        ledger.bothReach(CLOSED);
        ledger.send(closed("b1").attempt(1).at(CLOSED));
        return ledger;
    }

    private static Settlement settled(PartitionedHarness ledger) {
        ledger.settleBy(ledger.now().plus(5, MINUTES));
        return ledger.settlements().get(settlement("b1", 1));
    }

    @Test
    void shouldStayOneMemberWhenTheRetryNamesNoParent() {
        try (PartitionedHarness ledger = afterTheFirstTry(pending("r1").at(START.plusSeconds(60)))) {
            // When
            Settlement lost = settled(ledger);
            String parent = ledger.dispositions().get(key("r1")).getParent().getId();
            ledger.send(completed("r1").at(ledger.now()));
            Settlement returned = settled(ledger);

            // Then
            assertThat(parent).isEqualTo("b1");
            assertThat(lost.getDeferred()).isEqualTo(1);
            assertThat(lost.getMissing()).containsExactly(key("r1"));
            assertThat(returned.getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
            assertThat(returned.getOrphaned()).isZero();
        }
    }

    @Test
    void shouldStayMissingUntilARetryThatBeganAfterTheClosingComesBack() {
        try (PartitionedHarness ledger = afterTheFirstTry()) {
            // Given
            ledger.send(pending("r1").at(CLOSED.plusSeconds(1)));

            // When
            Settlement lost = settled(ledger);
            ledger.send(completed("r1").at(ledger.now()));
            Settlement returned = settled(ledger);

            // Then
            assertThat(lost.getMissing()).containsExactly(key("r1"));
            assertThat(returned.getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
            assertThat(returned.getDeferred()).isEqualTo(1);
        }
    }

    @Test
    void shouldMoveWhenTheRetryNamesAnotherParent() {
        try (PartitionedHarness ledger = afterTheFirstTry()) {
            // Given
            ledger.send(pending("r1").parent("b2").at(CLOSED.plusSeconds(1)));

            // When
            Settlement moved = settled(ledger);

            // Then
            assertThat(moved.getMoved()).isEqualTo(1);
            assertThat(moved.getOrphaned()).isZero();
        }
    }

    @Test
    void shouldMoveWhenTheRetryBelongsToALaterAttemptOfTheParent() {
        try (PartitionedHarness ledger = afterTheFirstTry()) {
            // Given
            ledger.send(pending("r1").at(CLOSED.plusSeconds(2)));
            Settlement missing = settled(ledger);

            // When
            ledger.send(Batches.opened("b1").attempt(2).at(CLOSED.plusSeconds(1)));
            Settlement moved = settled(ledger);
            ledger.send(closed("b1").attempt(2).at(ledger.now()));
            ledger.settleBy(ledger.now().plus(15, MINUTES));

            // Then
            assertThat(missing.getMoved()).isZero();
            assertThat(moved.getMoved()).isEqualTo(1);
            assertThat(ledger.settlements().get(settlement("b1", 2)).getMissing())
                    .containsExactly(key("r1"));
        }
    }

    /** What begins after an outcome need not belong to the same batch. */
    @Test
    void shouldHaveNoParentWhenItBeginsAfterAnOutcomeAndNamesNone() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").parent("b1").attempt(1).at(START));
            ledger.send(completed("r1").attempt(1).at(START.plusSeconds(1)));
            ledger.send(closed("b1").at(START.plusSeconds(2)));
            ledger.bothReach(CLOSED);

            // When
            ledger.send(pending("r1").attempt(2).at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.dispositions().get(key("r1")).getParent()).isNull();
            assertThat(ledger.orphans()).isEmpty();
        }
    }
}
