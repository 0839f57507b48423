package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.harness.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A batch ends, and other members came than were announced. Proves rule P16. */
final class AnnouncedMembersTest {

    private static final Instant CLOSED = START.plus(2, MINUTES);

    @Test
    void shouldNotLetAResultThatNobodyAskedForHideALoss() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            ledger.send(Batches.submitted("b1", 2));
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(completed("r1").parent("b1").at(START.plusSeconds(1)));
            ledger.send(completed("r9").parent("b1").at(START.plusSeconds(1)));

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            Settlement settled = ledger.settlements().get(settlement("b1", 1));
            assertThat(settled.getUnannounced()).isEqualTo(1);
            assertThat(settled.getUnseen()).isEqualTo(1);
            assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.FIRING);
            assertThat(ledger.alerts().get(alert("b1", 1)).getCount()).isEqualTo(2);
        }
    }

    @Test
    void shouldAlertOfMoreMembersThanAnnounced() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            ledger.send(Batches.submitted("b1", 2));
            for (int member = 1; member <= 3; member++) {
                ledger.send(deferred("r" + member).parent("b1"));
                ledger.send(completed("r" + member).parent("b1").at(START.plusSeconds(1)));
            }

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.FIRING);
            assertThat(ledger.alerts().get(alert("b1", 1)).getCount()).isEqualTo(1);
        }
    }

    @Test
    void shouldNameTheMemberThatWasAnnouncedByNameAndNeverBegan() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            ledger.send(Events.expected("r1").parent("b1"));
            ledger.send(Events.expected("r2").parent("b1"));
            ledger.send(completed("r1").parent("b1").at(START.plusSeconds(1)));
            ledger.send(completed("r9").parent("b1").at(START.plusSeconds(1)));

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            Settlement settled = ledger.settlements().get(settlement("b1", 1));
            assertThat(settled.getMissing()).containsExactly(key("r2"));
            assertThat(settled.getNeverBegan()).isEqualTo(1);
            assertThat(settled.getUnannounced()).isEqualTo(1);
            assertThat(ledger.alerts().get(alert("b1", 1)).getCount()).isEqualTo(2);
        }
    }

    @Test
    void shouldAlertOfNobodyWhenMembersOnlyReportTheirOutcomesAndNothingWasAnnounced() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            ledger.send(completed("r1").parent("b1"));
            ledger.send(completed("r2").parent("b1"));

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            assertThat(ledger.settlements().get(settlement("b1", 1)).getUnannounced())
                    .isEqualTo(2);
            assertThat(ledger.alerts()).isEmpty();
        }
    }

    @Test
    void shouldNotTakeAnExpectationForAnAnnouncementByTheParent() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3)
                .expecting(List.of(Settings.expecting(
                        "hand-over", "extract", Status.COMPLETED, Events.STAGE, Duration.ofHours(1)))))) {
            // Given
            ledger.send(completed("r1").stage("extract"));
            ledger.send(completed("r1").parent("b1").at(START.plusSeconds(1)));
            ledger.send(completed("r2").parent("b1").at(START.plusSeconds(1)));

            // When
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(CLOSED.plus(5, MINUTES));

            // Then
            Settlement settled = ledger.settlements().get(settlement("b1", 1));
            assertThat(settled.getUnannounced()).isEqualTo(1);
            assertThat(ledger.alerts()).isEmpty();
        }
    }
}
