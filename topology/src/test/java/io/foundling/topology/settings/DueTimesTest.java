package io.foundling.topology.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.topology.lifecycle.Times;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Due times by a calendar. Proves rule F2. */
final class DueTimesTest {

    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
    private static final DueTimes WEEKDAYS = DueTimes.of("0 7 * * MON-FRI", ZURICH, Set.of());

    /** 27 November 2026 is a Friday. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-27T06:59:59.999, 2026-11-27T07:00",
        "2026-11-27T07:00,        2026-11-30T07:00",
        "2026-11-28T12:00,        2026-11-30T07:00",
        "2026-11-30T06:00,        2026-11-30T07:00",
    })
    void shouldBeDueAtTheFirstTimeAfter(LocalDateTime began, LocalDateTime due) {
        assertThat(WEEKDAYS.dueMs(ms(began))).isEqualTo(ms(due));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T06:59:59.999, 2026-11-30T07:00",
        "2026-11-27T07:00,        2026-11-30T07:00",
        "2026-11-27T07:00:00.001, 2026-12-01T07:00",
        "2026-11-29T23:00,        2026-12-01T07:00",
    })
    void shouldBeFreshUntilTheDueTimeAfterTheOneThatWasMet(LocalDateTime completed, LocalDateTime fresh) {
        assertThat(WEEKDAYS.freshMs(ms(completed))).isEqualTo(ms(fresh));
    }

    @Test
    void shouldNotBeDueOnHolidays() {
        // Given: Friday and Monday are holidays
        DueTimes due =
                DueTimes.of("0 7 * * MON-FRI", ZURICH, Set.of(LocalDate.of(2026, 11, 27), LocalDate.of(2026, 11, 30)));

        // Then
        assertThat(due.dueMs(ms(LocalDateTime.parse("2026-11-26T07:00"))))
                .isEqualTo(ms(LocalDateTime.parse("2026-12-01T07:00")));
    }

    /** On 29 March 2026 clocks go from 02:00 to 03:00, on 25 October from 03:00 to 02:00. */
    @ParameterizedTest
    @CsvSource({
        "30 2 * * *, 2026-03-28T12:00:00Z, 2026-03-29T01:30:00Z",
        "30 2 * * *, 2026-03-29T01:30:00Z, 2026-03-30T00:30:00Z",
        "30 2 * * *, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
        "30 2 * * *, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "0 7 * * *,  2026-03-28T12:00:00Z, 2026-03-29T05:00:00Z",
        "0 7 * * *,  2026-10-24T12:00:00Z, 2026-10-25T06:00:00Z",
        "0 * * * *,  2026-03-29T00:59:59Z, 2026-03-29T01:00:00Z",
        "0 * * * *,  2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
        "0 * * * *,  2026-10-25T00:30:00Z, 2026-10-25T02:00:00Z",
    })
    void shouldBeDueOnceADayWhenClocksChange(String cron, Instant time, Instant due) {
        assertThat(DueTimes.of(cron, ZURICH, Set.of()).dueMs(time.toEpochMilli()))
                .isEqualTo(due.toEpochMilli());
    }

    @Test
    void shouldRememberNothingWrong() {
        // Given
        Random random = new Random(1);
        long start = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

        for (int i = 0; i < 3_000; i++) {
            long time = start + random.nextInt(1_000_000_000);

            // When
            long due = WEEKDAYS.dueMs(time);

            // Then
            assertThat(due)
                    .isEqualTo(DueTimes.of("0 7 * * MON-FRI", ZURICH, Set.of()).dueMs(time));
        }
    }

    @Test
    void shouldNeverBeDueWhenNothingWasCompleted() {
        assertThat(WEEKDAYS.freshMs(Times.NEVER)).isEqualTo(Times.NEVER);
        assertThat(WEEKDAYS.dueMs(Times.NEVER)).isEqualTo(Times.NEVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0 7 * *", "0 7 * * * *", "61 7 * * *", "0 7 30 2 *"})
    void shouldRefuseWhatIsNeverDue(String cron) {
        assertThatThrownBy(() -> DueTimes.of(cron, ZURICH, Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    /** The policies in force are told from those before by their text. */
    @Test
    void shouldHaveTheSameTextWheneverItIsTheSame() {
        // Given
        Set<LocalDate> holidays = Set.of(LocalDate.of(2026, 12, 25), LocalDate.of(2027, 1, 1));

        // Then
        assertThat(DueTimes.of("0 7 * * MON-FRI", ZURICH, holidays))
                .isEqualTo(DueTimes.of("0 7 * * MON-FRI", ZURICH, holidays))
                .hasToString("DueTimes[0 7 * * MON-FRI, Europe/Zurich, [2026-12-25, 2027-01-01]]");
        assertThat(WEEKDAYS).isNotEqualTo(DueTimes.of("0 7 * * MON-FRI", ZURICH, holidays));
    }

    private static long ms(LocalDateTime local) {
        return local.atZone(ZURICH).toInstant().toEpochMilli();
    }
}
