package io.foundling.topology.silence;

import static io.foundling.topology.silence.ListeningPartitions.HOUR_MS;
import static io.foundling.topology.silence.ListeningPartitions.MINUTE_MS;
import static io.foundling.topology.silence.ListeningPartitions.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.settings.SilenceSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a source is silent. Proves rules T26 and T27. */
final class SilencesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration EVERY_SIX_SECONDS = Duration.ofSeconds(6);

    private final ListeningPartitions partitions = new ListeningPartitions(3, SilenceSettings.defaults());

    /** Reports all the time for a day and an hour, and is last heard at the end. */
    private void reportForADay(String source) {
        partitions.hear(source, EVERY_SIX_SECONDS, DAY.plus(HOUR));
        partitions.hear(0, source);
    }

    @Test
    void shouldBeSilentOnceMoreThanAfterHasPassedInWhichItUsuallyReports() {
        // Given
        reportForADay("alpha");
        long lastMs = partitions.nowMs();
        partitions.stayQuiet(Duration.ofMinutes(14));

        // When
        partitions.clockReaches(lastMs + QUARTER.toMillis());
        boolean atTheLimit = !partitions.silent("alpha").isEmpty();
        partitions.clockReaches(lastMs + QUARTER.toMillis() + MINUTE_MS);

        // Then
        assertThat(atTheLimit).isFalse();
        assertThat(partitions.silent("alpha")).containsExactly(0, 1, 2);
        assertThat(partitions.silentSinceMs("alpha")).isEqualTo(lastMs);
    }

    @Test
    void shouldBeSilentAMillisecondLater() {
        // Given
        reportForADay("alpha");
        long lastMs = partitions.nowMs();
        partitions.stayQuiet(Duration.ofMinutes(14).plusSeconds(30));

        // When
        partitions.clockReaches(lastMs + QUARTER.toMillis() + 1);

        // Then
        assertThat(partitions.silent("alpha")).containsExactly(0, 1, 2);
    }

    @Test
    void shouldNotBeSilentWhileItIsHeardInAnyPartition() {
        // Given
        reportForADay("alpha");

        // When
        for (int minutes = 0; minutes < 120; minutes++) {
            partitions.hear(1, "alpha");
            partitions.clockReaches(partitions.nowMs() + MINUTE_MS);
        }

        // Then
        assertThat(partitions.silent("alpha")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldNotBeSilentWhileAPartitionLags(int partition) {
        // Given
        reportForADay("alpha");
        partitions.lag(partition);

        // When
        partitions.stayQuiet(Duration.ofHours(3));
        boolean whileItLags = !partitions.silent("alpha").isEmpty();
        partitions.catchUp(partition);
        partitions.stayQuiet(QUARTER);
        boolean afterAGap = !partitions.silent("alpha").isEmpty();
        partitions.stayQuiet(MINUTE.multipliedBy(2));

        // Then
        assertThat(whileItLags).isFalse();
        assertThat(afterAGap)
                .as("its clock had a gap, in which nothing may have been heard")
                .isFalse();
        assertThat(partitions.silent("alpha")).containsExactly(0, 1, 2);
    }

    @Test
    void shouldNotBeSilentWhereNotAllHaveReportedSinceTheStart() {
        // Given
        reportForADay("alpha");
        partitions.lag(2);
        partitions.restart(0);

        // When
        partitions.stayQuiet(HOUR);

        // Then
        assertThat(partitions.silent("alpha")).isEmpty();
    }

    @Test
    void shouldBeQuietOnlySinceTheLastGapOfAClock() {
        // Given
        reportForADay("alpha");

        // When
        partitions.clockReaches(partitions.nowMs() + 3 * HOUR_MS);
        partitions.stayQuiet(QUARTER);
        boolean early = !partitions.silent("alpha").isEmpty();
        partitions.stayQuiet(MINUTE);

        // Then
        assertThat(early).isFalse();
        assertThat(partitions.silent("alpha")).containsExactly(0, 1, 2);
    }

    @Test
    void shouldBeQuietOnlySinceTheLastStart() {
        // Given
        reportForADay("alpha");
        partitions.stayQuiet(Duration.ofMinutes(10));

        // When
        partitions.restart(1);
        partitions.stayQuiet(QUARTER);
        boolean early = !partitions.silent("alpha").isEmpty();
        partitions.stayQuiet(MINUTE.multipliedBy(2));

        // Then
        assertThat(early).isFalse();
        assertThat(partitions.silent("alpha")).containsExactly(0, 1, 2);
    }

    @Test
    void shouldStaySilentForGoodAndAcrossRestarts() {
        // Given
        reportForADay("alpha");
        partitions.stayQuiet(HOUR);

        // When
        partitions.restart(0);
        partitions.restart(2);
        boolean atOnce = partitions.silent("alpha").size() == 3;
        partitions.stayQuiet(Duration.ofDays(10));

        // Then
        assertThat(atOnce).isTrue();
        assertThat(partitions.silent("alpha")).containsExactly(0, 1, 2);
    }

    @Test
    void shouldSpeakInEveryPartitionOnceItIsHeardInOne() {
        // Given
        reportForADay("alpha");
        partitions.stayQuiet(Duration.ofMinutes(30));
        partitions.clockReaches(partitions.nowMs() + 1);

        // When
        partitions.hear(1, "alpha");
        boolean itselfAtOnce = !partitions.silent("alpha").contains(1);
        partitions.clockReaches(partitions.nowMs() + 200);

        // Then
        assertThat(itselfAtOnce).isTrue();
        assertThat(partitions.silent("alpha")).as("without waiting for a round").isEmpty();
    }

    @Test
    void shouldBeSilentAgainWhenItStopsAgain() {
        // Given
        reportForADay("alpha");
        partitions.stayQuiet(HOUR);
        partitions.hear("alpha", EVERY_SIX_SECONDS, HOUR);

        // When
        boolean meanwhile = !partitions.silent("alpha").isEmpty();
        partitions.stayQuiet(HOUR);

        // Then
        assertThat(meanwhile).isFalse();
        assertThat(partitions.silent("alpha")).containsExactly(0, 1, 2);
    }

    @Test
    void shouldNotBeSilentOnASlowNight() {
        // Given
        reportForADay("alpha");

        // When
        partitions.hear("alpha", EVERY_SIX_SECONDS.multipliedBy(10), Duration.ofHours(8));

        // Then
        assertThat(partitions.silent("alpha")).isEmpty();
    }

    @Test
    void shouldWaitForASourceThatReportsOnceAMinuteUntilMoreThanAHundredAreMissing() {
        // Given
        partitions.hear("slow", MINUTE, DAY.plus(HOUR));
        partitions.hear(0, "slow");
        long lastMs = partitions.nowMs();

        // When
        partitions.stayQuiet(Duration.ofMinutes(99));
        partitions.clockReaches(lastMs + 100 * MINUTE_MS);
        boolean atTheLimit = !partitions.silent("slow").isEmpty();
        partitions.stayQuiet(MINUTE.multipliedBy(2));

        // Then
        assertThat(atTheLimit).isFalse();
        assertThat(partitions.silent("slow")).containsExactly(0, 1, 2);
    }

    @Test
    void shouldHaveNoNormWithoutADayOfHistory() {
        // Given
        partitions.hear("new", EVERY_SIX_SECONDS, DAY);

        // When
        partitions.stayQuiet(Duration.ofHours(5));

        // Then
        assertThat(partitions.silent("new")).isEmpty();
    }

    @Test
    void shouldHaveANormWithADayOfHistory() {
        // Given
        partitions.hear("new", EVERY_SIX_SECONDS, DAY);
        partitions.hear(0, "new");

        // When
        partitions.stayQuiet(MINUTE.multipliedBy(17));

        // Then
        assertThat(partitions.silent("new")).containsExactly(0, 1, 2);
    }

    @Test
    void shouldNotMissASourceInHoursInWhichItUsuallyRests() {
        // Given
        for (int day = 0; day < 9; day++) {
            partitions.clockReaches(START_MS + day * DAY.toMillis() + 9 * HOUR_MS);
            partitions.hear("office", EVERY_SIX_SECONDS, Duration.ofHours(8));
        }

        // When
        partitions.stayQuiet(Duration.ofHours(16));
        boolean overNight = !partitions.silent("office").isEmpty();
        partitions.stayQuiet(Duration.ofMinutes(17));

        // Then
        assertThat(overNight).isFalse();
        assertThat(partitions.silent("office")).as("in the morning").containsExactly(0, 1, 2);
    }

    @Test
    void shouldNotMissASourceThatRestsAtTheWeekend() {
        // Given
        long fridayMs = START_MS + 4 * DAY.toMillis();
        for (int day = 0; day < 12; day++) {
            partitions.clockReaches(START_MS + day * DAY.toMillis() + 9 * HOUR_MS);
            if (day % 7 < 5) {
                partitions.hear("office", EVERY_SIX_SECONDS, Duration.ofHours(8));
            }
        }

        // When
        partitions.stayQuiet(Duration.ofDays(2).plusHours(15));

        // Then
        assertThat(partitions.nowMs()).isEqualTo(fridayMs + Duration.ofDays(10).toMillis() + 8 * HOUR_MS);
        assertThat(partitions.silent("office")).as("on Monday morning at eight").isEmpty();
    }

    @Test
    void shouldNotMissASourceThatStopsAtFivePastTwelveOnFridays() {
        // Given
        for (int day = 0; day < 12; day++) {
            partitions.clockReaches(START_MS + day * DAY.toMillis() + 9 * HOUR_MS);
            boolean isFriday = day % 7 == 4;
            if (day % 7 < 5) {
                partitions.hear("office", EVERY_SIX_SECONDS, isFriday ? Duration.ofMinutes(185) : Duration.ofHours(8));
            }
        }

        // When
        partitions.stayQuiet(Duration.ofHours(10));

        // Then
        assertThat(partitions.silent("office")).isEmpty();
    }

    @Test
    void shouldMissAJobOfEveryHourOnlyOnceItFailedToComeForThreeHours() {
        // Given
        for (int hour = 0; hour < 26; hour++) {
            partitions.hear("job", Duration.ofMillis(500), Duration.ofMinutes(5));
            partitions.stayQuiet(Duration.ofMinutes(55));
        }

        // When
        boolean early = !partitions.silent("job").isEmpty();
        partitions.stayQuiet(Duration.ofMinutes(115));
        boolean afterTwo = !partitions.silent("job").isEmpty();
        partitions.stayQuiet(HOUR);

        // Then
        assertThat(early).isFalse();
        assertThat(afterTwo).isFalse();
        assertThat(partitions.silent("job")).containsExactly(0, 1, 2);
    }

    @Test
    void shouldBeSilentAfterHalfADayWhenThatIsAskedFor() {
        // Given
        Duration halfADay = Duration.ofHours(12);
        ListeningPartitions one = new ListeningPartitions(1, new SilenceSettings(DAY, 100, halfADay));
        one.hear("alpha", MINUTE, DAY.plus(HOUR));

        // When
        one.stayQuiet(halfADay.minusMinutes(1));
        boolean early = !one.silent("alpha").isEmpty();
        one.stayQuiet(MINUTE);

        // Then
        assertThat(early).isFalse();
        assertThat(one.silent("alpha")).containsExactly(0);
    }

    @Test
    void shouldMissNobodyWhenItIsSwitchedOff() {
        // Given
        ListeningPartitions off = new ListeningPartitions(1, new SilenceSettings(DAY, 100, Duration.ZERO));
        off.hear("alpha", MINUTE, DAY.plus(HOUR));

        // When
        off.stayQuiet(DAY);

        // Then
        assertThat(off.silent("alpha")).isEmpty();
        assertThat(off.sent()).isEmpty();
        assertThat(off.stored(0)).isZero();
    }

    @Test
    void shouldReportOnceARoundAndNothingWhileNoSourceWasEverHeard() {
        // Given
        partitions.stayQuiet(HOUR);
        int before = partitions.sent().size();

        // When
        partitions.hear("alpha", EVERY_SIX_SECONDS, HOUR);

        // Then
        assertThat(before).isZero();
        assertThat(partitions.sent().size()).isBetween(3 * 59, 3 * 61);
    }

    @Test
    void shouldReportThatItWasHeardAgainAlsoIfItStartsAgainBeforeThat() {
        // Given
        reportForADay("alpha");
        partitions.stayQuiet(Duration.ofMinutes(30));

        // When
        partitions.hear(1, "alpha");
        partitions.restart(1);
        partitions.clockReaches(partitions.nowMs() + 200);

        // Then
        assertThat(partitions.silent("alpha")).isEmpty();
    }
}
