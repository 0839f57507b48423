package io.foundling.topology.parent;

import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.LedgerHarness.START;
import static io.foundling.topology.parent.Batches.alert;
import static io.foundling.topology.parent.Batches.closed;
import static io.foundling.topology.parent.Batches.settlement;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a parent that runs again and again. Proves rules P17 and A2. */
final class BoundedClosingsTest {

    private static final int PARENT = 0x40;
    private static final int MEMBER = 0x41;
    private static final int ACCOUNT = 0x43;
    private static final int COUNTED = 0x44;

    private final LedgerHarness ledger = LedgerHarness.of(Batches.settings(1, 2_000));

    /** In every run one member comes back; in some, another one is lost. */
    private void run(int attempt, boolean loses) {
        Instant begins = ledger.now();
        ledger.send(Batches.opened("b1").attempt(attempt).at(begins));
        ledger.send(completed("r" + attempt).parent("b1").at(begins.plusMillis(1)));
        if (loses) {
            ledger.send(deferred("lost" + attempt).parent("b1").at(begins.plusMillis(1)));
        }
        ledger.bothReach(begins.plus(5, MINUTES));
        ledger.send(closed("b1").attempt(attempt).at(ledger.now()));
        settle();
    }

    private void settle() {
        settle(ledger);
    }

    private static void settle(LedgerHarness ledger) {
        for (int i = 0; i < 4; i++) {
            ledger.bothReach(ledger.now().plusSeconds(i == 0 ? 90 : 2));
        }
    }

    private List<Integer> sizesOf(int kind) {
        return sizesOf(ledger, kind);
    }

    private static List<Integer> sizesOf(LedgerHarness ledger, int kind) {
        List<Integer> sizes = new ArrayList<>();
        ledger.store().contents().forEach((key, value) -> {
            if (key.get()[0] == kind) {
                sizes.add(value.length);
            }
        });
        return sizes;
    }

    private Settlement settled(int attempt) {
        return ledger.settlements().get(settlement("b1", attempt));
    }

    @Test
    void shouldKeepNoMoreOfAParentAfter300RunsThanAfter20() {
        try (ledger) {
            // Given
            for (int attempt = 1; attempt <= 20; attempt++) {
                run(attempt, false);
            }
            int size = sizesOf(PARENT).get(0);

            // When
            for (int attempt = 21; attempt <= 300; attempt++) {
                run(attempt, false);
            }

            // Then
            assertThat(sizesOf(PARENT)).hasSize(1);
            assertThat(sizesOf(PARENT).get(0)).isBetween(size - 50, size + 50);
            assertThat(sizesOf(MEMBER)).hasSizeLessThanOrEqualTo(12);
            assertThat(sizesOf(ACCOUNT)).hasSizeLessThanOrEqualTo(15);
            assertThat(ledger.settlements()).hasSize(300);
            assertThat(ledger.settlements().values())
                    .allSatisfy(each -> assertThat(each.getReturned()).isEqualTo(Map.of("COMPLETED", 1L)));
        }
    }

