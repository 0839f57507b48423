package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What parents do: attempts, reopenings, outcomes that change, and kinds other than BATCH. Proves rules L15, P1, P2,
 * P3, P4, P6, P7, P9, P12, P13, P16, P17 and A10.
 */
final class ParentsTest {

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
            assertThat(ledger.alerts().get("orphaned/university/declaration").getCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldTakeThatBackWhenAReopeningIsReadLater() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));
            ledger.send(deferred("r1").parent("b1").at(CLOSED.plusSeconds(1)));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            boolean told = !ledger.orphans().isEmpty();

            // When
            ledger.send(Batches.opened("b1").attempt(2).at(ledger.now()));
            ledger.settleBy(ledger.now());

            // Then
            assertThat(told).isTrue();
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

    @Test
    void shouldCountAMemberThatMovedToAnotherBatchAsMovedThere() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(deferred("r1").parent("b2").at(START.plusSeconds(5)));
            ledger.bothReach(CLOSED);

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.send(closed("b2").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.settlements().get(settlement("b1", 1)).getMoved()).isEqualTo(1);
            assertThat(ledger.settlements().get(settlement("b1", 1)).getOrphaned())
                    .isZero();
            assertThat(ledger.settlements().get(settlement("b2", 1)).getMissing())
                    .containsExactly(key("r1"));
            assertThat(ledger.alerts()).containsOnlyKeys(alert("b2", 1));
        }
    }

    @Test
    void shouldCountARetryWithinTheBatchOnce() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").parent("b1").attempt(1));
            ledger.send(failed("r1").parent("b1").attempt(1).at(START.plusSeconds(1)));
            ledger.send(deferred("r1").parent("b1").attempt(2).at(START.plusSeconds(2)));
            ledger.send(completed("r1").parent("b1").attempt(2).at(START.plusSeconds(3)));
            ledger.bothReach(CLOSED);

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.settlements().get(settlement("b1", 1)).getDeferred())
                    .isEqualTo(1);
            assertThat(ledger.settlements().get(settlement("b1", 1)).getReturned())
                    .isEqualTo(Map.of("COMPLETED", 1L));
        }
    }

    @Test
    void shouldCorrectTheSettlementWhenAnEarlierOutcomeIsReadLater() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.bothReach(START.plus(8, MINUTES));
            ledger.send(deferred("r2").parent("b1").at(START.plus(8, MINUTES)));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            Settlement before = ledger.settlements().get(settlement("b1", 1));

            // When
            ledger.send(failed("b1").kind(SubjectKind.BATCH).attempt(1).at(START.plus(5, MINUTES)));
            ledger.settleBy(ledger.now().plus(11, MINUTES));

            // Then
            Settlement after = ledger.settlements().get(settlement("b1", 1));
            assertThat(before.getMissing()).containsExactly(key("r1"), key("r2"));
            assertThat(after.getMissing()).containsExactly(key("r1"));
            assertThat(after.getDeferred()).isEqualTo(1);
            assertThat(after.getOutcome()).isEqualTo(Status.FAILED);
            assertThat(after.getClosedAt()).isEqualTo(START.plus(5, MINUTES));
            assertThat(after.getVersion()).isGreaterThan(before.getVersion());
            assertThat(ledger.orphans().get(key("r1")).getStartsAt()).isEqualTo(START.plus(6, MINUTES));
            assertThat(ledger.orphans().get(key("r2")).getStartsAt()).isEqualTo(START.plus(9, MINUTES));
        }
    }

    @Test
    void shouldTakeTheSettlementBackWhenTheOutcomeTurnsOutToBeOfAnotherAttempt() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(Batches.opened("b1"));
            ledger.bothReach(START.plus(9, MINUTES));
            ledger.send(deferred("r1").parent("b1").at(START.plus(9, MINUTES)));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            boolean settled = ledger.settlements().containsKey(settlement("b1", 1));

            // When
            ledger.send(failed("b1").kind(SubjectKind.BATCH).at(START.plusSeconds(1)));
            ledger.send(Batches.opened("b1").at(START.plusSeconds(2)));
            ledger.settleBy(ledger.now().plus(11, MINUTES));

            // Then
            assertThat(settled).isTrue();
            assertThat(ledger.settlements().get(settlement("b1", 1)).getDeferred())
                    .isZero();
            assertThat(ledger.settlements().get(settlement("b1", 2)).getMissing())
                    .containsExactly(key("r1"));
            assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(ledger.alerts().get(alert("b1", 2)).getStatus()).isEqualTo(AlertStatus.FIRING);
            assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
        }
    }

    @Test
    void shouldAccountForTheMembersOfACancelledBatchWithoutWarning() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(completed("r2").parent("b1"));
            ledger.bothReach(CLOSED);

            // When
            ledger.send(cancelled("b1").kind(SubjectKind.BATCH).at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.settlements().get(settlement("b1", 1)).getOrphaned())
                    .isEqualTo(1);
            assertThat(ledger.settlements().get(settlement("b1", 1)).getOutcome())
                    .isEqualTo(Status.CANCELLED);
            assertThat(ledger.orphans()).isEmpty();
            assertThat(ledger.alerts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 3, 4})
    void shouldAlertAnnouncedMembersThatWereNeverSeen(long expected) {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(Batches.submitted("b1", expected));
            ledger.send(completed("r1").parent("b1"));
            ledger.send(completed("r2").parent("b1"));
            ledger.bothReach(CLOSED);

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.settlements().get(settlement("b1", 1)).getExpected())
                    .isEqualTo(expected);
            assertThat(ledger.settlements().get(settlement("b1", 1)).getDeferred())
                    .isEqualTo(2);
            assertThat(ledger.alerts().containsKey(alert("b1", 1))).isEqualTo(expected > 2);
        }
    }

    @Test
    void shouldNotMissAnnouncedMembersForEver() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(Batches.submitted("b1", 3));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            AlertStatus before = ledger.alerts().get(alert("b1", 1)).getStatus();

            // When
            ledger.settleBy(CLOSED.plus(8, DAYS));

            // Then
            assertThat(before).isEqualTo(AlertStatus.FIRING);
            assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldSettleAnExportThatMembersNameBeforeItEnds() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            Subject export = new Subject(SubjectKind.EXPORT, Events.SOURCE, Events.STAGE, "e1");
            for (int i = 0; i < 6; i++) {
                ledger.send(deferred("r" + i).parent(export));
            }
            ledger.bothReach(CLOSED);

            // When
            ledger.send(completed("e1").kind(SubjectKind.EXPORT).at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.settlements().get(SubjectKey.of(export) + "/1").getOrphaned())
                    .isEqualTo(6);
        }
    }

    @Test
    void shouldSettleAnExportThatIsNamedAfterItEnded() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            Subject export = new Subject(SubjectKind.EXPORT, Events.SOURCE, Events.STAGE, "e1");
            ledger.bothReach(CLOSED);
            ledger.send(completed("e1").kind(SubjectKind.EXPORT).at(CLOSED));
            ledger.send(completed("unrelated").kind(SubjectKind.EXPORT).at(CLOSED));

            // When
            for (int i = 0; i < 6; i++) {
                ledger.send(deferred("r" + i).parent(export).at(CLOSED));
            }
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.settlements()).containsOnlyKeys(SubjectKey.of(export) + "/1");
            assertThat(ledger.settlements().get(SubjectKey.of(export) + "/1").getOrphaned())
                    .isEqualTo(6);
        }
    }

    @Test
    void shouldLeaveNothingBehindOfAParentThatNeverCloses() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000))) {
            // Given
            Subject export = new Subject(SubjectKind.EXPORT, Events.SOURCE, Events.STAGE, "e1");
            for (int i = 0; i < 6; i++) {
                ledger.send(deferred("r" + i).parent(export));
                ledger.send(deferred("q" + i).parent("b1"));
                ledger.send(completed("r" + i).parent(export).at(START.plusSeconds(1)));
                ledger.send(completed("q" + i).parent("b1").at(START.plusSeconds(1)));
            }
            int named = ledger.stored(0x42);

            // When
            ledger.settleBy(START.plus(90, MINUTES));
            ledger.settleBy(START.plus(4, HOURS));

            // Then
            assertThat(named).isEqualTo(1);
            for (int kind : new int[] {0x01, 0x02, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45}) {
                assertThat(ledger.stored(kind))
                        .as("entries of kind 0x%02x", kind)
                        .isZero();
            }
        }
    }

    @Test
    void shouldForgetASettledBatchAfterAWhileButNotWhoIsMissing() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000))) {
            // Given
            for (int i = 0; i < 9; i++) {
                ledger.send(completed("r" + i).parent("b1"));
                ledger.send(completed("q" + i).parent("b2"));
            }
            ledger.send(pending("lost").parent("b2"));
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.send(closed("b2").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // When
            ledger.settleBy(CLOSED.plus(8, DAYS));
            int members = ledger.stored(0x41);
            ledger.send(completed("lost").parent("b2").at(ledger.now()));
            ledger.settleBy(ledger.now());

            // Then
            assertThat(members).isEqualTo(1);
            assertThat(ledger.settlements().get(settlement("b2", 1)).getReturned())
                    .isEqualTo(Map.of("COMPLETED", 10L));
            assertThat(ledger.alerts().get(alert("b2", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(ledger.orphanStory(key("lost"))).containsExactly("ORPHANED", "RECOVERY");
            ledger.settleBy(ledger.now().plus(8, DAYS));
            for (int kind : new int[] {0x40, 0x41, 0x42, 0x43, 0x44, 0x45}) {
                assertThat(ledger.stored(kind))
                        .as("entries of kind 0x%02x", kind)
                        .isZero();
            }
        }
    }

    @Test
    void shouldAlertAnAttemptThatWasSupersededUntilItsOutcomeArrives() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(opened("r1").attempt(1));
            ledger.send(opened("r1").attempt(2).at(START.plusSeconds(1)));
            ledger.settleBy(START.plus(1, MINUTES));
            AlertStatus before =
                    ledger.alerts().get("superseded/university/declaration").getStatus();

            // When
            ledger.send(completed("r1").attempt(1).at(ledger.now()));
            ledger.settleBy(ledger.now());

            // Then
            assertThat(before).isEqualTo(AlertStatus.FIRING);
            assertThat(ledger.alerts().get("superseded/university/declaration").getStatus())
                    .isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldSettleABatchOfWhichOnlyItsEndWasReported() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // When
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.settlements(settlement("b1", 1))).singleElement().satisfies(settled -> {
                assertThat(settled.getDeferred()).isZero();
                assertThat(settled.getExpected()).isNull();
            });
            assertThat(ledger.alerts()).isEmpty();
        }
    }

    @Test
    void shouldRaiseTheVersionWhenTwoClosuresAreSentWithinASecond() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").attempt(1).at(CLOSED));

            // When
            ledger.send(failed("b1").kind(SubjectKind.BATCH).attempt(1).at(CLOSED.minusSeconds(1)));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            Settlement settlement = ledger.settlements().get(settlement("b1", 1));
            assertThat(settlement.getVersion()).isEqualTo(Settlements.version(CLOSED.toEpochMilli()) + 1);
            assertThat(settlement.getClosedAt()).isEqualTo(CLOSED.minusSeconds(1));
        }
    }

    @Test
    void shouldRaiseTheVersionWhenTheBatchWasForgottenInBetween() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3, 2_000))) {
            // Given
            ledger.bothReach(CLOSED);
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));
            Settlement before = ledger.settlements().get(settlement("b1", 1));
            ledger.settleBy(CLOSED.plus(8, DAYS));
            ledger.settleBy(ledger.now().plus(2, HOURS));
            int remembered = ledger.stored(0x40) + ledger.stored(0x42);

            // When
            ledger.send(closed("b1").at(CLOSED).number(2));
            ledger.settleBy(ledger.now().plus(11, MINUTES));

            // Then
            assertThat(remembered).isZero();
            assertThat(ledger.settlements().get(settlement("b1", 1)).getVersion())
                    .isGreaterThan(before.getVersion());
        }
    }
}
