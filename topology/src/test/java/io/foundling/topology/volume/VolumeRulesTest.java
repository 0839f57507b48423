package io.foundling.topology.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.settings.Volume;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which samples are kept, which make a baseline, and what is an anomaly. Proves rules C3 and C4. */
final class VolumeRulesTest {

    /** A Monday. */
    private static final LocalDate TODAY = LocalDate.parse("2026-03-16");

    private static final VolumeRules RULES = new VolumeRules(new Volume(50, 0, ZoneOffset.UTC, false));
    private static final VolumeRules MONTH_ENDS = new VolumeRules(new Volume(50, 0, ZoneOffset.UTC, true));

    private static Sample sample(LocalDate day, long rows) {
        return sample(day, 0, rows);
    }

    private static Sample sample(LocalDate day, long second, long rows) {
        long atMs = day.toEpochDay() * 86_400_000 + second * 1_000;
        return new Sample(day, atMs, new UUID(second, rows), new TreeMap<>(Map.of("rows", rows)));
    }

    private static Samples of(Sample... samples) {
        return of(List.of(samples));
    }

    private static Samples of(List<Sample> samples) {
        Samples all = Samples.NONE;
        for (Sample each : samples) {
            all = all.with(each);
        }
        return all;
    }

    /** Samples so many days before today. */
    private static List<LocalDate> baseline(VolumeRules rules, int... daysBefore) {
        List<Sample> samples = new ArrayList<>(List.of(sample(TODAY, 1)));
        IntStream.of(daysBefore).forEach(days -> samples.add(sample(TODAY.minusDays(days), days)));
        return rules.baseline(of(samples), "rows").stream().map(Sample::day).toList();
    }

    private static List<LocalDate> before(int... daysBefore) {
        return IntStream.of(daysBefore).mapToObj(TODAY::minusDays).toList();
    }

    @Test
    void shouldCompareWithTheSameWeekdayWithin30Days() {
        // When / Then
        assertThat(baseline(RULES, 1, 7, 14, 15, 21, 28)).isEqualTo(before(7, 14, 21, 28));
        assertThat(baseline(RULES, 1, 2, 7, 14)).isEqualTo(before(7, 14));
    }

    @Test
    void shouldCompareWithAnyDayWhenFewerThanTwoAreOfTheSameWeekday() {
        // When / Then
        assertThat(baseline(RULES, 1, 2, 3, 4, 5, 6, 7)).isEqualTo(before(1, 2, 3, 4, 5));
        assertThat(baseline(RULES, 30, 31, 29)).isEqualTo(before(29, 30));
    }

