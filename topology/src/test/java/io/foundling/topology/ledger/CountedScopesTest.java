package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.retired;
import static io.foundling.topology.harness.Events.skipped;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.store.StoreKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When stale scopes begin to count in their alert, go on and end. Proves rules F3, A1, A2 and A5. */
final class CountedScopesTest extends ScopeLedger {

    @Test
    void shouldResolveUnderTheSameKeyWhenARunCompletes() {
        // Given
        send(declared("2026"));
        clockShows(START.plus(DAY).plusMillis(1));

        // When
        send(completed("2026").at(START.plus(25, HOURS)));
        clockShows(START.plus(26, HOURS));

        // Then
        assertThat(ledger.alerts().keySet()).containsExactly(KEY);
        assertThat(ledger.alerts().get(KEY).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.alerts().get(KEY).getAnnotations().get("summary"))
                .isEqualTo("No scope of university/declaration is stale any more");
    }

    @Test
    void shouldBeStuckAndNoOrphanOfItsStageWhenARunIsPastItsDeadline() {
        // Given
        ledger.restart(Settings.of(ledger.settings())
                .policies(Settings.anything("runs", Duration.ofHours(2), Duration.ofMinutes(5))));
        send(declared("2026"));
        send(opened("2026").at(START.plus(1, HOURS)));

        // When
        clockShows(START.plus(3, HOURS).plus(5, MINUTES).plusMillis(1));

        // Then
        assertThat(finding()).isEqualTo(of("2026", "STUCK", START.plus(3, HOURS).plus(5, MINUTES)));
        assertThat(ledger.orphans()).containsOnlyKeys("scope/university/declaration/2026");
        assertThat(ledger.alerts()).containsOnlyKeys(KEY);
    }

    @Test
    void shouldCountAsAnOrphanUntilItIsDeclared() {
        // Given
        ledger.restart(
                Settings.of(ledger.settings()).policies(Settings.anything("runs", Duration.ofHours(2), Duration.ZERO)));
        send(opened("2026"));
        clockShows(START.plus(3, HOURS));
        Map<String, Alert> before = Map.copyOf(ledger.alerts());

        // When
        send(declared("2026").at(START.plus(1, HOURS)));
        clockShows(START.plus(4, HOURS));

        // Then
        assertThat(before).containsOnlyKeys("orphaned/university/declaration");
        assertThat(ledger.alerts().get("orphaned/university/declaration").getStatus())
                .isEqualTo(AlertStatus.RESOLVED);
        assertThat(finding()).isEqualTo(of("2026", "STUCK", START.plus(2, HOURS)));
    }

    @Test
    void shouldResolveWhenTheScopeIsRetired() {
        // Given
        send(declared("2026"));
        clockShows(START.plus(DAY).plusMillis(1));

        // When
        send(retired("2026").at(START.plus(25, HOURS)));
        clockShows(START.plus(26, HOURS));

        // Then
        assertThat(ledger.alerts().get(KEY).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.dispositions()
                        .get("scope/university/declaration/2026")
                        .getFreshness())
                .isNull();
    }

    @Test
    void shouldWaitForTheDelayOfItsSourceAndTakeNothingBackWhenItGrows() {
        // Given
        send(declared("2026"));
        Instant limit = START.plus(DAY);
        ledger.wallReaches(limit);
        ledger.clockReaches(limit.minus(1, MINUTES));
        ledger.send(completed("other").kind(SubjectKind.SCOPE).at(limit.minus(2, MINUTES)), limit);
        clockShows(limit.plusSeconds(119));
        String held = finding();

        // When
        clockShows(limit.plusSeconds(121));
        String due = finding();
        ledger.send(declared("2026").kind(SubjectKind.SCOPE).at(limit.minus(3, HOURS)), ledger.now());
        clockShows(limit.plusSeconds(130));

        // Then
        assertThat(held).isEqualTo("no alert");
        assertThat(due).isEqualTo(of("2026", "NEVER_RAN", limit));
        assertThat(finding()).isEqualTo(due);
    }

    @Test
    void shouldGoOnAfterARestartBeforeAndAfterTheLimit() {
        // Given
        send(declared("2026"));
        ledger.restart();
        clockShows(START.plus(DAY).plusMillis(1));
        String fired = finding();

        // When
        ledger.restart();
        send(declared("2026"));
        send(declared("2026").at(START.plus(2, HOURS)));
        clockShows(START.plus(DAY).plusMillis(2));

        // Then
        assertThat(fired).isEqualTo(of("2026", "NEVER_RAN", START.plus(DAY)));
        assertThat(ledger.alertChanges()).hasSize(1);
    }

