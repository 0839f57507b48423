package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static io.foundling.topology.parent.Batches.submitted;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Settlement;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which late events delay a settlement, and for how long. Proves rules T16, P10 and P11. */
final class DelayedSettlementTest {

    private static final Instant CLOSED = START.plus(2, MINUTES);
    private static final Instant LIMIT = CLOSED.plus(1, MINUTES);

    /** What another source sends all the time. */
    enum Unrelated {
        TWO_MINUTES_LATE,
        EPOCH,
        BACKFILL
    }

    private static Events unrelated(Unrelated kind, Instant now, int number) {
        Events event = deferred("u" + number).source("unrelated");
        return switch (kind) {
            case TWO_MINUTES_LATE -> event.at(now.minus(2, MINUTES));
            case EPOCH -> event.at(Instant.EPOCH);
            case BACKFILL -> event.at(now.minus(400, DAYS).plusSeconds(number));
        };
    }

    /** Every attempt waits for its own limit to be due. Proves rule P11. */
    @Test
    void shouldNotLetAnAttemptWaitForTheHoldOfALaterOne() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            Instant second = CLOSED.plus(1, HOURS);
            ledger.send(deferred("r1").parent("b1"));

            // When
            Instant end = CLOSED.plus(150, MINUTES);
            for (Instant now = START.plusSeconds(20); now.isBefore(end); now = now.plusSeconds(20)) {
                ledger.bothReach(now);
                if (since(START, now).toSeconds() % 600 == 20) {
                    ledger.send(deferred("u" + now.getEpochSecond()).at(now.minus(2, HOURS)));
                }
                if (now.equals(CLOSED)) {
                    ledger.send(closed("b1").attempt(1).at(CLOSED));
                } else if (now.equals(second)) {
                    ledger.send(deferred("r2").parent("b1").at(second));
                    ledger.send(closed("b1").attempt(2).at(second));
                }
            }

