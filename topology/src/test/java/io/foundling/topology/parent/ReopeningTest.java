package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Members that began after their parent closed, with a reopening and without one. Proves rules P3, P6, P7, P12
 * and P18.
 */
final class ReopeningTest {

    private static final LedgerSettings SETTINGS = Batches.settings(3);
    private static final Instant CLOSED = START.plus(10, MINUTES);

    @Test
    void shouldSettleBothAttemptsWhenTheSecondBeginsBeforeTheFirstIsSettled() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));
            ledger.send(Batches.opened("b1").attempt(2).at(CLOSED.plusSeconds(1)));
            ledger.send(deferred("r2").parent("b1").at(CLOSED.plusSeconds(2)));
            ledger.send(deferred("r3").parent("b1").at(CLOSED.plusSeconds(2)));
            ledger.send(completed("r3").parent("b1").at(CLOSED.plusSeconds(3)));

            // When
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            Map<String, Settlement> between = ledger.settlements();
            ledger.send(closed("b1").attempt(2).at(CLOSED.plus(5, MINUTES)));
            ledger.settleBy(CLOSED.plus(10, MINUTES));

            // Then
            assertThat(between).containsOnlyKeys(settlement("b1", 1));
            assertThat(between.get(settlement("b1", 1)).getMissing()).containsExactly(key("r1"));
            assertThat(ledger.settlements().get(settlement("b1", 1)).getDeferred())
                    .isEqualTo(1);
            assertThat(ledger.settlements().get(settlement("b1", 2)).getMissing())
                    .containsExactly(key("r2"));
            assertThat(ledger.settlements().get(settlement("b1", 2)).getReturned())
                    .isEqualTo(Map.of("COMPLETED", 1L));
            assertThat(ledger.withdrawals()).isZero();
        }
    }

    @Test
    void shouldWarnOfAMemberThatBeganAfterItsParentClosed() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.send(deferred("r1").parent("b1").at(CLOSED.plusMillis(1)));
            ledger.send(deferred("r2").parent("b1").at(CLOSED.plusMillis(1)));
            ledger.send(completed("r2").parent("b1").at(CLOSED.plusSeconds(60)));

            // When
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
            assertThat(ledger.orphans().get(key("r1")).getStartsAt()).isEqualTo(CLOSED.plusMillis(60_001));
            assertThat(ledger.settlements().get(settlement("b1", 1)).getDeferred())
                    .isZero();
            assertThat(ledger.alerts().get("orphaned/university/declaration").getAnnotations())
                    .containsEntry(
                            "summary",
                            "1 subject of university/declaration is an orphan: not back when its parent closed");
        }
    }

    @Test
    void shouldNotWarnOfMembersOfAReopeningWhoseClosureIsOnItsWay() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));
            ledger.settleBy(CLOSED.plusSeconds(70));
            onAllPartitions(ledger::holdClosures);
            ledger.send(Batches.opened("b1").attempt(2).at(ledger.now()));
            Instant begun = ledger.now().plusMillis(1);
            IntStream.range(0, 20)
                    .forEach(member ->
                            ledger.send(deferred("r" + member).parent("b1").at(begun)));

            // When
            ledger.settleBy(begun.plus(1, HOURS));
            int whileOnItsWay = ledger.warningsEmitted();
            onAllPartitions(ledger::releaseClosures);
            ledger.settleBy(ledger.now().plus(1, MINUTES));

            // Then
            assertThat(whileOnItsWay).isZero();
            assertThat(ledger.warningsEmitted()).isZero();
        }
    }

    @Test
    void shouldNotWarnOfMembersOfAReopeningThatThePartitionOfTheParentHasNotRead() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));
            ledger.settleBy(CLOSED.plusSeconds(10));
            ledger.lag(ledger.partitionOf(Batches.key("b1")));
            Instant begun = ledger.now();
            IntStream.range(0, 20)
                    .forEach(member ->
                            ledger.send(deferred("r" + member).parent("b1").at(begun)));

            // When
            ledger.settleBy(begun.plus(1, HOURS));
            ledger.send(Batches.opened("b1").attempt(2).at(CLOSED.plusSeconds(10)), CLOSED.plusSeconds(10));
            ledger.catchUp(ledger.partitionOf(Batches.key("b1")));
            ledger.settleBy(ledger.now().plus(1, HOURS));

            // Then
            assertThat(ledger.warningsEmitted()).isZero();
        }
    }

    @Test
    void shouldWarnOnceThePartitionOfTheParentHasReadThroughTheLimit() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.lag(ledger.partitionOf(Batches.key("b1")));
            ledger.send(memberElsewhere(ledger).parent("b1").at(CLOSED.plusSeconds(1)));
            ledger.settleBy(CLOSED.plus(1, HOURS));
            int whileItLags = ledger.warningsEmitted();

            // When
            ledger.catchUp(ledger.partitionOf(Batches.key("b1")));
            ledger.settleBy(ledger.now());
            ledger.restartAll();
            ledger.bothReach(ledger.now().plusSeconds(1));

            // Then
            assertThat(whileItLags).isZero();
            assertThat(ledger.orphans()).hasSize(1);
            assertThat(ledger.withdrawals()).isZero();
        }
    }

    @Test
    void shouldLookLessAndLessOftenWhileThePartitionOfTheParentLags() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.lag(ledger.partitionOf(Batches.key("b1")));
            ledger.send(memberElsewhere(ledger).parent("b1").at(CLOSED.plusSeconds(1)));
            ledger.settleBy(CLOSED.plusSeconds(61));
            int before = ledger.storeAccesses();

            // When
            for (int second = 0; second < 600; second++) {
                ledger.bothReach(ledger.now().plusSeconds(1));
            }
            int accesses = ledger.storeAccesses() - before;
            ledger.catchUp(ledger.partitionOf(Batches.key("b1")));
            for (int second = 0; second < 125; second++) {
                ledger.bothReach(ledger.now().plusSeconds(1));
            }

            // Then
            assertThat(accesses).isLessThan(200);
            assertThat(ledger.orphans()).hasSize(1);
        }
    }

    private static Events memberElsewhere(PartitionedHarness ledger) {
        int parents = ledger.partitionOf(Batches.key("b1"));
        return IntStream.iterate(1, each -> each + 1)
                .mapToObj(each -> "r" + each)
                .filter(id -> ledger.partitionOf(key(id)) != parents)
                .map(Events::deferred)
                .findFirst()
                .orElseThrow();
    }

    private static void onAllPartitions(IntConsumer action) {
        IntStream.range(0, SETTINGS.topics().partitions()).forEach(action);
    }

    @Test
    void shouldTakeThatBackWhenAReopeningIsReadLater() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));
            ledger.send(deferred("r1").parent("b1").at(CLOSED.plusSeconds(1)));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            boolean warned = !ledger.orphans().isEmpty();

            // When
            ledger.send(Batches.opened("b1").attempt(2).at(ledger.now()));
            ledger.settleBy(ledger.now());

            // Then
            assertThat(warned).isTrue();
            assertThat(ledger.orphanStory(key("r1"))).containsExactly("ORPHANED", "WITHDRAWAL");
            assertThat(ledger.alerts().get("orphaned/university/declaration").getStatus())
                    .isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldNotWarnOfAMemberThatBeganAfterAKnownReopening() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));
            ledger.send(Batches.opened("b1").attempt(2).at(CLOSED.plusSeconds(1)));
            ledger.send(deferred("r1").parent("b1").at(CLOSED.plusSeconds(2)));

            // When
            ledger.settleBy(CLOSED.plus(1, HOURS));

            // Then
            assertThat(ledger.orphans()).isEmpty();
        }
    }
}
