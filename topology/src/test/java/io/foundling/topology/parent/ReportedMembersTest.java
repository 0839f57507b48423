package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Completed;
import io.foundling.audit.Settlement;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.harness.Settings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A batch closes and says how many members it had. Proves rule P16. */
final class ReportedMembersTest {

    private static final Instant CLOSED = START.plus(2, MINUTES);

    private final PartitionedHarness ledger =
            PartitionedHarness.of(Settings.of(Batches.settings(3)).policies(Settings.counting("members")));

    @AfterEach
    void close() {
        ledger.close();
    }

    private static Events closedWith(String batch, String count, long members) {
        return Events.of(batch, new Completed(null, null, Map.of(count, members)))
                .kind(SubjectKind.BATCH);
    }

    private void comeBack(int members) {
        for (int member = 1; member <= members; member++) {
            ledger.send(deferred("r" + member).parent("b1"));
            ledger.send(completed("r" + member).parent("b1").at(START.plusSeconds(1)));
        }
    }

    private Settlement settled(int attempt) {
        return ledger.settlements().get(settlement("b1", attempt));
    }

    @Test
    void shouldAlertOfMembersThatTheLedgerNeverSaw() {
        // Given
        comeBack(2);

        // When
        ledger.send(closedWith("b1", "members", 3).at(CLOSED));
        ledger.settleBy(CLOSED.plus(5, MINUTES));

        // Then
        assertThat(settled(1).getExpected()).isEqualTo(3);
        assertThat(settled(1).getUnseen()).isEqualTo(1);
        assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(ledger.alerts().get(alert("b1", 1)).getCount()).isEqualTo(1);
    }

    @Test
    void shouldAlertOfMembersThatTheParentDoesNotKnow() {
        // Given
        comeBack(3);

        // When
        ledger.send(closedWith("b1", "members", 1).at(CLOSED));
        ledger.settleBy(CLOSED.plus(5, MINUTES));

        // Then
        assertThat(settled(1).getUnseen()).isZero();
        assertThat(ledger.alerts().get(alert("b1", 1)).getCount()).isEqualTo(2);
    }

    @Test
    void shouldCompareNoOtherCount() {
        // Given
        comeBack(2);

        // When
        ledger.send(closedWith("b1", "rows", 5_000).at(CLOSED));
        ledger.settleBy(CLOSED.plus(5, MINUTES));

        // Then
        assertThat(settled(1).getExpected()).isNull();
        assertThat(ledger.alerts()).isEmpty();
    }

    @Test
    void shouldIgnoreACountBelowZero() {
        // Given
        comeBack(2);

        // When
        ledger.send(closedWith("b1", "members", -1).at(CLOSED));
        ledger.settleBy(CLOSED.plus(5, MINUTES));

        // Then
        assertThat(settled(1).getExpected()).isNull();
    }

    @Test
    void shouldBelieveTheClosingWhenItsCountDiffersFromTheAnnouncedOne() {
        // Given
        ledger.send(Batches.submitted("b1", 5));
        comeBack(2);

        // When
        ledger.send(closedWith("b1", "members", 2).at(CLOSED));
        ledger.settleBy(CLOSED.plus(5, MINUTES));

        // Then
        assertThat(settled(1).getExpected()).isEqualTo(2);
        assertThat(ledger.alerts()).isEmpty();
    }

    @Test
    void shouldBelieveTheAnnouncementWhenTheClosingHasNoSuchCount() {
        // Given
        ledger.send(Batches.submitted("b1", 5));
        comeBack(2);

        // When
        ledger.send(closedWith("b1", "rows", 2).at(CLOSED));
        ledger.settleBy(CLOSED.plus(5, MINUTES));

        // Then
        assertThat(settled(1).getExpected()).isEqualTo(5);
        assertThat(settled(1).getUnseen()).isEqualTo(3);
    }

    @Test
    void shouldNotBelieveACompletedThatIsNotTheOutcome() {
        // Given
        comeBack(2);
        ledger.send(Events.failed("b1").kind(SubjectKind.BATCH).attempt(1).at(CLOSED));

        // When
        ledger.send(closedWith("b1", "members", 7).attempt(1).at(CLOSED.plusSeconds(1)));
        ledger.settleBy(CLOSED.plus(5, MINUTES));

        // Then
        assertThat(settled(1).getExpected()).isNull();
    }

    @Test
    void shouldResolveWhenTheMemberComesAfterADuplicateOfTheClosingAndARestart() {
        // Given
        comeBack(2);
        ledger.send(closedWith("b1", "members", 3).at(CLOSED));
        ledger.settleBy(CLOSED.plus(5, MINUTES));
        AlertStatus before = ledger.alerts().get(alert("b1", 1)).getStatus();

        // When
        ledger.restartAll();
        ledger.send(closedWith("b1", "members", 3).at(CLOSED));
        ledger.send(deferred("r3").parent("b1").at(START));
        ledger.send(completed("r3").parent("b1").at(START.plusSeconds(1)));
        ledger.settleBy(CLOSED.plus(10, MINUTES));

        // Then
        assertThat(before).isEqualTo(AlertStatus.FIRING);
        assertThat(settled(1).getUnseen()).isZero();
        assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
    }

    @Test
    void shouldCompareEachAttemptWithItsOwnCount() {
        // Given
        ledger.send(deferred("r1").parent("b1"));
        ledger.send(completed("r1").parent("b1").at(START.plusSeconds(1)));
        ledger.send(closedWith("b1", "members", 1).attempt(1).at(CLOSED));
        ledger.settleBy(CLOSED.plus(5, MINUTES));
        Instant again = CLOSED.plus(1, HOURS);
        ledger.bothReach(again.plus(2, MINUTES));

        // When
        ledger.send(Batches.opened("b1").attempt(2).at(again));
        ledger.send(deferred("r2").parent("b1").at(again.plusSeconds(1)));
        ledger.send(completed("r2").parent("b1").at(again.plusSeconds(2)));
        ledger.send(closedWith("b1", "members", 4).attempt(2).at(again.plus(2, MINUTES)));
        ledger.settleBy(again.plus(10, MINUTES));

        // Then
        assertThat(settled(1).getExpected()).isEqualTo(1);
        assertThat(settled(1).getUnseen()).isZero();
        assertThat(settled(2).getExpected()).isEqualTo(4);
        assertThat(settled(2).getUnseen()).isEqualTo(3);
        assertThat(ledger.alerts()).containsOnlyKeys(alert("b1", 2));
    }
}