    @Test
    void shouldNoLongerCountWhenItIsErased() {
        // Given
        send(declared("2026"));
        clockShows(START.plus(DAY).plusMillis(1));

        // When
        send(erased("2026"));
        clockShows(START.plus(26, HOURS));

        // Then
        assertThat(ledger.alerts().get(KEY).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.alerts().get(KEY).getAnnotations()).doesNotContainKey("findings");
    }

    @Test
    void shouldGoOnCountingWhenTheNextRunFailsUntilThatIsDue() {
        // Given
        send(declared("2026"));
        send(completed("2026").at(START.plus(1, HOURS)));
        Instant limit = START.plus(25, HOURS);
        live(limit.plusSeconds(10), 5);
        Instant failed = ledger.now();

        // When
        send(failed("2026").at(failed));
        live(failed.plusSeconds(1), 2);
        String beforeItIsDue = finding();
        live(failed.plusSeconds(10), 3);

        // Then
        assertThat(beforeItIsDue).isEqualTo(of("2026", "TOO_OLD", limit));
        assertThat(finding()).isEqualTo(of("2026", "LAST_FAILED", failed));
        assertThat(ledger.alertChanges())
                .allSatisfy(change ->
                        assertThat(change.value().orElseThrow().getStatus()).isEqualTo(AlertStatus.FIRING));
    }

    @Test
    void shouldGoOnCountingAsOneThatNeverRanUntilItsFirstRunEnds() {
        // Given
        send(declared("2026"));
        Instant limit = START.plus(DAY);
        live(limit.plusSeconds(10), 3);

        // When
        send(opened("2026").at(limit.plusSeconds(12)));
        live(limit.plusSeconds(30), 3);
        send(skipped("2026").at(limit.plusSeconds(33)));
        live(limit.plusSeconds(60), 3);

        // Then
        assertThat(ledger.alertChanges()).hasSize(1);
        assertThat(finding()).isEqualTo(of("2026", "NEVER_RAN", limit));
    }

    @Test
    void shouldNotBeginToCountAsOneThatNeverRanWhileItRuns() {
        // Given
        send(declared("2026"));
        send(opened("2026").at(START.plus(23, HOURS)));

        // When
        live(START.plus(30, HOURS), 3);
        String duringTheRun = finding();
        live(START.plus(47, HOURS).plusSeconds(10), 3);

        // Then
        assertThat(duringTheRun).isEqualTo("no alert");
        assertThat(finding()).isEqualTo(of("2026", "STUCK", START.plus(47, HOURS)));
    }

    @Test
    void shouldKeepTheReasonThatCountsWhenADelayHoldsItBackAndALaterOneIsDue() {
        // Given
        send(declared("2026"));
        send(completed("2026").at(START.plus(1, HOURS)));
        send(opened("2026").at(START.plus(20, HOURS)));
        Instant limit = START.plus(44, HOURS);
        live(limit.plusSeconds(10), 3);

        // When
        ledger.send(declared("2026").kind(SubjectKind.SCOPE).at(limit.minus(3, HOURS)), ledger.now());
        live(limit.plusSeconds(30), 3);

        // Then
        assertThat(finding()).isEqualTo(of("2026", "STUCK", limit));
    }

    /** The first start after an upgrade looks at all subjects, which no older version counted. */
    @Test
    void shouldCountWhatIsStaleAlreadyWhenPoliciesAreAppliedAnew() {
        // Given
        send(declared("2026"));
        send(failed("2026").at(START.plus(1, HOURS)));
        live(START.plus(2, HOURS), 3);
        ledger.store().contents().keySet().stream()
                .filter(key -> key.toString().contains(KEY))
                .forEach(key -> ledger.store().overwrite(key, null));
        ledger.restart(
                Settings.of(ledger.settings()).policies(Settings.anything("runs", Duration.ofHours(2), Duration.ZERO)));

        // When
        live(START.plus(3, HOURS), 5);

        // Then
        assertThat(ledger.store().contents()).containsKey(StoreKeys.counted(KEY, SCOPE));
    }

    @Test
    void shouldSayIncompleteWhileAProducerOfItsSourceReportsDroppedEvents() {
        // Given
        send(declared("2026").dropped(3));

        // When
        clockShows(START.plus(DAY).plusMillis(1));

        // Then
        assertThat(ledger.alerts().get(KEY).getAnnotations()).containsEntry("completeness", "INCOMPLETE");
    }
}
