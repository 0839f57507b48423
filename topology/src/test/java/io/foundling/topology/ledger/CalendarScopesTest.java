package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.opened;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.DueTimes;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Scopes that are due by a calendar: every weekday by 07:00 in Zurich, which is 06:00 UTC. Proves rule F2. */
final class CalendarScopesTest extends ScopeLedger {

    private static final LedgerSettings DEFAULTS = LedgerSettings.defaults("audit.events", 1);

    /** A Friday; the ledger begins on the Monday before. */
    private static final Instant FRIDAY = Instant.parse("2026-01-09T06:00:00Z");

    private static final Instant MONDAY = Instant.parse("2026-01-12T06:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-01-13T06:00:00Z");

    CalendarScopesTest() {
        super(weekdays(Set.of()));
    }

    private static LedgerSettings weekdays(Set<LocalDate> holidays) {
        return Settings.of(DEFAULTS)
                .policies(Settings.fresh(DueTimes.of("0 7 * * MON-FRI", ZoneId.of("Europe/Zurich"), holidays)));
    }

    @Test
    void shouldBeStaleOnceTheDueTimeAfterTheOneThatWasMetHasPassed() {
        // Given: its maxAge of a day does not count
        send(declared("2026").at(FRIDAY.minus(3, HOURS)));
        send(completed("2026").at(FRIDAY.minus(10, MINUTES)));
        clockShows(MONDAY);
        String atTheLimit = finding();

        // When
        clockShows(MONDAY.plusMillis(1));

        // Then
        assertThat(atTheLimit).isEqualTo("no alert");
        assertThat(finding()).isEqualTo(of("2026", "TOO_OLD", MONDAY));
    }

    @Test
    void shouldNeverHaveRunWhenTheFirstDueTimePassedWithoutARun() {
        // Given
        send(declared("2026").at(FRIDAY.plus(3, HOURS)));
        clockShows(MONDAY);
        String atTheLimit = finding();

        // When
        clockShows(MONDAY.plusMillis(1));

        // Then
        assertThat(atTheLimit).isEqualTo("no alert");
        assertThat(finding()).isEqualTo(of("2026", "NEVER_RAN", MONDAY));
    }

    @Test
    void shouldBeStuckWhenARunHasNotCompletedByTheNextDueTime() {
        // Given
        send(declared("2026").at(FRIDAY.minus(3, HOURS)));
        send(opened("2026").at(FRIDAY.minus(1, HOURS)));

        // When
        clockShows(FRIDAY.plusMillis(1));

        // Then
        assertThat(finding()).isEqualTo(of("2026", "STUCK", FRIDAY));
    }

    @Test
    void shouldNotBeStuckInARunThatBeganBeforeADueTimeThatWasMet() {
        // Given
        send(declared("2026").at(FRIDAY.minus(3, HOURS)));
        send(completed("2026").at(FRIDAY.minus(10, MINUTES)));
        send(opened("2026").at(FRIDAY.minus(2, MINUTES)));
        clockShows(MONDAY);
        String atTheLimit = finding();

        // When
        clockShows(MONDAY.plusMillis(1));

        // Then
        assertThat(atTheLimit).isEqualTo("no alert");
        assertThat(finding()).startsWith("scope/university/declaration/2026: STUCK since " + MONDAY);
    }

    @Test
    void shouldFollowTheHolidaysInForce() {
        // Given
        send(declared("2026").at(FRIDAY.minus(3, HOURS)));
        send(completed("2026").at(FRIDAY.minus(10, MINUTES)));
        clockShows(MONDAY);

        // When
        ledger.restart(weekdays(Set.of(LocalDate.of(2026, 1, 12))));
        clockShows(TUESDAY);
        String atTheLimit = finding();
        clockShows(TUESDAY.plusMillis(1));

        // Then
        assertThat(atTheLimit).isEqualTo("no alert");
        assertThat(finding()).isEqualTo(of("2026", "TOO_OLD", TUESDAY));
    }

    @Test
    void shouldCountByItsMaxAgeAgainWhenThePolicyIsGone() {
        // Given
        send(declared("2026").at(FRIDAY.minus(3, HOURS)));
        Instant completed = FRIDAY.minus(10, MINUTES);
        send(completed("2026").at(completed));
        clockShows(FRIDAY.plus(DAY));
        String byCalendar = finding();

        // When
        ledger.restart(DEFAULTS);
        clockShows(FRIDAY.plus(DAY).plusSeconds(1));

        // Then
        assertThat(byCalendar).isEqualTo("no alert");
        assertThat(finding()).isEqualTo(of("2026", "TOO_OLD", completed.plus(DAY)));
    }
}
