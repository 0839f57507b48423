package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Settlement;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a batch is settled, in whichever order its events are read. Proves rules P10, P11, P14 and T18. */
final class SettlementTimeTest {

    private static final Instant CLOSED = START.plus(2, MINUTES);

    /** In which order the events of a batch and its members are read. */
    enum Order {
        BY_TIME,
        BY_SUBJECT,
        BATCH_FIRST,
        BATCH_LAST,
        SHUFFLED
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndTheSameWhenEverythingIsReplayedYearsLater(Order order) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(4))) {
            // Given
            Instant then = START.minus(3_000, DAYS);
            List<Replayed> events = new ArrayList<>();
            for (int i = 1; i <= 10; i++) {
                events.add(new Replayed("r" + i, then, deferred("r" + i).parent("b1")));
            }
            for (int i = 1; i <= 9; i++) {
                Instant back = then.plusSeconds(i);
                events.add(new Replayed("r" + i, back, completed("r" + i).parent("b1")));
            }
            events.add(new Replayed("b1", then.plus(2, MINUTES), closed("b1")));

            // When
            for (Replayed event : sorted(events, order)) {
                ledger.send(event.event().at(event.at()));
                ledger.bothReach(ledger.now().plusSeconds(30));
            }
            ledger.settleBy(ledger.now().plus(11, MINUTES));

            // Then
            assertThat(ledger.settlements(settlement("b1", 1))).singleElement().satisfies(settled -> {
                assertThat(settled.getDeferred()).isEqualTo(10);
                assertThat(settled.getMissing()).containsExactly(key("r10"));
            });
            assertThat(ledger.orphans()).containsOnlyKeys(key("r10"));
            assertThat(ledger.orphans().get(key("r10")).getReason()).isEqualTo(OrphanReason.PARENT_CLOSED);
            assertThat(ledger.orphans().get(key("r10")).getStartsAt()).isEqualTo(then.plus(3, MINUTES));
            assertThat(ledger.warningsEmitted()).isEqualTo(1);
            assertThat(ledger.withdrawals()).isZero();
        }
    }

    private record Replayed(String id, Instant at, Events event) {}

    private static List<Replayed> sorted(List<Replayed> events, Order order) {
        List<Replayed> sorted = new ArrayList<>(events);
        switch (order) {
            case BY_TIME -> sorted.sort(Comparator.comparing(Replayed::at));
            case BY_SUBJECT -> sorted.sort(Comparator.comparing(Replayed::id));
            case BATCH_FIRST ->
                sorted.sort(Comparator.comparing(event -> !event.id().equals("b1")));
            case BATCH_LAST ->
                sorted.sort(Comparator.comparing(event -> event.id().equals("b1")));
            case SHUFFLED -> Collections.shuffle(sorted, new Random(3));
        }
        return sorted;
    }

    @Test
    void shouldWaitForAPartitionThatLagsAndSayNothingFalse() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(4))) {
            // Given
            Batches.tenDeferredAndNineReturned(ledger);
            int slow = ledger.partitionOf(key("r10"));
            ledger.lag(slow);

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(20, MINUTES));
            boolean settledMeanwhile = !ledger.settlements().isEmpty();
            ledger.send(completed("r10").parent("b1").at(CLOSED.plusSeconds(30)), CLOSED.plusSeconds(31));
            ledger.catchUp(slow);
            ledger.settleBy(ledger.now());

            // Then
            assertThat(settledMeanwhile).isFalse();
            assertThat(ledger.settlements(settlement("b1", 1)))
                    .singleElement()
                    .extracting(Settlement::getOrphaned)
                    .isEqualTo(0L);
            assertThat(ledger.warningsEmitted()).isZero();
            assertThat(ledger.alerts()).doesNotContainKey(alert("b1", 1));
        }
    }

    @Test
    void shouldWaitForAPartitionThatHasNotReadTheClosure() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(4))) {
            // Given
            Batches.tenDeferredAndNineReturned(ledger);
            int slow = ledger.partitionOf(key("r10"));
            ledger.holdClosures(slow);
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(20, MINUTES));
            boolean settledMeanwhile = !ledger.settlements().isEmpty();

            // When
            ledger.releaseClosures(slow);
            ledger.settleBy(ledger.now());

            // Then
            assertThat(settledMeanwhile).isFalse();
            assertThat(ledger.settlements(settlement("b1", 1)))
                    .singleElement()
                    .extracting(Settlement::getOrphaned)
                    .isEqualTo(1L);
            assertThat(ledger.orphans()).containsOnlyKeys(key("r10"));
        }
    }

    /**
     * At which moment everything is restarted: after so many sweeps of 200 ms since the audit clocks passed the limit.
     */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2, 3, 4, 6, 8, 12})
    void shouldSettleOnceWhenEverythingIsRestartedInTheMiddle(int sweeps) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 4))) {
            // Given
            for (int i = 0; i < 40; i++) {
                ledger.send(deferred("r" + i).parent("b1"));
            }
            ledger.send(closed("b1").at(CLOSED));
            if (sweeps >= 0) {
                ledger.bothReach(CLOSED.plus(2, MINUTES));
            }
            for (int i = 0; i < sweeps; i++) {
                ledger.sweep();
            }

            // When
            ledger.restartAll();
            ledger.settleBy(CLOSED.plus(3, MINUTES));
            ledger.settleBy(ledger.now());

            // Then
            assertThat(ledger.settlements(settlement("b1", 1)))
                    .singleElement()
                    .extracting(Settlement::getOrphaned)
                    .isEqualTo(40L);
            assertThat(ledger.orphans()).hasSize(40);
            assertThat(ledger.warningsEmitted())
                    .as("emitted before and after the restart")
                    .isLessThanOrEqualTo(40);
            for (int i = 0; i < 40; i++) {
                assertThat(ledger.orphanStory(key("r" + i))).containsExactly("ORPHANED");
            }
        }
    }

    @Test
    void shouldHoldTheAccountWhileAMissingMemberIsHeld() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.bothReach(START.plus(10, MINUTES));
            ledger.send(closed("b1").at(START.plus(10, MINUTES)));
            ledger.send(deferred("r2").parent("b1"));

            // When
            ledger.send(completed("r9").at(ledger.now()));
            ledger.settleBy(START.plus(15, MINUTES));
            boolean settledMeanwhile = !ledger.settlements().isEmpty();
            ledger.settleBy(START.plus(25, MINUTES));

            // Then
            assertThat(settledMeanwhile).isFalse();
            assertThat(ledger.settlements(settlement("b1", 1)))
                    .singleElement()
                    .extracting(Settlement::getOrphaned)
                    .isEqualTo(2L);
        }
    }

    @Test
    void shouldWarnOfOthersOfTheTaskWhileAPassOfManyPagesIsUnderWay() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1, 10))) {
            // Given
            for (int i = 0; i < 200; i++) {
                ledger.send(deferred("r" + i).parent("b1"));
            }
            ledger.send(closed("b1").at(CLOSED));
            ledger.send(deferred("other").dueAt(CLOSED.plus(1, MINUTES)));

            // When
            ledger.bothReach(CLOSED.plus(2, MINUTES));
            ledger.sweep();
            ledger.sweep();

            // Then
            assertThat(ledger.orphans()).containsKey(key("other"));
            assertThat(ledger.orphans().size()).isLessThan(200);
            assertThat(ledger.settlements()).isEmpty();
            for (int i = 0; i < 40; i++) {
                ledger.bothReach(ledger.now().plusSeconds(1));
            }
            assertThat(ledger.orphans()).hasSize(201);
            assertThat(ledger.settlements(settlement("b1", 1)))
                    .singleElement()
                    .extracting(Settlement::getOrphaned)
                    .isEqualTo(200L);
        }
    }
}
