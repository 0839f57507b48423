package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
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
 * How members count in the settlement of their parent, whatever its kind and outcome. Proves rules L15, P1, P2, P9, P12,
 * P13 and P16.
 */
final class ParentsTest {

    private static final LedgerSettings SETTINGS = Batches.settings(3);
    private static final Instant CLOSED = START.plus(10, MINUTES);

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
    void shouldAccountForTheMembersOfACancelledBatchWithoutWarning() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").parent("b1").dueAt(CLOSED.plusSeconds(30)));
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
            assertThat(ledger.warningsEmitted()).isZero();
            assertThat(ledger.alerts()).isEmpty();
        }
    }

    /** Nobody can tell which of such members are the announced ones: only their number is compared. */
    @ParameterizedTest
    @ValueSource(longs = {0, 2, 3, 4})
    void shouldCompareTheNumberAloneWhenMembersReportNothingButOutcomes(long expected) {
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
            assertThat(ledger.alerts().containsKey(alert("b1", 1))).isEqualTo(expected != 2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 3, 4})
    void shouldAlertWhenFewerOrMoreMembersThanAnnouncedWereSeen(long expected) {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            ledger.send(Batches.submitted("b1", expected));
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(deferred("r2").parent("b1"));
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
            assertThat(ledger.alerts().containsKey(alert("b1", 1))).isEqualTo(expected != 2);
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

    /** The first member makes the parent send its past closings; that they are old makes nobody late. */
    @Test
    void shouldDelayNobodyWhenAnOldClosingIsSentForTheFirstTime() {
        try (PartitionedHarness ledger = PartitionedHarness.of(SETTINGS)) {
            // Given
            Subject parent = new Subject(SubjectKind.OPERATION, Events.SOURCE, Events.STAGE, "nightly");
            Instant later = START.plus(4, HOURS);
            ledger.send(deferred("nightly").kind(SubjectKind.OPERATION).at(START));
            ledger.send(completed("nightly").kind(SubjectKind.OPERATION).at(START));
            ledger.bothReach(later);
            ledger.send(deferred("nightly")
                    .kind(SubjectKind.OPERATION)
                    .attempt(2)
                    .dueAt(later.plus(1, MINUTES))
                    .at(later));

            // When
            ledger.send(
                    deferred("r1").parent(parent).dueAt(later.plus(1, MINUTES)).at(later));
            ledger.settleBy(later.plus(3, MINUTES));

            // Then
            assertThat(ledger.orphans()).hasSize(2);
        }
    }
}
