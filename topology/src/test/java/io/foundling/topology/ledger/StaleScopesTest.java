package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.cancelled;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.retired;
import static io.foundling.topology.harness.Events.skipped;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Freshness;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When declared scopes are stale, and why. Proves rules F1, F2, A1 and A12. */
final class StaleScopesTest extends ScopeLedger {

    @Test
    void shouldFireOnceTheClockIsPastTheAgeOfADeclarationWithoutARun() {
        // Given
        send(declared("2026"));
        clockShows(START.plus(DAY));
        String atTheLimit = finding();

        // When
        clockShows(START.plus(DAY).plusMillis(1));

        // Then
        Alert alert = ledger.alerts().get(KEY);
        assertThat(atTheLimit).isEqualTo("no alert");
        assertThat(alert.getType()).isEqualTo(AlertType.STALE_SCOPE);
        assertThat(alert.getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.getCount()).isEqualTo(1);
        assertThat(alert.getSamples()).containsExactly("scope/university/declaration/2026");
        assertThat(alert.getLabels())
                .isEqualTo(Map.of(
                        "alertname", "FoundlingStaleScope",
                        "severity", "warning",
                        "source", "university",
                        "stage", "declaration"));
        assertThat(alert.getAnnotations().get("summary")).startsWith("1 scope of university/declaration is stale");
        assertThat(finding()).isEqualTo(of("2026", "NEVER_RAN", START.plus(DAY)));
        assertThat(ledger.orphans()).isEmpty();
    }

    @Test
    void shouldFireAgainOnceTheLastCompletionIsTooOld() {
        // Given
        send(declared("2026"));
        send(opened("2026").at(START.plus(1, HOURS)));
        send(completed("2026").at(START.plus(2, HOURS)));
        clockShows(START.plus(26, HOURS));
        String atTheLimit = finding();

        // When
        clockShows(START.plus(26, HOURS).plusMillis(1));

        // Then
        assertThat(atTheLimit).isEqualTo("no alert");
        assertThat(finding()).isEqualTo(of("2026", "TOO_OLD", START.plus(26, HOURS)));
    }

    /** Some services report nothing but that a run has completed. */
    @Test
    void shouldBeFreshByTheLatestOfSeveralCompletionsWithoutABeginning() {
        // Given
        send(declared("2026"));
        send(completed("2026").at(START.plus(1, HOURS)));
        send(completed("2026").at(START.plus(20, HOURS)));

        // When
        clockShows(START.plus(30, HOURS));

        // Then
        assertThat(finding()).isEqualTo("no alert");
    }

    @Test
    void shouldBeNoFresherByACompletionThatIsReadLate() {
        // Given
        send(declared("2026"));
        send(completed("2026").at(START.plus(2, HOURS)));
        clockShows(START.plus(26, HOURS).plusMillis(1));

        // When
        ledger.send(completed("2026").kind(SubjectKind.SCOPE).at(START.plus(1, HOURS)), START.plus(26, HOURS));
        clockShows(START.plus(30, HOURS));

        // Then
        assertThat(finding()).isEqualTo(of("2026", "TOO_OLD", START.plus(26, HOURS)));
    }

    @Test
    void shouldBeNoFresherByTheBackfillOfAnotherPeriod() {
        // Given
        send(declared("2026"));
        send(declared("2019").at(START.plusMillis(1)));
        send(completed("2026").at(START.plus(1, HOURS)));
        send(completed("2019").at(START.plus(20, HOURS)));

        // When
        clockShows(START.plus(26, HOURS));

        // Then
        assertThat(finding()).isEqualTo(of("2026", "TOO_OLD", START.plus(25, HOURS)));
    }

    @Test
    void shouldFireWhenTheLastRunFailedUntilOneCompletes() {
        // Given
        send(declared("2026"));
        send(completed("2026").at(START.plus(1, HOURS)));
        send(opened("2026").at(START.plus(2, HOURS)));
        send(failed("2026").at(START.plus(3, HOURS)));
        clockShows(START.plus(3, HOURS).plusMillis(1));
        String afterTheFailure = finding();

        // When
        send(opened("2026").at(START.plus(4, HOURS)));
        clockShows(START.plus(4, HOURS).plusMillis(1));
        String duringTheNextRun = finding();
        send(completed("2026").at(START.plus(5, HOURS)));
        clockShows(START.plus(5, HOURS).plusMillis(1));

        // Then
        assertThat(afterTheFailure).isEqualTo(of("2026", "LAST_FAILED", START.plus(3, HOURS)));
        assertThat(duringTheNextRun).isEqualTo(afterTheFailure);
        assertThat(ledger.alerts().get(KEY).getStatus()).isEqualTo(AlertStatus.RESOLVED);
    }

    @Test
    void shouldNotCountWhatWasSkippedOrCancelled() {
        // Given
        send(declared("2026"));
        send(failed("2026").attempt(1).at(START.plus(1, HOURS)));
        send(skipped("2026").attempt(2).at(START.plus(2, HOURS)));
        send(cancelled("2026").attempt(3).at(START.plus(3, HOURS)));

        // When
        clockShows(START.plus(4, HOURS));

        // Then
        assertThat(finding()).isEqualTo(of("2026", "LAST_FAILED", START.plus(1, HOURS)));
    }

