package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.annotated;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.failed;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.skipped;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Attempt;
import io.foundling.audit.Disposition;
import io.foundling.audit.Freshness;
import io.foundling.audit.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Declared scopes that a rebuild made anew. Proves rules F1, F3 and R6. */
final class RebuiltScopesTest extends ScopeLedger {

    private Disposition rebuilt() {
        ledger.rebuild();
        send(annotated("2026").at(START.plus(100, HOURS)).metadata("seen", "again"));
        Disposition disposition = ledger.dispositions().get(SCOPE);
        assertThat(disposition.getMetadata()).containsKey("seen");
        return disposition;
    }

    @Test
    void shouldGoOnAfterARebuildWithoutAFurtherAlert() {
        // Given
        send(declared("2026"));
        send(completed("2026").at(START.plus(1, HOURS)));
        send(completed("2026").at(START.plus(20, HOURS)));
        send(declared("2019"));
        ledger.bothReach(START.plus(DAY).plusSeconds(10));
        clockShows(START.plus(DAY).plusSeconds(6));
        int before = ledger.alertChanges().size();

        // When
        ledger.rebuild();
        clockShows(START.plus(30, HOURS));
        int rebuilt = ledger.alertChanges().size();
        clockShows(START.plus(44, HOURS).plusMillis(1));

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(rebuilt).isEqualTo(1);
        assertThat(finding())
                .isEqualTo(
                        of("2019", "NEVER_RAN", START.plus(DAY)) + "\n" + of("2026", "TOO_OLD", START.plus(44, HOURS)));
    }

    /** The clock of a rebuild begins where the last disposition was written, long before the alert. */
    @Test
    void shouldGoOnFiringWhereNothingWasPublishedSinceTheScopeWasFresh() {
        // Given
        send(declared("2026"));
        send(completed("2026").at(START.plus(1, HOURS)));
        live(START.plus(25, HOURS).plusSeconds(10), 3);
        live(START.plus(49, HOURS), 3);
        int before = ledger.alertChanges().size();

        // When
        ledger.rebuild();
        live(START.plus(49, HOURS).plusSeconds(10), 10);

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(ledger.alertChanges()).hasSize(1);
    }

    @Test
    void shouldKeepALastEndThatRepeatsThatOfAnEarlierAttempt() {
        // Given
        send(declared("2026"));
        send(completed("2026").at(START.plus(1, HOURS)));
        send(completed("2026").at(START.plus(25, HOURS)));
        send(opened("2026").at(START.plus(48, HOURS)));
        send(skipped("2026").at(START.plus(49, HOURS)));
        Disposition before = ledger.dispositions().get(SCOPE);

        // When
        Disposition after = rebuilt();

        // Then
        assertThat(before.getHistory())
                .extracting(Attempt::getStatus)
                .containsExactly(Status.COMPLETED, Status.SKIPPED);
        assertThat(after.getHistory()).hasToString(before.getHistory().toString());
        assertThat(after.getStatus()).isEqualTo(Status.SKIPPED);
        assertThat(after.getFreshness()).hasToString(before.getFreshness().toString());
    }

    @Test
    void shouldKeepALastEndThatIsInNoAttemptOfTheHistory() {
        // Given
        send(declared("2026"));
        send(completed("2026").attempt(1).at(START.plus(1, HOURS)));
        for (int run = 2; run <= 20; run++) {
            send(skipped("2026").attempt(run).at(START.plus(1 + run, HOURS)));
        }
        Disposition before = ledger.dispositions().get(SCOPE);

        // When
        Disposition after = rebuilt();

        // Then
        assertThat(after.getHistory()).hasToString(before.getHistory().toString());
        assertThat(after.getFreshness()).hasToString(before.getFreshness().toString());
        assertThat(after.getFreshness().getEnd().getAt()).isEqualTo(START.plus(1, HOURS));
    }

    @Test
    void shouldNotTakeAConflictingOutcomeForTheLastEnd() {
        // Given
        send(declared("2026"));
        send(completed("2026").attempt(1).at(START.plus(1, HOURS)));
        send(failed("2026").attempt(1).at(START.plus(2, HOURS)));
        Freshness before = ledger.dispositions().get(SCOPE).getFreshness();
        int violations = ledger.violations().size();

        // When
        Disposition after = rebuilt();
        send(failed("2026").attempt(1).at(START.plus(2, HOURS)));
        Instant look = START.plus(3, HOURS);
        clockShows(look);

        // Then
        assertThat(before.getEnd().getStatus()).isEqualTo(Status.COMPLETED);
        assertThat(after.getFreshness()).hasToString(before.toString());
        assertThat(finding()).isEqualTo("no alert");
        assertThat(ledger.violations()).hasSize(violations);
    }
}
