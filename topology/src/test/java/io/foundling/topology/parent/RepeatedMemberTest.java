package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.Events.retired;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.opened;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.store.StoreKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member repeats its status during a later attempt of its batch. Proves rules P6, P12, P13 and P17. */
final class RepeatedMemberTest {

    private static final int MEMBER = 0x41;
    private static final Instant FIRST_CLOSED = START.plus(10, MINUTES);
    private static final Instant AGAIN = START.plus(20, MINUTES);
    private static final Instant SECOND_CLOSED = START.plus(30, MINUTES);

    private static Events numbered(Events event, int number) {
        return number == 0 ? event : event.attempt(number);
    }

    private static void sendBatch(PartitionedHarness ledger) {
        ledger.bothReach(FIRST_CLOSED);
        ledger.send(closed("b1").attempt(1).at(FIRST_CLOSED));
        ledger.settleBy(FIRST_CLOSED.plus(5, MINUTES));
        ledger.bothReach(AGAIN);
        ledger.send(opened("b1").attempt(2).at(AGAIN.minusSeconds(60)));
    }

    private static void closeAgain(PartitionedHarness ledger) {
        ledger.bothReach(SECOND_CLOSED);
        ledger.send(closed("b1").attempt(2).at(SECOND_CLOSED));
        ledger.settleBy(SECOND_CLOSED.plus(5, MINUTES));
    }

