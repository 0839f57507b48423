package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.annotated;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Completed;
import io.foundling.audit.Disposition;
import io.foundling.audit.Expected;
import io.foundling.audit.Status;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.topology.harness.Change;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.EventResult;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the ledger publishes. Proves rules L13, L17, T17 and B5. */
final class LedgerTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);

    @Test
    void shouldEmitAWarningAndItsRecoveryWhenTheRecordReturnsAfterItsDeadline() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));
            ledger.bothReach(START.plus(2, HOURS));

            // When
            ledger.send(completed("r1").at(START.plus(2, HOURS)));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED", "r1 RECOVERY 1 DEFERRED -");
            assertThat(ledger.disposition("r1").getStatus()).isEqualTo(Status.COMPLETED);
            assertThat(ledger.disposition("r1").getMarks())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.getRecoveredAt()).isEqualTo(START.plus(2, HOURS)));
        }
    }

    @Test
    void shouldGoOnWhereItStoppedWhenItIsRestarted() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));
            ledger.bothReach(START.plus(2, HOURS));

            // When
            ledger.restart();
            ledger.send(completed("r1").at(START.plus(2, HOURS)));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED", "r1 RECOVERY 1 DEFERRED -");
        }
    }

    @Test
    void shouldShowTheResultOfTheWorkWhenTheDispositionIsPublishedAgain() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(Events.of("r1", new Completed("sha-1", 7L, Map.of("rows", 12L))));
            ledger.send(Events.of("r2", new Expected(null, Events.key("r1"), "the next step")));

            // When
            ledger.restart();
            ledger.send(annotated("r1").metadata("k", "v"));

            // Then
            Disposition completed = ledger.disposition("r1");
            assertThat(completed.getOutputHash()).isEqualTo("sha-1");
            assertThat(completed.getDurationMs()).isEqualTo(7);
            assertThat(completed.getCounts()).isEqualTo(Map.of("rows", 12L));
            assertThat(completed.getMetadata()).containsEntry("k", "v");
            assertThat(ledger.disposition("r2").getPromisedBy()).isEqualTo(Events.key("r1"));
            assertThat(ledger.disposition("r2").getReason()).isEqualTo("the next step");
            assertThat(ledger.disposition("r2").getDurationMs()).isNull();
        }
    }

    @Test
    void shouldStampOutputsWithTheWallTimeWhenTheEventsAreOld() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Instant longAgo = Instant.parse("2017-03-01T00:00:00Z");
            ledger.wallReaches(START.plus(1, HOURS));

            // When
            ledger.send(deferred("r1").at(longAgo).dueAt(longAgo.plus(1, HOURS)), longAgo);
            ledger.clockReaches(START.plus(2, HOURS));

            // Then
            assertThat(ledger.dispositionChanges())
                    .extracting(Change::stampedAt)
                    .containsExactly(START.plus(1, HOURS), ledger.now());
            assertThat(ledger.orphanChanges()).extracting(Change::stampedAt).containsExactly(ledger.now());
        }
    }

    @Test
    void shouldLeaveTheActiveWarningLastWhenAnEarlierOneIsWithdrawn() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").attempt(1).dueAt(START.plus(1, HOURS)));
            ledger.bothReach(START.plus(2, HOURS));
            ledger.send(deferred("r1").attempt(2).at(START.plus(2, HOURS)).dueAt(START.plus(3, HOURS)));
            ledger.bothReach(START.plus(4, HOURS));

            // When
            ledger.send(completed("r1").attempt(1).at(START.plus(30, MINUTES)));

            // Then
            assertThat(ledger.orphanStory())
                    .containsExactly(
                            "r1 ORPHANED 1 DEFERRED",
                            "r1 RECOVERY 1 DEFERRED -",
                            "r1 ORPHANED 2 DEFERRED",
                            "r1 WITHDRAWAL 1 DEFERRED -",
                            "r1 UPDATED 2 DEFERRED");
            assertThat(ledger.orphans().get(Events.key("r1")).getAttempt()).isEqualTo(2);
        }
    }

    @Test
    void shouldPublishNothingWhenAnEventIsReadAgain() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").attempt(1).parent("b1"));
            ledger.send(deferred("r1").attempt(1).parent("b2").number(2));

            // When
            ledger.restart();
            ledger.send(deferred("r1").attempt(1).parent("b1"));
            ledger.send(deferred("r1").attempt(1).parent("b2").number(2));

            // Then
            assertThat(ledger.dispositionChanges()).hasSize(2);
            assertThat(ledger.violations())
                    .extracting(Violation::getType)
                    .containsExactly(ViolationType.PARENT_MISMATCH);
            assertThat(ledger.listener().results())
                    .containsExactly(
                            EventResult.APPLIED, EventResult.APPLIED, EventResult.DUPLICATE, EventResult.DUPLICATE);
        }
    }

    /** Proves rule L4. */
    @Test
    void shouldPublishATombstoneWhenAnEventIdIsUsedAgainAndTakesTheStatusAway() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            UUID eventId = new UUID(1, 2);
            ledger.send(deferred("r1").eventId(eventId));

            // When
            ledger.send(Events.extended("r1", START.plusSeconds(60))
                    .at(START.minusMillis(1))
                    .eventId(eventId));

            // Then
            assertThat(ledger.dispositions()).isEmpty();
            assertThat(ledger.dispositionChanges())
                    .hasSize(2)
                    .last()
                    .satisfies(last -> assertThat(last.value()).isEmpty());
        }
    }
}
