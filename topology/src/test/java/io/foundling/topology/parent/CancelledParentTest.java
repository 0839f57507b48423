package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.PartitionedHarness;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Members end with a cancelled parent: what they show, where they count and how long they are kept. The harnesses check
 * conservation. Proves rules L15, L17, L19, P9, P17, R1 and R2.
 */
final class CancelledParentTest {

    private static final Instant CLOSED = START.plus(10, MINUTES);

    private static Events cancelledBatch() {
        return cancelled("b1").kind(SubjectKind.BATCH).attempt(1).at(CLOSED);
    }

    private static Map<String, Long> tally(LedgerHarness ledger) {
        return ledger.listener().subjects().get("university/declaration");
    }

    private static Map<String, Long> batchAnd(long awaiting, long ended, long removed) {
        return Map.of(
                "known",
                1 + awaiting + ended + removed,
                "awaiting",
                awaiting,
                "outcomes",
                1 + ended,
                "retired",
                0L,
                "removed",
                removed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWithItsParentWhicheverIsReadFirst(boolean memberFirst) {
        try (LedgerHarness ledger = LedgerHarness.of(Batches.settings(1))) {
            // Given
            Events member = deferred("r1").parent("b1").at(START).dueAt(START.plus(2, HOURS));
            ledger.bothReach(CLOSED);
            ledger.send(memberFirst ? member : cancelledBatch());

            // When
            ledger.send(memberFirst ? cancelledBatch() : member);
            ledger.bothReach(CLOSED.plus(5, MINUTES));
            ledger.bothReach(CLOSED.plus(6, MINUTES));

            // Then
            Disposition shown = ledger.disposition("r1");
            assertThat(shown.getStatus()).isEqualTo(Status.DEFERRED);
            assertThat(shown.getEndedWithParentAt()).isEqualTo(CLOSED);
            assertThat(shown.getDeadline()).isNull();
            assertThat(shown.getHistory().get(0).getEndedAt()).isEqualTo(CLOSED);
            assertThat(tally(ledger)).isEqualTo(batchAnd(0, 1, 0));
            ledger.bothReach(START.plus(3, HOURS));
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldBeRemovedLikeACancelledSubject() {
        try (LedgerHarness ledger = LedgerHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1").dueAt(START.plus(20, DAYS)));
            ledger.bothReach(CLOSED);
            ledger.send(cancelledBatch());
            ledger.bothReach(CLOSED.plus(5, MINUTES));
            ledger.bothReach(CLOSED.plus(6, MINUTES));

            // When
            for (int day = 1; day <= 30; day++) {
                ledger.bothReach(CLOSED.plus(day, DAYS));
                ledger.bothReach(CLOSED.plus(day, DAYS).plus(1, MINUTES));
            }
            boolean kept = ledger.dispositions().containsKey(key("r1"));
            ledger.bothReach(CLOSED.plus(30, DAYS).plus(1, HOURS));

            // Then
            assertThat(kept).isTrue();
            assertThat(ledger.dispositions()).isEmpty();
            assertThat(ledger.orphanStory()).isEmpty();
            assertThat(tally(ledger)).containsEntry("awaiting", 0L).containsEntry("removed", 2L);
        }
    }

    /** The closing is forgotten before the subject is, which remembers it. */
    @Test
    void shouldStayEndedWhenTheClosingIsForgotten() {
        try (LedgerHarness ledger = LedgerHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1").dueAt(START.plus(20, DAYS)));
            ledger.bothReach(CLOSED);
            ledger.send(cancelledBatch());
            ledger.bothReach(CLOSED.plus(5, MINUTES));
            ledger.send(deferred("r2").parent("b1").at(CLOSED.plus(1, MINUTES)).dueAt(START.plus(60, DAYS)));

            // When
            for (int day = 1; day <= 25; day++) {
                ledger.bothReach(CLOSED.plus(day, DAYS));
                ledger.bothReach(CLOSED.plus(day, DAYS).plus(1, MINUTES));
            }

            // Then
            assertThat(ledger.store().contents().keySet()).noneMatch(key -> key.get()[0] == 0x40);
            assertThat(ledger.store().contents().keySet().stream().filter(key -> key.get()[0] == 0x41))
                    .as("r2 alone began after all closings that are known")
                    .hasSize(1);
            assertThat(ledger.disposition("r1").getEndedWithParentAt()).isEqualTo(CLOSED);
            assertThat(ledger.orphanStory()).isEmpty();
            assertThat(tally(ledger)).isEqualTo(batchAnd(1, 1, 0));
        }
    }

    /** An attempt that its cancelled parent ended is not superseded, also once nothing is known of the parent. */
    @Test
    void shouldNotCountAnEndedAttemptAsSupersededWhenTheClosingIsForgotten() {
        try (LedgerHarness ledger = LedgerHarness.of(Batches.settings(1))) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(cancelledBatch());
            ledger.send(Events.opened("r1").parent("b1").attempt(1));
            ledger.send(Events.opened("r1").parent("b1").attempt(2).at(CLOSED.minusSeconds(60)));
            ledger.send(failed("r1").parent("b1").attempt(2).at(CLOSED.minusSeconds(30)));
            ledger.bothReach(CLOSED.plus(5, MINUTES));

            // When
            for (int day = 1; day <= 9; day++) {
                ledger.bothReach(CLOSED.plus(day, DAYS));
            }
            ledger.send(Events.annotated("r1").metadata("looked", "for").at(ledger.now()));
            ledger.bothReach(ledger.now().plus(1, MINUTES));

            // Then
            assertThat(ledger.alerts().keySet()).noneMatch(key -> key.startsWith("superseded"));
        }
    }

    /** It came back within the grace, and late; the closing that ended its wait before that is read last. */
    @Test
    void shouldForgetTheWarningOfAMemberThatCameBackAfterTheCancellation() {
        try (LedgerHarness ledger = LedgerHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1").dueAt(CLOSED.plusSeconds(30)));
            ledger.bothReach(CLOSED.plusSeconds(45));
            ledger.send(failed("r1").parent("b1").at(CLOSED.plusSeconds(40)));
            int marks = ledger.disposition("r1").getMarks().size();

            // When
            ledger.send(cancelledBatch());
            ledger.bothReach(CLOSED.plus(5, MINUTES));
            ledger.bothReach(CLOSED.plus(6, MINUTES));

            // Then
            assertThat(marks).isEqualTo(1);
            assertThat(ledger.disposition("r1").getMarks()).isEmpty();
        }
    }

    @Test
    void shouldNotWarnWhenAMemberThatCameBackIsRemoved() {
        try (LedgerHarness ledger = LedgerHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1").dueAt(CLOSED.plusSeconds(30)));
            ledger.bothReach(CLOSED);
            ledger.send(cancelledBatch());
            ledger.bothReach(CLOSED.plus(5, MINUTES));
            ledger.send(failed("r1").parent("b1").at(ledger.now()));

            // When
            for (int day = 1; day <= 31; day++) {
                ledger.bothReach(CLOSED.plus(day, DAYS));
                ledger.bothReach(CLOSED.plus(day, DAYS).plus(1, MINUTES));
            }

            // Then
            assertThat(ledger.dispositions()).isEmpty();
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldLeaveNothingBehindWhenAllIsForgotten(int partitions) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(partitions, 2_000))) {
            // Given
            ledger.send(deferred("r1").parent("b1").dueAt(START.plus(20, DAYS)));
            ledger.send(completed("r2").parent("b1"));
            ledger.bothReach(CLOSED);
            ledger.send(cancelledBatch());
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            long missing = ledger.settlements().get(settlement("b1", 1)).getOrphaned();

            // When
            for (int day = 1; day <= 16; day++) {
                ledger.settleBy(CLOSED.plus(day, DAYS));
            }
            ledger.settleBy(CLOSED.plus(106, DAYS));

            // Then
            assertThat(missing).isEqualTo(1);
            assertThat(ledger.warningsEmitted()).isZero();
            for (int kind : new int[] {0x01, 0x02, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47}) {
                assertThat(ledger.stored(kind))
                        .as("entries of kind 0x%02x", kind)
                        .isZero();
            }
        }
    }

    @Test
    void shouldAwaitAgainWhenTheClosingIsTakenBack() {
        try (LedgerHarness ledger = LedgerHarness.of(Batches.settings(1, 2_000))) {
            // Given
            ledger.send(Batches.opened("b1"));
            ledger.send(deferred("r1").parent("b1").at(START.plusSeconds(9)).dueAt(START.plus(5, HOURS)));
            ledger.bothReach(CLOSED);
            ledger.send(cancelled("b1").kind(SubjectKind.BATCH).at(CLOSED));
            ledger.bothReach(CLOSED.plus(5, MINUTES));
            ledger.bothReach(CLOSED.plus(2, HOURS));
            assertThat(ledger.dispositions()).doesNotContainKey(key("r1"));

            // When
            ledger.send(failed("b1").kind(SubjectKind.BATCH).at(START.plusSeconds(1)));
            ledger.send(Batches.opened("b1").at(START.plusSeconds(2)));
            ledger.send(completed("b1").kind(SubjectKind.BATCH).at(CLOSED.minusSeconds(1)));
            ledger.bothReach(ledger.now().plus(1, MINUTES));
            ledger.bothReach(ledger.now().plus(1, MINUTES));

            // Then
            assertThat(ledger.disposition("r1").getEndedWithParentAt()).isNull();
            assertThat(tally(ledger)).containsEntry("awaiting", 1L);
            ledger.bothReach(ledger.now().plus(8, HOURS));
            assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
        }
    }

    @Test
    void shouldGoOnWithWhatBeginsAfterTheCancellation() {
        try (LedgerHarness ledger = LedgerHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(deferred("r2").parent("b1"));
            ledger.send(deferred("r3").parent("b1").attempt(1));
            ledger.bothReach(CLOSED);
            ledger.send(cancelledBatch());
            ledger.bothReach(CLOSED.plus(5, MINUTES));
            Instant reopened = CLOSED.plus(6, MINUTES);
            ledger.bothReach(reopened);

            // When
            ledger.send(pending("r1").parent("b1").at(reopened).dueAt(reopened.plus(1, HOURS)));
            ledger.send(completed("r2").parent("b1").at(reopened));
            ledger.send(Batches.opened("b1").attempt(2).at(reopened));
            ledger.send(deferred("r3").parent("b1").attempt(2).at(reopened.plusSeconds(1)));
            ledger.bothReach(reopened.plus(30, MINUTES));

            // Then
            for (String id : new String[] {"r1", "r2", "r3"}) {
                assertThat(ledger.disposition(id).getEndedWithParentAt()).as(id).isNull();
            }
            assertThat(tally(ledger)).containsEntry("awaiting", 3L).containsEntry("outcomes", 1L);
            ledger.bothReach(reopened.plus(2, HOURS));
            ledger.bothReach(reopened.plus(3, HOURS));
            assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
            assertThat(ledger.alerts().keySet()).noneMatch(key -> key.startsWith("superseded"));
        }
    }
}