    private static Settlement settled(PartitionedHarness ledger, int attempt) {
        return ledger.settlements().get(settlement("b1", attempt));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldCountInBothAttempts(int number) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            ledger.send(numbered(deferred("r1").parent("b1"), number));
            sendBatch(ledger);
            ledger.send(numbered(deferred("r1").parent("b1").at(AGAIN), number));
            ledger.send(numbered(deferred("r1").at(AGAIN.plusSeconds(1)), number));
            ledger.restartAll();

            // When
            closeAgain(ledger);
            Map<String, Settlement> missing = ledger.settlements();
            ledger.restartAll();
            ledger.bothReach(SECOND_CLOSED.plus(10, MINUTES));
            ledger.send(numbered(completed("r1").at(SECOND_CLOSED.plus(10, MINUTES)), number));
            ledger.settleBy(SECOND_CLOSED.plus(15, MINUTES));

            // Then
            assertThat(missing.get(settlement("b1", 1)).getMissing()).containsExactly(key("r1"));
            assertThat(missing.get(settlement("b1", 2)).getMissing()).containsExactly(key("r1"));
            assertThat(missing.get(settlement("b1", 2)).getDeferred()).isEqualTo(1);
            assertThat(settled(ledger, 1).getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
            assertThat(settled(ledger, 2).getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
            assertThat(settled(ledger, 2).getMissing()).isEmpty();
            assertThat(ledger.orphans()).isEmpty();
            assertThat(ledger.alerts().get(alert("b1", 2)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldCountOnlyWhereItRepeatsItsStatusUnderTheSameParent() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            for (String member : List.of("moves-on", "elsewhere", "back")) {
                ledger.send(deferred(member).parent("b1"));
            }
            sendBatch(ledger);
            ledger.send(pending("moves-on").parent("b1").at(AGAIN));
            ledger.send(deferred("elsewhere").parent("b2").attempt(1).at(AGAIN));
            ledger.send(completed("back").at(AGAIN.minusSeconds(1)));
            ledger.send(deferred("back").parent("b1").attempt(1).at(AGAIN));

            // When
            closeAgain(ledger);

            // Then
            assertThat(settled(ledger, 1).getDeferred()).isEqualTo(3);
            assertThat(settled(ledger, 2).getDeferred()).isZero();
        }
    }

    @Test
    void shouldNotLoseWhatRepeatsAfterItsBatchWasCancelled() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(
                    Events.cancelled("b1").kind(SubjectKind.BATCH).attempt(1).at(FIRST_CLOSED));
            ledger.settleBy(FIRST_CLOSED.plus(5, MINUTES));
            ledger.bothReach(AGAIN);
            ledger.send(opened("b1").attempt(2).at(AGAIN.minusSeconds(60)));
            ledger.send(deferred("r1").parent("b1").at(AGAIN));

            // When
            closeAgain(ledger);

            // Then
            assertThat(settled(ledger, 2).getMissing()).containsExactly(key("r1"));
            assertThat(ledger.alerts()).containsKey(alert("b1", 2));
        }
    }

    @Test
    void shouldCountTheNextAttemptInsteadOfTheRepeatBeforeIt() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            ledger.send(deferred("r1").parent("b1").attempt(1));
            sendBatch(ledger);
            ledger.send(deferred("r1").parent("b1").attempt(1).at(AGAIN));
            ledger.send(deferred("r1").parent("b1").attempt(2).at(AGAIN.plusSeconds(60)));

            // When
            closeAgain(ledger);

            // Then
            assertThat(settled(ledger, 1).getMoved()).isEqualTo(1);
            assertThat(settled(ledger, 1).getDeferred()).isEqualTo(1);
            assertThat(settled(ledger, 2).getMissing()).containsExactly(key("r1"));
            assertThat(settled(ledger, 2).getDeferred()).isEqualTo(1);
        }
    }

    @Test
    void shouldBeForgottenAfterTheLastOfItsClosingsAndLeaveTheFirstSettlementAlone() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(3))) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            sendBatch(ledger);
            ledger.send(deferred("r1").parent("b1").at(AGAIN));
            ledger.send(completed("r1").at(AGAIN.plusSeconds(9)));
            closeAgain(ledger);
            ledger.settleBy(FIRST_CLOSED.plus(7, DAYS).plus(10, MINUTES));

            // When
            long accounts = ledger.stored(StoreKeys.ACCOUNT);
            ledger.send(retired("r1").at(AGAIN.plusSeconds(10)));
            ledger.settleBy(FIRST_CLOSED.plus(7, DAYS).plus(12, MINUTES));
            long stored = ledger.stored(MEMBER);
            long accountsAfter = ledger.stored(StoreKeys.ACCOUNT);
            ledger.settleBy(SECOND_CLOSED.plus(8, DAYS));

            // Then
            assertThat(settled(ledger, 1).getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
            assertThat(settled(ledger, 2).getReturned()).isEqualTo(Map.of("RETIRED", 1L));
            assertThat(settled(ledger, 2).getDeferred()).isEqualTo(1);
            assertThat(stored).isEqualTo(1);
            assertThat(accountsAfter).isEqualTo(accounts);
            assertThat(ledger.stored(MEMBER)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldCountTheSameInWhateverOrderItIsRead(long seed) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(2))) {
            // Given
            ledger.bothReach(SECOND_CLOSED.plus(5, MINUTES));
            List<Events> events = new ArrayList<>(List.of(
                    deferred("r1").parent("b1"),
                    deferred("r1").parent("b1").at(AGAIN),
                    deferred("r2").parent("b1"),
                    deferred("r2").at(AGAIN.plusSeconds(9)),
                    completed("r2").at(AGAIN.plusSeconds(30)),
                    closed("b1").attempt(1).at(FIRST_CLOSED),
                    closed("b1").attempt(2).at(SECOND_CLOSED)));
            Random random = new Random(seed);
            Collections.shuffle(events, random);

            // When
            for (Events event : events) {
                ledger.send(event);
                if (random.nextBoolean()) {
                    ledger.settleBy(ledger.now().plusSeconds(70));
                }
            }
            ledger.settleBy(ledger.now().plus(3, HOURS));

            // Then
            for (int attempt : List.of(1, 2)) {
                assertThat(settled(ledger, attempt).getMissing()).containsExactly(key("r1"));
                assertThat(settled(ledger, attempt).getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
            }
        }
    }
}
