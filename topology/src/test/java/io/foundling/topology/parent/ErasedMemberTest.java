package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.Events.retrying;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.PartitionedHarness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A member of a batch is erased. Proves rules P12, P13, P14, P15 and R5. */
final class ErasedMemberTest {

    private static final int ERASED = 0x20;
    private static final int MEMBER = 0x41;
    private static final Instant CLOSED = START.plus(2, MINUTES);

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldCountAMissingMemberAsCancelledWithoutItsKey(int partitions) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(partitions))) {
            // Given
            ledger.send(deferred("r1").parent("b1"));
            ledger.send(deferred("anna-k").parent("b1"));
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(START.plus(10, MINUTES));
            assertThat(ledger.settlements().get(settlement("b1", 1)).getMissing())
                    .containsExactly(key("anna-k"), key("r1"));

            // When
            ledger.send(erased("anna-k").at(START.plus(10, MINUTES)));
            ledger.settleBy(START.plus(11, MINUTES));

            // Then
            Settlement settled = ledger.settlements().get(settlement("b1", 1));
            assertThat(settled.getDeferred()).isEqualTo(2);
            assertThat(settled.getReturned()).isEqualTo(Map.of("CANCELLED", 1L));
            assertThat(settled.getMissing()).containsExactly(key("r1"));
            assertThat(ledger.alerts().get(alert("b1", 1)).getCount()).isEqualTo(1);
            assertThat(ledger.alerts().values().toString()).doesNotContain("anna-k");
            assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCountTheSameWhenTheBatchClosesAfterTheErasure(boolean erasedFirst) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(2))) {
            // Given
            Events erasure = erased("anna-k").at(START.plusSeconds(10));
            List<Events> facts = List.of(
                    deferred("anna-k").parent("b1"),
                    completed("anna-k").parent("b1").at(START.plusSeconds(20)));
            ledger.send(completed("r1").parent("b1"));

            // When
            if (erasedFirst) {
                ledger.send(erasure);
            }
            facts.forEach(ledger::send);
            ledger.send(erasure);
            facts.forEach(ledger::send);
            ledger.restartAll();
            ledger.send(closed("b1").at(CLOSED));
            ledger.settleBy(START.plus(10, MINUTES));

            // Then
            Settlement settled = ledger.settlements().get(settlement("b1", 1));
            assertThat(settled.getDeferred()).isEqualTo(2);
            assertThat(settled.getReturned()).isEqualTo(Map.of("CANCELLED", 1L, "COMPLETED", 1L));
            assertThat(ledger.alerts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldNotJoinAnotherParentWhenWhatNamedItInVainIsReadAgain(int number) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(2))) {
            // Given
            List<Events> facts = List.of(
                    numbered(deferred("anna-k").parent("b1"), number),
                    numbered(completed("anna-k").parent("b2").at(START.plusSeconds(20)), number));
            facts.forEach(ledger::send);
            ledger.send(erased("anna-k").at(START.plusSeconds(30)));

            // When
            facts.forEach(ledger::send);
            ledger.send(closed("b1").at(CLOSED));
            ledger.send(closed("b2").at(CLOSED));
            ledger.settleBy(START.plus(10, MINUTES));

            // Then
            assertThat(ledger.settlements().get(settlement("b1", 1)).getReturned())
                    .isEqualTo(Map.of("CANCELLED", 1L));
            assertThat(ledger.settlements().get(settlement("b2", 1)).getDeferred())
                    .isZero();
        }
    }

    private static Events numbered(Events event, int number) {
        return number == 0 ? event : event.attempt(number);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    void shouldCountNumberedAttemptsTheSameWheneverTheyAreRead(boolean erasedFirst, boolean backwards) {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(2))) {
            // Given
            List<Events> facts = new ArrayList<>(List.of(
                    deferred("anna-k").parent("b1").attempt(1),
                    pending("anna-k").parent("b2").attempt(1).at(START.plusSeconds(10)),
                    retrying("anna-k").parent("b1").attempt(1).at(START.plusSeconds(20)),
                    deferred("anna-k").parent("b1").attempt(2).at(START.plusSeconds(30)),
                    deferred("anna-k").parent("b2").attempt(3).at(START.plusSeconds(40))));
            if (backwards) {
                Collections.reverse(facts);
            }
            ledger.send(closed("b1").at(CLOSED));
            ledger.send(closed("b2").at(CLOSED));
            ledger.settleBy(START.plus(10, MINUTES));

            // When
            if (erasedFirst) {
                ledger.send(erased("anna-k").at(START.plusSeconds(50)));
            }
            facts.forEach(ledger::send);
            ledger.send(erased("anna-k").at(START.plusSeconds(50)));
            ledger.settleBy(START.plus(20, MINUTES));

            // Then
            assertThat(ledger.settlements().get(settlement("b1", 1)).getReturned())
                    .isEqualTo(Map.of("CANCELLED", 1L));
            assertThat(ledger.settlements().get(settlement("b2", 1)).getReturned())
                    .isEqualTo(Map.of("CANCELLED", 1L));
        }
    }

    @Test
    void shouldTakeTheClosingBackWhenTheBatchIsErased() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(2))) {
            // Given
            ledger.send(deferred("r1").parent("anna-k"));
            ledger.send(closed("anna-k").at(CLOSED));
            ledger.settleBy(START.plus(10, MINUTES));
            assertThat(ledger.settlements()).containsOnlyKeys(settlement("anna-k", 1));

            // When
            ledger.send(erased("anna-k").kind(SubjectKind.BATCH).at(START.plus(10, MINUTES)));
            ledger.settleBy(START.plus(20, MINUTES));

            // Then
            assertThat(ledger.settlements()).isEmpty();
            assertThat(ledger.dispositions()).containsOnlyKeys(key("r1"));
            assertThat(ledger.orphans()).isEmpty();
            assertThat(ledger.alerts().get(alert("anna-k", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        }
    }

    @Test
    void shouldForgetTheNamelessMemberOfABatchThatNeverClosed() {
        try (PartitionedHarness ledger = PartitionedHarness.of(Batches.settings(1))) {
            // Given
            ledger.send(deferred("anna-k").parent("b1"));
            ledger.send(erased("anna-k").at(START.plusSeconds(1)));
            assertThat(ledger.stored(ERASED)).isEqualTo(1);
            assertThat(ledger.stored(MEMBER)).isEqualTo(1);

            // When
            ledger.settleBy(START.plus(8, DAYS));

            // Then
            assertThat(ledger.stored(ERASED)).isZero();
            assertThat(ledger.stored(MEMBER)).isZero();
        }
    }
}