    @Test
    void shouldKeepWhoIsMissingUntilItComesBack() {
        try (ledger) {
            // Given
            for (int attempt = 1; attempt <= 40; attempt++) {
                run(attempt, attempt <= 2);
            }
            List<Integer> parent = sizesOf(PARENT);
            int accounts = sizesOf(ACCOUNT).size();
            String fired = ledger.alerts().get(alert("b1", 1)).getStatus().name();

            // When
            ledger.send(completed("lost1").parent("b1").at(ledger.now()));
            ledger.send(Events.annotated("lost2").metadata("looked", "for").at(ledger.now()));
            settle();

            // Then
            assertThat(parent).hasSize(1);
            assertThat(fired).isEqualTo("FIRING");
            assertThat(settled(1).getReturned()).isEqualTo(Map.of("COMPLETED", 2L));
            assertThat(settled(1).getOrphaned()).isZero();
            assertThat(ledger.alerts().get(alert("b1", 1)).getStatus()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(settled(2).getMissing()).containsExactly(key("lost2"));
            assertThat(ledger.alerts().get(alert("b1", 2)).getStatus()).isEqualTo(AlertStatus.FIRING);
            assertThat(sizesOf(ACCOUNT)).hasSize(accounts - 1);
            assertThat(ledger.alerts()).doesNotContainKey("orphaned/university/declaration");
        }
    }

    @Test
    void shouldCountAnErasedMemberOfAForgottenAttemptAsCancelled() {
        try (ledger) {
            // Given
            for (int attempt = 1; attempt <= 15; attempt++) {
                run(attempt, attempt == 1);
            }

            // When
            ledger.send(Events.erased("lost1").at(ledger.now()));
            settle();

            // Then
            assertThat(settled(1).getReturned()).isEqualTo(Map.of("COMPLETED", 1L, "CANCELLED", 1L));
            assertThat(settled(1).getMissing()).isEmpty();
        }
    }

    /** A parent that is cancelled again and again always has members, and each of them has its own promise. */
    @Test
    void shouldKeepNoMoreOfAParentThatIsCancelledInEveryRun() {
        try (LedgerHarness ledger = LedgerHarness.of(Batches.settings(1))) {
            // Given
            List<Integer> parentSizes = new ArrayList<>();
            List<Integer> members = new ArrayList<>();
            List<Integer> accounts = new ArrayList<>();

            // When
            for (int attempt = 1; attempt <= 60; attempt++) {
                Instant begins = ledger.now();
                ledger.send(Batches.opened("b1").attempt(attempt).at(begins));
                ledger.send(deferred("r" + attempt)
                        .parent("b1")
                        .at(begins.plusMillis(1))
                        .dueAt(begins.plus(3, HOURS)));
                ledger.bothReach(begins.plus(5, MINUTES));
                ledger.send(
                        cancelled("b1").kind(SubjectKind.BATCH).attempt(attempt).at(ledger.now()));
                settle(ledger);
                parentSizes.add(sizesOf(ledger, PARENT).get(0));
                members.add(sizesOf(ledger, MEMBER).size());
                accounts.add(sizesOf(ledger, ACCOUNT).size());
            }

            // Then
            assertThat(parentSizes.get(59)).isBetween(parentSizes.get(19) - 50, parentSizes.get(19) + 50);
            assertThat(members.get(59)).isLessThanOrEqualTo(12);
            assertThat(accounts.get(59)).isLessThanOrEqualTo(12);
            assertThat(sizesOf(ledger, COUNTED)).hasSizeLessThanOrEqualTo(12);
            assertThat(ledger.orphanStory()).isEmpty();
            assertThat(ledger.disposition("r1").getEndedWithParentAt()).isNotNull();
            assertThat(ledger.settlements().get(settlement("b1", 1)).getOrphaned())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldKeepNoMoreOfAMemberThatIsMissingInEveryRun() {
        try (ledger) {
            // Given
            List<Integer> members = new ArrayList<>();
            List<Integer> accounts = new ArrayList<>();

            // When
            for (int attempt = 1; attempt <= 120; attempt++) {
                ledger.send(deferred("always").parent("b1").at(ledger.now()));
                run(attempt, false);
                members.add(sizesOf(MEMBER).stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElseThrow());
                accounts.add(sizesOf(ACCOUNT).size());
            }
            ledger.send(completed("always").parent("b1").at(ledger.now()));
            settle();
            settle();

            // Then
            assertThat(members.get(119)).isLessThanOrEqualTo(members.get(79) + 50);
            assertThat(accounts.get(119)).isLessThanOrEqualTo(accounts.get(79) + 2);
            assertThat(ledger.settlements().values())
                    .allSatisfy(each -> assertThat(each.getOrphaned()).isZero());
            assertThat(settled(1).getMoved()).isEqualTo(1);
            assertThat(settled(105).getReturned()).isEqualTo(Map.of("COMPLETED", 2L));
            assertThat(settled(120).getReturned()).isEqualTo(Map.of("COMPLETED", 2L));
            assertThat(ledger.alerts().values()).noneMatch(each -> each.getStatus() == AlertStatus.FIRING);
        }
    }

    /** The backlog after a stop: all closings are read before the first can be accounted for. */
    @Test
    void shouldSettleEveryAttemptWhenManyAreReadAtOnce() {
        try (ledger) {
            // Given
            for (int attempt = 1; attempt <= 30; attempt++) {
                Instant begins = START.plus(attempt, MINUTES);
                ledger.wallReaches(begins.plusSeconds(1));
                ledger.send(completed("r" + attempt).parent("b1").at(begins));
                ledger.send(closed("b1").attempt(attempt).at(begins.plusSeconds(1)));
            }

            // When
            settle();
            settle();

            // Then
            assertThat(ledger.settlements()).hasSize(30);
            assertThat(ledger.settlements().values())
                    .allSatisfy(each -> assertThat(each.getDeferred()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 14})
    void shouldLeaveOutACorrectionOfAnAttemptThatIsForgotten(int corrected) {
        try (ledger) {
            // Given
            for (int attempt = 1; attempt <= 15; attempt++) {
                run(attempt, false);
            }
            Settlement before = settled(corrected);

            // When
            ledger.send(closed("b1").attempt(corrected).at(before.getClosedAt().minusSeconds(1)));
            ledger.bothReach(ledger.now().plus(7, HOURS));
            settle();

            // Then
            assertThat(settled(corrected).getReturned()).isEqualTo(Map.of("COMPLETED", 1L));
            assertThat(settled(corrected).getClosedAt())
                    .isEqualTo(
                            corrected == 1
                                    ? before.getClosedAt()
                                    : before.getClosedAt().minusSeconds(1));
        }
    }
}