    @Test
    void shouldBeStuckOnceARunIsUnderWayForLongerThanTheAge() {
        // Given
        send(declared("2026"));
        send(completed("2026").at(START.plus(1, HOURS)));
        send(opened("2026").at(START.plus(20, HOURS)));
        clockShows(START.plus(44, HOURS));
        String before = finding();

        // When
        clockShows(START.plus(44, HOURS).plusMillis(1));

        // Then
        assertThat(before).isEqualTo(of("2026", "TOO_OLD", START.plus(25, HOURS)));
        assertThat(finding()).isEqualTo(of("2026", "STUCK", START.plus(44, HOURS)));
    }

    @Test
    void shouldCountFromTheNextDeclarationAfterItWasRetired() {
        // Given
        send(declared("2026"));
        send(completed("2026").at(START.plus(1, HOURS)));
        send(retired("2026").at(START.plus(2, HOURS)));
        send(declared("2026").at(START.plus(10, HOURS)));

        // When
        clockShows(START.plus(34, HOURS).plusMillis(1));

        // Then
        assertThat(finding()).isEqualTo(of("2026", "NEVER_RAN", START.plus(34, HOURS)));
    }

    @Test
    void shouldFollowTheLastMaxAgeAndTheFirstDeclaration() {
        // Given
        send(declared("2026"));
        send(declared("2026", Duration.ofHours(2)).at(START.plus(1, HOURS)));

        // When
        clockShows(START.plus(2, HOURS).plusMillis(1));

        // Then
        assertThat(finding()).isEqualTo(of("2026", "NEVER_RAN", START.plus(2, HOURS)));
    }

    @Test
    void shouldNeverBeTooOldWithoutAnAge() {
        // Given
        send(declared("2026", Duration.ZERO));
        send(completed("2026").at(START.plus(1, HOURS)));

        // When
        clockShows(START.plus(Duration.ofDays(10_000)));

        // Then
        assertThat(finding()).isEqualTo("no alert");
    }

    @Test
    void shouldHaveNoPartInDeclarationsOfOtherKinds() {
        // Given
        ledger.send(declared("b1").kind(SubjectKind.BATCH));

        // When
        clockShows(START.plus(Duration.ofDays(3)));

        // Then
        assertThat(ledger.alerts()).isEmpty();
    }

    @Test
    void shouldKeepItsDeclarationWhenItsFirstRunsAreCollapsed() {
        // Given
        send(declared("2026", Duration.ofHours(30)));
        for (int run = 0; run < 100; run++) {
            Instant at = START.plus(DAY.multipliedBy(run));
            send(opened("2026").at(at.plusSeconds(1)));
            send(completed("2026").at(at.plusSeconds(100)));
        }
        Instant last = START.plus(DAY.multipliedBy(99)).plusSeconds(100);

        // When
        clockShows(last.plus(30, HOURS));
        String atTheLimit = finding();
        clockShows(last.plus(30, HOURS).plusMillis(1));

        // Then
        assertThat(atTheLimit).isEqualTo("no alert");
        assertThat(finding()).isEqualTo(of("2026", "TOO_OLD", last.plus(30, HOURS)));
    }

    @Test
    void shouldPublishWhatShowsHowFreshItIs() {
        // Given
        send(declared("2026"));
        send(failed("2026").at(START.plus(1, HOURS)));

        // When
        send(opened("2026").at(START.plus(2, HOURS)));

        // Then
        Freshness freshness =
                ledger.dispositions().get("scope/university/declaration/2026").getFreshness();
        assertThat(freshness.getDeclaredAt()).isEqualTo(START);
        assertThat(freshness.getMaxAge()).isEqualTo(DAY.toMillis());
        assertThat(freshness.getActiveSince()).isEqualTo(START.plus(2, HOURS));
        assertThat(freshness.getEnd().getStatus()).isEqualTo(Status.FAILED);
        assertThat(freshness.getEnd().getAt()).isEqualTo(START.plus(1, HOURS));
    }

    @Test
    void shouldKeepItsLastEndWhenItAndManySkippedRunsAreCollapsed() {
        // Given
        send(declared("2026"));
        send(failed("2026").attempt(1).at(START.plus(1, HOURS)));

        // When
        for (int run = 2; run <= 100; run++) {
            send(skipped("2026").attempt(run).at(START.plus(1, HOURS).plusSeconds(run)));
        }
        clockShows(START.plus(2, HOURS));

        // Then
        assertThat(finding()).isEqualTo(of("2026", "LAST_FAILED", START.plus(1, HOURS)));
    }

    @Test
    void shouldHaveNoLastEndOnceItIsRetiredAlsoWhenThatIsCollapsed() {
        // Given
        send(declared("2026"));
        send(failed("2026").attempt(1).at(START.plus(1, HOURS)));
        send(retired("2026").attempt(1).at(START.plus(2, HOURS)));

        // When
        for (int run = 2; run <= 100; run++) {
            send(skipped("2026").attempt(run).at(START.plus(3, HOURS).plusSeconds(run)));
        }
        send(declared("2026").attempt(100).at(START.plus(4, HOURS)));

        // Then
        assertThat(ledger.dispositions().get(SCOPE).getFreshness().getEnd()).isNull();
    }
}
