package io.foundling.service.departments;

import io.foundling.topology.settings.Policy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Counts, without a ledger, what the alerts of departments must be: intervals on a line, and days of a calendar. */
final class NaiveAlerts {

    private static final Instant NEVER = Instant.MAX;

    private final Departments departments;
    private final Duration allowedLag;

    NaiveAlerts(Departments departments, Duration allowedLag) {
        this.departments = departments;
        this.allowedLag = allowedLag;
    }

    private record Interval(Instant begin, Instant end) {}

    /** Returns how many declarations waited longer than a department has for them, until a time. */
    long orphans(Policy policy, Instant until) {
        return overdue(policy, until).count();
    }

    /** Returns when the alert about the orphans of a department begins to fire: whenever there was none before. */
    List<Instant> orphaned(Policy policy, Instant until) {
        List<Instant> firings = new ArrayList<>();
        Instant end = Instant.MIN;
        for (Interval each : overdue(policy, until)
                .sorted(Comparator.comparing(Interval::begin))
                .toList()) {
            if (each.begin().isAfter(end)) {
                firings.add(each.begin());
            }
            end = each.end().isAfter(end) ? each.end() : end;
        }
        return firings;
    }

    private Stream<Interval> overdue(Policy policy, Instant until) {
        Duration window = policy.window().orElseThrow();
        return departments.waits().stream()
                .filter(wait -> wait.department().equals(policy.match().stage().orElseThrow()))
                .map(wait -> new Interval(
                        wait.since().plus(window).plus(allowedLag), wait.until().orElse(NEVER)))
                .filter(each ->
                        each.begin().isBefore(each.end()) && each.begin().isBefore(until));
    }

    /**
     * Returns the days at whose ends a department begins to be stale: it has not acted since the working day before.
     *
     * @param weekdays at whose ends it has to have acted
     */
    List<LocalDate> stale(String department, Set<DayOfWeek> weekdays, Set<LocalDate> holidays, Instant until) {
        Map<LocalDate, Instant> acted = departments.days().get(department);
        List<LocalDate> stale = new ArrayList<>();
        LocalDate last = acted.keySet().iterator().next();
        boolean isStale = false;
        int dueSince = 0;
        for (LocalDate day = last; end(day).isBefore(until); day = day.plusDays(1)) {
            if (acted.containsKey(day)) {
                isStale = false;
                dueSince = 0;
            }
            if (weekdays.contains(day.getDayOfWeek()) && !holidays.contains(day)) {
                dueSince++;
                if (dueSince == 2 && !isStale) {
                    isStale = true;
                    stale.add(day);
                }
            }
        }
        return stale;
    }

    private static Instant end(LocalDate day) {
        return day.atTime(LocalTime.of(23, 59)).atZone(Departments.ZONE).toInstant();
    }
}