    @Test
    void shouldNeverTakeASingleCompletionOrTheOneUnderTestForABaseline() {
        // When / Then
        assertThat(RULES.finding(of(sample(TODAY, 1)))).isEmpty();
        assertThat(RULES.finding(of(sample(TODAY.minusDays(7), 100), sample(TODAY, 1))))
                .isEmpty();
        assertThat(baseline(RULES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"50, false", "49, true", "150, false", "151, true", "100, false", "0, true"})
    void shouldFindADeviationOfMoreThanThePercentOfTheMedian(long rows, boolean anomaly) {
        // When
        Samples samples = of(
                sample(TODAY.minusDays(21), 90),
                sample(TODAY.minusDays(14), 1_000_000),
                sample(TODAY.minusDays(7), 100),
                sample(TODAY, rows));

        // Then
        assertThat(RULES.finding(samples).isPresent()).isEqualTo(anomaly);
    }

    @Test
    void shouldNameTheSamplesAndTheMedianOfAnEvenNumber() {
        // When
        Samples samples = of(sample(TODAY.minusDays(14), 90), sample(TODAY.minusDays(7), 101), sample(TODAY, 7));

        // Then
        assertThat(RULES.finding(samples))
                .contains("rows of 2026-03-16 is 7, the median of 2026-03-09: 101, 2026-03-02: 90 is 95.5");
    }

    @ParameterizedTest
    @CsvSource({"11, 0, false", "10, 0, true", "10, 9, false", "9, 20, true"})
    void shouldCompareNothingBelowTheFloor(long floor, long rows, boolean anomaly) {
        // Given
        VolumeRules rules = new VolumeRules(new Volume(50, floor, ZoneOffset.UTC, false));

        // When
        Samples samples = of(sample(TODAY.minusDays(14), 10), sample(TODAY.minusDays(7), 10), sample(TODAY, rows));

        // Then
        assertThat(rules.finding(samples).isPresent()).isEqualTo(anomaly);
    }

    @Test
    void shouldCompareMonthEndsWithMonthEndsOnly() {
        // Given
        List<Sample> samples = new ArrayList<>();
        for (LocalDate day = LocalDate.parse("2025-10-01"); day.isBefore(LocalDate.parse("2026-03-31")); ) {
            samples.add(sample(day, day.getDayOfMonth() == day.lengthOfMonth() ? 5_000 : 100));
            day = day.plusDays(1);
        }
        LocalDate monthEnd = LocalDate.parse("2026-03-31");

        // When
        samples.add(sample(monthEnd, 5_100));
        Samples all = of(samples);

        // Then
        assertThat(MONTH_ENDS.finding(all)).isEmpty();
        assertThat(MONTH_ENDS.baseline(all, "rows"))
                .extracting(Sample::day)
                .containsExactly(
                        LocalDate.parse("2026-02-28"),
                        LocalDate.parse("2026-01-31"),
                        LocalDate.parse("2025-12-31"),
                        LocalDate.parse("2025-11-30"),
                        LocalDate.parse("2025-10-31"));
        assertThat(RULES.finding(all)).isPresent();
        assertThat(MONTH_ENDS.finding(of(sample(monthEnd.minusMonths(1), 1), sample(monthEnd, 100))))
                .isEmpty();
        assertThat(MONTH_ENDS.baseline(all.with(sample(monthEnd.plusDays(1), 1)), "rows"))
                .extracting(Sample::day)
                .noneMatch(day -> day.getDayOfMonth() == day.lengthOfMonth());
    }

    @Test
    void shouldKeepTheLastSampleOfADayFor35DaysAndMonthEndsFor190() {
        // When
        Samples samples = of(
                sample(TODAY, 5, 2),
                sample(TODAY, 9, 3),
                sample(TODAY, 7, 4),
                sample(TODAY.minusDays(35), 5),
                sample(TODAY.minusDays(36), 6),
                sample(LocalDate.parse("2025-09-30"), 7),
                sample(LocalDate.parse("2025-08-31"), 8));

        // Then
        assertThat(samples.all())
                .extracting(sample -> sample.counts().get("rows"))
                .containsExactly(7L, 5L, 3L);
    }

    @Test
    void shouldKeepTheSameInWhateverOrderCompletionsAreRead() {
        // Given
        Random random = new Random(7);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            samples.add(sample(TODAY.minusDays(random.nextInt(250)), random.nextInt(3), random.nextInt(5)));
        }
        Samples expected = of(samples);

        for (int shuffle = 0; shuffle < 20; shuffle++) {
            // When
            Collections.shuffle(samples, random);

            // Then
            assertThat(of(samples)).isEqualTo(expected);
        }
    }

    @Test
    void shouldCompareEachCountAndNameThree() {
        // Given
        TreeMap<String, Long> many = new TreeMap<>();
        TreeMap<String, Long> few = new TreeMap<>();
        for (String name : List.of("a", "b", "c", "d", "e")) {
            many.put(name, 100L);
            few.put(name, name.equals("b") ? 100L : 1L);
        }
        few.put("new", 1L);

        // When
        Samples samples = of(
                new Sample(TODAY.minusDays(2), 1, new UUID(0, 1), many),
                new Sample(TODAY.minusDays(1), 2, new UUID(0, 2), many),
                new Sample(TODAY, 3, new UUID(0, 3), few));

        // Then
        assertThat(RULES.finding(samples).orElseThrow())
                .startsWith("a of 2026-03-16 is 1, ")
                .contains("; c of ", "; d of ", "; 1 further counts")
                .doesNotContain("b of", "new of");
    }
}
