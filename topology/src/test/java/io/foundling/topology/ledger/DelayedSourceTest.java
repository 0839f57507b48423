package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.harness.Change;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How late events hold back the warnings of their own source, and of no other. Proves rules T5, T14 and T16. */
final class DelayedSourceTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);
    private static final Instant PAST = START.minus(5, HOURS);

    /** What 5 hours are rounded up to. */
    private static final Duration FIVE_HOURS = Duration.ofMillis(Delay.rounded(5L * 60 * 60 * 1_000));

    private static Events lost(String source, String id, Instant at, Duration window) {
        return deferred(id).source(source).at(at).dueAt(at.plus(window));
    }

    @Test
    void shouldWarnOfADelayedSourceItsDelayAfterTheLimit() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").at(PAST).dueAt(START.minus(1, HOURS)));

            // When
            ledger.clockReaches(START.minus(1, HOURS).plus(FIVE_HOURS));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(START.minus(1, HOURS).plus(FIVE_HOURS).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldEndTheDelayAfterItsTimeWhenNoFurtherEventIsLate() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").at(PAST).dueAt(START.plus(4, HOURS)));

            // When
            ledger.clockReaches(START.plus(5, HOURS));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(START.plus(5, HOURS).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldNotEndTheDelayEarlierWhenAPunctualEventFollows() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").at(PAST).dueAt(START.plus(1, HOURS)));

            // When
            ledger.send(deferred("r2"));
            ledger.clockReaches(START.plus(2, HOURS));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldHoldAReplayUntilItIsOverForTenMinutes() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Instant then = START.minus(700, DAYS);
            ledger.send(deferred("r1").at(then).dueAt(then.plus(1, HOURS)));
            ledger.bothReach(START.plus(8, MINUTES));

            // When
            ledger.send(deferred("r2").at(then.plus(1, DAYS)));

            // Then
            ledger.clockReaches(START.plus(18, MINUTES));
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(START.plus(18, MINUTES).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldHoldSixHoursAtMostWhenLateEventsNeverEnd() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Instant then = START.minus(700, DAYS);
            ledger.send(deferred("r1").at(then).dueAt(then.plus(1, HOURS)));

            // When
            for (int minutes = 5; minutes <= 6 * 60; minutes += 5) {
                ledger.clockReaches(START.plus(minutes, MINUTES));
                ledger.send(deferred("r2").number(minutes).at(then), START.plus(minutes, MINUTES));
            }

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(START.plus(6, HOURS).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldNotHoldOtherSources() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(lost("punctual", "r1", START, Duration.ofMinutes(1)));
            ledger.send(lost("late", "r2", PAST, Duration.ofMinutes(1)));

            // When
            ledger.clockReaches(START.plus(1, MINUTES).plusMillis(1));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    /** A service sends occurredAt = 0, and another one repeats an event of the past: neither changes a subject. */
    @Test
    void shouldNotCountLateEventsThatChangeNothing() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(lost("s", "r1", START, Duration.ofMinutes(1)));
            ledger.send(deferred("r2").source("s").at(Instant.EPOCH));
            ledger.bothReach(START.plusSeconds(80));
            ledger.send(lost("s", "r1", START, Duration.ofMinutes(1)));

            // When
            ledger.bothReach(START.plusSeconds(90));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldKeepTheDelayWhenTheTaskRestarts() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").at(PAST).dueAt(START.minus(1, HOURS)));
            ledger.bothReach(START.plus(9, MINUTES));

            // When
            ledger.restart();

            // Then
            ledger.clockReaches(START.minus(1, HOURS).plus(FIVE_HOURS));
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(START.minus(1, HOURS).plus(FIVE_HOURS).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldEmitNothingWhenTheRestOfASpoolArrivesInItsDelay() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.bothReach(START.plus(1, HOURS));
            ledger.send(deferred("r1").at(PAST).dueAt(PAST.plus(1, HOURS)));
            ledger.bothReach(START.plus(1, HOURS).plus(9, MINUTES));

            // When
            ledger.send(completed("r1").at(PAST.plus(30, MINUTES)));
            ledger.bothReach(START.plus(20, HOURS));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
        }
    }

    @Test
    void shouldWithdrawTheWarningWhenASpooledCompletedSaysItWasInTime() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("r1").dueAt(START.plus(1, HOURS)));
            ledger.bothReach(START.plus(3, HOURS));

            // When
            ledger.send(completed("r1").at(START.plus(30, MINUTES)));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED", "r1 WITHDRAWAL 1 DEFERRED -");
            assertThat(ledger.disposition("r1").getMarks()).isEmpty();
        }
    }

    @Test
    void shouldTakeTheTimeOfReadingForTheAppendTimeWhenTheTopicHasNone() {
        try (LedgerHarness ledger = LedgerHarness.of(Settings.of(SETTINGS).createTime())) {
            // Given
            Instant written = START.minus(2, MINUTES);
            ledger.send(deferred("r1").at(written).dueAt(written.plus(1, SECONDS)), written);

            // When
            ledger.clockReaches(START.plusSeconds(1));

            // Then
            assertThat(ledger.orphanStory()).isEmpty();
            ledger.clockReaches(START.plusSeconds(1).plusMillis(1));
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldNotTakeTheTimeOfReadingWhenTheTopicHasAppendTimes() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Instant written = START.minus(2, MINUTES);
            ledger.send(deferred("r1").at(written).dueAt(written.plus(1, SECONDS)), written);

            // When
            ledger.clockReaches(START);

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        }
    }

    @Test
    void shouldSayByWhichClockDelayAndLimitAWarningWasEmitted() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            Instant due = START.minus(1, HOURS);
            ledger.send(deferred("r1").at(PAST).dueAt(due));
            Instant emitted = due.plus(FIVE_HOURS).plusMillis(1);
            ledger.clockReaches(emitted);

            // When
            ledger.send(deferred("r1").at(PAST.minusSeconds(1)).dueAt(due.minusSeconds(1)));

            // Then
            assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED", "r1 UPDATED 1 DEFERRED");
            assertThat(ledger.orphanChanges()).allSatisfy(change -> {
                assertThat(change.value().orElseThrow().getClock()).isEqualTo(emitted);
                assertThat(change.value().orElseThrow().getDelay()).isEqualTo(FIVE_HOURS.toMillis());
                assertThat(change.value().orElseThrow().getLimit()).isEqualTo(due);
            });
        }
    }

    /** What happens in a source, and how long after that its events are appended. */
    private record Reporter(String source, Duration lateness) {}

    private record Report(Instant appendedAt, Events event) {}

    /**
     * Sources that are punctual, 70 s, 10 min and 3 h late, and a replay of two years, side by side in one partition.
     * In each a record is deferred every minute for four hours; the windows are 5 min, and each third record is lost.
     */
    @Test
    void shouldWarnOfEachSourceItsOwnDelayAfterTheLimitAndNeverFalsely() {
        List<Reporter> reporters = List.of(
                new Reporter("punctual", Duration.ZERO),
                new Reporter("slow", Duration.ofSeconds(70)),
                new Reporter("slower", Duration.ofMinutes(10)),
                new Reporter("spool", Duration.ofHours(3)),
                new Reporter("replay", Duration.ofDays(730)));
        List<Report> reports = new ArrayList<>();
        int lost = 0;
        for (Reporter reporter : reporters) {
            for (int minute = 0; minute < 240; minute++) {
                Instant at = START.plus(minute, MINUTES).minus(reporter.lateness());
                String id = reporter.source() + minute;
                reports.add(report(reporter, at, lost(reporter.source(), id, at, Duration.ofMinutes(5))));
                if (minute % 3 > 0) {
                    Instant back = at.plus(4, MINUTES);
                    reports.add(report(
                            reporter,
                            back,
                            completed(id).source(reporter.source()).at(back)));
                } else {
                    lost++;
                }
            }
        }
        reports.sort(Comparator.comparing(Report::appendedAt));

        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            int next = 0;
            for (Instant now = START; now.isBefore(START.plus(8, HOURS)); now = now.plusSeconds(2)) {
                while (next < reports.size() && !reports.get(next).appendedAt().isAfter(now)) {
                    ledger.send(reports.get(next).event(), reports.get(next).appendedAt());
                    next++;
                }
                ledger.bothReach(now);
            }

            // Then
            Map<String, List<Duration>> after = new TreeMap<>();
            for (Change<io.foundling.audit.OrphanWarning> change : ledger.orphanChanges()) {
                assertThat(change.header("foundling.change")).isEqualTo("ORPHANED");
                io.foundling.audit.OrphanWarning warning = change.value().orElseThrow();
                after.computeIfAbsent(warning.getSubject().getSource(), none -> new ArrayList<>())
                        .add(Duration.between(warning.getStartsAt(), warning.getDetectedAt()));
            }
            assertThat(after.values().stream().mapToInt(List::size).sum()).isEqualTo(lost);
            Duration lag = SETTINGS.time().allowedLag();
            assertThat(late(after.get("punctual"), lag)).allMatch(DelayedSourceTest::isWithinFiveSeconds);
            assertThat(late(after.get("slow"), lag.plusSeconds(70))).allMatch(DelayedSourceTest::isWithinFiveSeconds);
            assertThat(late(after.get("slower"), lag.plusMinutes(10))).allMatch(DelayedSourceTest::isWithinFiveSeconds);
            Duration threeHours =
                    Duration.ofMillis(Delay.rounded(Duration.ofHours(3).toMillis()));
            assertThat(late(after.get("spool"), lag.plus(threeHours))).allMatch(DelayedSourceTest::isWithinFiveSeconds);
            assertThat(after.get("replay")).hasSize(80);
            assertThat(ledger.listener().withdrawals()).isZero();
        }
    }

    private static Report report(Reporter reporter, Instant at, Events event) {
        return new Report(at.plus(reporter.lateness()), event);
    }

    private static List<Duration> late(List<Duration> after, Duration expected) {
        return after.stream().map(each -> each.minus(expected)).collect(Collectors.toList());
    }

    private static boolean isWithinFiveSeconds(Duration late) {
        return !late.isNegative() && late.compareTo(Duration.ofSeconds(5)) <= 0;
    }
}