            // Then
            assertThat(ledger.settlements()).containsOnlyKeys(settlement("b1", 1));
        }
    }

    private static Duration since(Instant time, Instant now) {
        return Duration.between(time, now);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSettleAndWarnOnTimeWhateverAnotherSourceSends(Unrelated kind) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(deferred("r2").parent("b1").dueAt(START.plus(1, MINUTES)));
            ledger.send(deferred("r3").parent("b1"));
            ledger.send(completed("r3").parent("b1").at(START.plusSeconds(1)));
            int number = 0;
            for (int minute = -60; minute < 0; minute++) {
                Instant then = START.plus(minute, MINUTES);
                ledger.send(unrelated(kind, then, number++), then);
            }

            // When
            Instant warned = null;
            Instant settled = null;
            for (Instant now = START; now.isBefore(START.plus(10, MINUTES)); now = now.plusSeconds(2)) {
                if (since(START, now).toSeconds() % 60 == 0) {
                    ledger.send(unrelated(kind, now, number++), now);
                }
                if (now.equals(CLOSED)) {
                    ledger.send(closed("b1").at(CLOSED), now);
                }
                ledger.bothReach(now);
                warned = warned == null && ledger.orphans().containsKey(key("r2")) ? now : warned;
                settled = settled == null
                                && !ledger.settlements(settlement("b1", 1)).isEmpty()
                        ? now
                        : settled;
            }

            // Then
            assertThat(warned).isBetween(START.plusSeconds(65), START.plusSeconds(70));
            assertThat(settled).isBetween(LIMIT.plusSeconds(5), LIMIT.plusSeconds(12));
            assertThat(ledger.settlements(settlement("b1", 1)).get(0).getMissing())
                    .containsExactly(key("r1"), key("r2"));
            assertThat(ledger.orphans()).containsOnlyKeys(key("r1"), key("r2"));
        }
    }

    @Test
    void shouldWaitForTheSourceOfAMemberThatIsMissing() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            Subject batch = new Subject(SubjectKind.BATCH, "punctual", Events.STAGE, "b1");
            String settlement = SubjectKey.of(batch) + "/1";
            ledger.send(deferred("r1").parent(batch));
            ledger.send(deferred("late").at(START.minus(5, MINUTES)));
            ledger.send(closed("b1").source("punctual").at(CLOSED));

            // When
            ledger.bothReach(LIMIT.plus(5, MINUTES));
            ledger.bothReach(LIMIT.plus(5, MINUTES).plusSeconds(2));
            boolean early = !ledger.settlements().isEmpty() || !ledger.orphans().isEmpty();
            ledger.settleBy(LIMIT.plus(6, MINUTES));

            // Then
            assertThat(early).isFalse();
            assertThat(ledger.settlements(settlement))
                    .singleElement()
                    .extracting(Settlement::getOrphaned)
                    .isEqualTo(1L);
            assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
        }
    }

    @Test
    void shouldNotWaitForTheSourceOfAMemberThatCameBack() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(
                    deferred("r2").source("late").at(START.minus(5, MINUTES)).parent("b1"));
            ledger.send(
                    completed("r2").source("late").at(START.minus(4, MINUTES)).parent("b1"));
            ledger.send(closed("b1").at(CLOSED));

            // When
            ledger.settleBy(LIMIT.plusSeconds(10));

            // Then
            assertThat(ledger.settlements(settlement("b1", 1)))
                    .singleElement()
                    .extracting(Settlement::getOrphaned)
                    .isEqualTo(1L);
        }
    }

    @Test
    void shouldSettleAsCompleteWhenTheMissingOneComesBackInTheDelay() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(deferred("late").at(START.minus(5, MINUTES)));
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(LIMIT.plus(1, MINUTES));

            // When
            ledger.send(completed("r1").at(CLOSED).parent("b1"));
            ledger.settleBy(LIMIT.plus(15, MINUTES));

            // Then
            assertThat(ledger.settlements(settlement("b1", 1)))
                    .singleElement()
                    .extracting(Settlement::getOrphaned)
                    .isEqualTo(0L);
            assertThat(ledger.warningsEmitted()).isZero();
        }
    }

    @Test
    void shouldWaitForTheSourceOfTheParentBecauseMembersMayStillCome() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("late").at(START.minus(5, MINUTES)));
            ledger.send(closed("b1").at(CLOSED));
            ledger.send(closed("b2").source("punctual").at(CLOSED));

            // When
            ledger.bothReach(LIMIT.plus(5, MINUTES));
            ledger.bothReach(LIMIT.plus(5, MINUTES).plusSeconds(2));
            long early = ledger.settlements().size();
            ledger.settleBy(LIMIT.plus(6, MINUTES));

            // Then
            assertThat(early).isEqualTo(1);
            assertThat(ledger.settlements()).hasSize(2).containsKey(settlement("b1", 1));
        }
    }

    /**
     * The event of the batch is read in its own partition. Its member is in another one and of another source, came
     * later than the batch, and is read when a partition that has no members would have settled.
     */
    @Test
    void shouldWaitInEveryPartitionWhenTheBatchClosedLongBeforeItsEventWasAppended() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(4))) {
            // Given
            Instant then = START.minus(3, HOURS);
            Instant before = START.minus(5, HOURS);
            int partition = ledger.partitionOf(Batches.key("b1"));
            String id = IntStream.range(0, 100)
                    .mapToObj(number -> "r" + number)
                    .filter(found -> ledger.partitionOf(memberKey(found)) != partition)
                    .findFirst()
                    .orElseThrow();
            ledger.send(closed("b1").at(then));
            ledger.settleBy(START.plus(5, MINUTES));
            ledger.send(deferred(id).source("members").parent("b1").at(before));

            // When
            ledger.settleBy(START.plus(25, MINUTES));
            boolean early = !ledger.settlements().isEmpty();
            ledger.send(completed(id).source("members").parent("b1").at(before.plusSeconds(30)));
            ledger.settleBy(START.plus(3, HOURS));

            // Then
            assertThat(early).isFalse();
            assertThat(ledger.settlements(settlement("b1", 1))).singleElement().satisfies(settled -> {
                assertThat(settled.getDeferred()).isEqualTo(1);
                assertThat(settled.getOrphaned()).isZero();
            });
        }
    }

    private static String memberKey(String id) {
        return SubjectKey.of(SubjectKind.RECORD, "members", Events.STAGE, id);
    }

    @Test
    void shouldWaitSixHoursAtMostWhenLateEventsNeverEnd() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(submitted("b1", 1));
            ledger.send(closed("b1").at(CLOSED));

            // When
            Instant settled = null;
            Instant warned = null;
            int number = 0;
            for (Instant now = START; now.isBefore(START.plus(7, HOURS)); now = now.plus(1, MINUTES)) {
                ledger.send(deferred("late" + number++).at(now.minus(300, DAYS)), now);
                ledger.bothReach(now);
                ledger.bothReach(now.plusSeconds(2));
                warned = warned == null && !ledger.orphans().isEmpty() ? now : warned;
                settled = settled == null && !ledger.settlements().isEmpty() ? now : settled;
            }

            // Then
            assertThat(warned)
                    .isBetween(LIMIT.plus(6, HOURS), LIMIT.plus(6, HOURS).plus(1, MINUTES));
            assertThat(settled)
                    .isBetween(LIMIT.plus(6, HOURS), LIMIT.plus(6, HOURS).plus(2, MINUTES));
        }
    }

    @Test
    void shouldCountTheSixHoursFromTheFirstClosureWhenNewerOnesSayTheSame() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(closed("b1").at(CLOSED));

            // When
            Instant warned = null;
            int number = 0;
            for (Instant now = START; now.isBefore(START.plus(7, HOURS)); now = now.plus(1, MINUTES)) {
                ledger.send(deferred("late" + number).at(now.minus(300, DAYS)), now);
                ledger.send(submitted("b1", 1_000 - number).at(START.minusSeconds(number)), now);
                number++;
                ledger.bothReach(now);
                warned = warned == null && !ledger.orphans().isEmpty() ? now : warned;
            }

            // Then
            assertThat(warned)
                    .isBetween(LIMIT.plus(6, HOURS), LIMIT.plus(6, HOURS).plus(1, MINUTES));
        }
    }
}
