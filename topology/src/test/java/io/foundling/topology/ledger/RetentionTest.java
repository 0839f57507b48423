package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.retired;
import static io.foundling.topology.harness.Events.retrying;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.topology.harness.Change;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.harness.StoredKeys;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.EventResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long dispositions and stones stay. Proves rules R1, R2, R3 and R4. */
final class RetentionTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);
    private static final LedgerSettings AT_ONCE =
            Settings.of(SETTINGS).retention(Duration.ZERO, Duration.ofDays(30), Duration.ofDays(7));

    @Test
    void shouldRemoveACompletedDispositionADayAfterItWasRead() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Instant read = START.plus(1, HOURS);
            ledger.wallReaches(read);
            ledger.send(completed("r1"), START);

            // When
            ledger.clockReaches(read.plus(1, DAYS));

            // Then
            assertThat(ledger.dispositions()).containsKey(Events.key("r1"));
            ledger.clockReaches(read.plus(1, DAYS).plusMillis(1));
            assertThat(ledger.dispositions()).isEmpty();
            assertThat(ledger.dispositionChanges())
                    .hasSize(2)
                    .last()
                    .satisfies(last -> assertThat(last.value()).isEmpty());
            assertThat(tally(ledger, "removed")).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepAFailedDispositionForThirtyDays() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(failed("r1"));
            ledger.send(retired("r2"));

            // When
            ledger.clockReaches(START.plus(30, DAYS));

            // Then
            assertThat(ledger.dispositions()).containsOnlyKeys(Events.key("r1"), Events.key("r2"));
            ledger.clockReaches(START.plus(30, DAYS).plusMillis(1));
            assertThat(ledger.dispositions()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNeverRemoveWhatAwaits(boolean submitted) {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(submitted ? retrying("r1") : deferred("r1"));

            // When
            ledger.clockReaches(START.plus(4_000, DAYS));

            // Then
            assertThat(ledger.dispositions()).containsOnlyKeys(Events.key("r1"));
        }
    }

    @Test
    void shouldNeverRemoveADeclarationInForce() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(declared("r1"));
            ledger.send(completed("r1").at(START.plusMillis(1)));
            ledger.send(declared("r2"));
            ledger.send(completed("r2").at(START.plusMillis(1)));
            ledger.send(retired("r2").at(START.plusMillis(2)));

            // When
            ledger.clockReaches(START.plus(4_000, DAYS));

            // Then
            assertThat(ledger.dispositions()).containsOnlyKeys(Events.key("r1"));
            assertThat(ledger.disposition("r1").getStatus()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void shouldForgetTheStoneSevenDaysAfterRemoval() {
        try (LedgerHarness ledger = LedgerHarness.of(AT_ONCE)) {
            // Given
            ledger.send(completed("r1"));

            // When
            ledger.clockReaches(START.plus(7, DAYS));

            // Then
            assertThat(ledger.store().contents()).containsKey(StoredKeys.subject("r1"));
            ledger.clockReaches(START.plus(7, DAYS).plusMillis(1));
            assertThat(ledger.store().contents()).doesNotContainKey(StoredKeys.subject("r1"));
            ledger.send(completed("r1").number(2));
            ledger.sweep();
            assertThat(tally(ledger, "known")).isEqualTo(2);
        }
    }

    @Test
    void shouldForgetASubjectWithoutAStatusSevenDaysAfterItsLastChange() {
        try (LedgerHarness ledger = LedgerHarness.of(AT_ONCE)) {
            // Given
            ledger.send(Events.annotated("r1").metadata("k", "v"));

            // When
            ledger.clockReaches(START.plus(7, DAYS));

            // Then
            assertThat(ledger.store().contents()).containsKey(StoredKeys.subject("r1"));
            ledger.clockReaches(START.plus(7, DAYS).plusMillis(1));
            assertThat(ledger.store().contents()).doesNotContainKey(StoredKeys.subject("r1"));
        }
    }

    @Test
    void shouldPublishNothingWhenADuplicateComesAfterRemoval() {
        try (LedgerHarness ledger = LedgerHarness.of(AT_ONCE)) {
            // Given
            ledger.send(deferred("r1").metadata("k", "v"));
            ledger.send(completed("r1").at(START.plusMillis(1)).metadata("k", "w"));
            assertThat(ledger.dispositionChanges()).hasSize(3);

            // When
            ledger.send(deferred("r1").metadata("k", "v"));
            ledger.send(completed("r1").at(START.plusMillis(1)).metadata("k", "w"));

            // Then
            assertThat(ledger.dispositionChanges()).hasSize(3);
            assertThat(ledger.listener().results())
                    .containsExactly(
                            EventResult.APPLIED, EventResult.APPLIED, EventResult.DUPLICATE, EventResult.DUPLICATE);
        }
    }

    @Test
    void shouldRemoveAtOnceWhenTheRetentionIsZero() {
        try (LedgerHarness ledger = LedgerHarness.of(AT_ONCE)) {
            // Given
            ledger.send(deferred("r1"));

            // When
            ledger.send(completed("r1").at(START.plusMillis(1)));

            // Then
            assertThat(ledger.dispositionChanges())
                    .extracting(change -> change.value().map(Disposition::getStatus))
                    .containsExactly(Optional.of(Status.DEFERRED), Optional.of(Status.COMPLETED), Optional.empty());
        }
    }

    @Test
    void shouldWakeNothingWhenTheDeferredComesAfterTheCompletedAndTheRetentionIsZero() {
        try (LedgerHarness ledger = LedgerHarness.of(AT_ONCE)) {
            // Given
            ledger.send(completed("r1").at(START.plusMillis(1)));
            ledger.wallReaches(START.plus(1, HOURS));

            // When
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));
            ledger.clockReaches(START.plus(2, DAYS));

            // Then
            assertThat(ledger.dispositionChanges()).hasSize(2);
            assertThat(ledger.dispositions()).isEmpty();
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldWakeTheStoneWhenANewAttemptBegins() {
        try (LedgerHarness ledger = LedgerHarness.of(AT_ONCE)) {
            // Given
            ledger.send(completed("r1").metadata("run", "1"));
            ledger.bothReach(START.plus(1, DAYS));

            // When
            ledger.send(deferred("r1").at(START.plus(1, DAYS)).metadata("size", "2"));
            ledger.sweep();

            // Then
            assertThat(ledger.disposition("r1").getStatus()).isEqualTo(Status.DEFERRED);
            assertThat(ledger.disposition("r1").getAttempt()).isEqualTo(2);
            assertThat(ledger.disposition("r1").getMetadata()).containsOnlyKeys("size");
            assertThat(tally(ledger, "removed")).isZero();
        }
    }

    @Test
    void shouldWakeTheStoneForAWhileWhenALateFactShowsThatItWasAnOrphan() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(completed("r1").at(START));
            ledger.bothReach(START.plus(2, DAYS));
            assertThat(ledger.dispositions()).isEmpty();

            // When
            ledger.send(deferred("r1").at(START.minus(2, HOURS)).dueAt(START.minus(1, HOURS)));
            ledger.bothReach(START.plus(2, DAYS).plus(1, HOURS));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED", "r1 RECOVERY 1 DEFERRED -");
            assertThat(ledger.disposition("r1").getMarks()).hasSize(1);
            ledger.bothReach(START.plus(3, DAYS).plus(1, HOURS));
            assertThat(ledger.dispositions()).isEmpty();
        }
    }

    @Test
    void shouldPublishTheWarningThatAFactCausesAtOnceWhenItReachesTheStone() {
        try (LedgerHarness ledger = LedgerHarness.of(AT_ONCE)) {
            // Given
            ledger.send(completed("r1").at(START));
            ledger.bothReach(START.plusSeconds(10));

            // When
            ledger.send(deferred("r1").at(START.minusSeconds(30)).dueAt(START.minusSeconds(20)));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED", "r1 RECOVERY 1 DEFERRED -");
            assertThat(ledger.dispositionChanges()).hasSize(4);
            assertThat(ledger.dispositionChanges().get(2).value().orElseThrow().getMarks())
                    .hasSize(1);
            assertThat(ledger.dispositions()).isEmpty();
        }
    }

    @Test
    void shouldKeepTheTombstoneBehindTheDispositionWhenBothAreWrittenTogether() {
        try (LedgerHarness ledger = LedgerHarness.of(AT_ONCE)) {
            // Given
            Instant due = START.plus(1, HOURS);
            ledger.send(deferred("r1").dueAt(due));
            ledger.bothReach(START.plus(2, HOURS));

            // When
            ledger.send(completed("r1").at(START.plus(2, HOURS)));

            // Then
            assertThat(ledger.dispositionChanges())
                    .extracting(Change::value)
                    .last()
                    .isEqualTo(Optional.empty());
            assertThat(ledger.orphans()).isEmpty();
        }
    }

    private static long tally(LedgerHarness ledger, String bucket) {
        return ledger.listener().allSubjects().get(bucket);
    }
}
