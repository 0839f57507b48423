package io.foundling.service.departments;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.account.Group;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The work of departments as events, read by a ledger when they happened: each wait is a record of its department, and
 * each day on which a department acts is a run of its scope.
 */
final class ReplayedDepartments implements AutoCloseable {

    /** How often the ledger looks while nothing happens. */
    static final Duration TICK = Duration.ofHours(1);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LedgerHarness ledger;

    private record Appended(Instant at, Events event) {}

    ReplayedDepartments(Departments departments, LedgerSettings settings, Instant begin, Instant until) {
        ledger = LedgerHarness.of(settings, begin);
        for (Appended each : events(departments)) {
            if (each.at().isAfter(until)) {
                break;
            }
            reach(each.at());
            ledger.send(each.event(), each.at());
        }
        reach(until);
    }

    /** Lets time pass until everything that was due before has been published. */
    private void reach(Instant time) {
        settle();
        while (ledger.now().plus(TICK).isBefore(time)) {
            ledger.bothReach(ledger.now().plus(TICK));
            settle();
        }
        if (time.isAfter(ledger.now().plus(SECOND.multipliedBy(3)))) {
            ledger.bothReach(time.minus(SECOND.multipliedBy(3)));
            settle();
        }
    }

    /** Accounts are sent once a second, and alerts follow them. */
    private void settle() {
        ledger.bothReach(ledger.now().plus(SECOND));
        ledger.bothReach(ledger.now().plus(SECOND));
    }

    private static List<Appended> events(Departments departments) {
        List<Appended> events = new ArrayList<>();
        Map<String, Integer> attempts = new HashMap<>();
        for (Departments.Wait wait : departments.waits()) {
            int attempt = attempts.merge(wait.department() + wait.declaration(), 1, Integer::sum);
            events.add(about(wait, Events.deferred(wait.declaration()), attempt, wait.since()));
            wait.until()
                    .ifPresent(until -> events.add(about(wait, Events.completed(wait.declaration()), attempt, until)));
        }
        departments.days().forEach((department, days) -> addDays(department, days, events));
        events.sort(Comparator.comparing(Appended::at));
        return events;
    }

    private static Appended about(Departments.Wait wait, Events event, int attempt, Instant at) {
        return new Appended(at, event.stage(wait.department()).attempt(attempt).at(at));
    }

    private static void addDays(String department, Map<LocalDate, Instant> days, List<Appended> events) {
        int attempt = 0;
        for (Instant at : days.values()) {
            attempt++;
            if (attempt == 1) {
                events.add(new Appended(at, ofScope(Events.declared(department), department, at)));
            }
            events.add(new Appended(
                    at, ofScope(Events.completed(department), department, at).attempt(attempt)));
        }
    }

    private static Events ofScope(Events event, String department, Instant at) {
        return event.kind(SubjectKind.SCOPE).stage(department).at(at);
    }

    /** Returns how many warnings about records of a department were emitted. */
    long warnings(String department) {
        return ledger.orphanChanges().stream()
                .filter(change -> change.header("foundling.change").equals("ORPHANED"))
                .filter(change -> change.key().startsWith("record/" + Events.SOURCE + "/" + department + "/"))
                .count();
    }

    /** Returns when an alert about a department began to fire. */
    Set<Instant> firings(AlertType type, String department) {
        Set<Instant> firings = new TreeSet<>();
        records(type, department).forEach(alert -> firings.add(alert.getStartsAt()));
        return firings;
    }

    /** Returns what was published of an alert about a department while it fired, each record with another count. */
    List<Alert> records(AlertType type, String department) {
        return changes(type, department).stream()
                .filter(alert -> alert.getStatus() == AlertStatus.FIRING)
                .toList();
    }

    private List<Alert> changes(AlertType type, String department) {
        String key = Group.of(type, Events.SOURCE, department).key();
        return ledger.alertChanges().stream()
                .filter(change -> change.key().equals(key))
                .flatMap(change -> change.value().stream())
                .toList();
    }

    /** Returns of which types there were alerts. */
    Set<AlertType> types() {
        return ledger.alertChanges().stream()
                .flatMap(change -> change.value().stream())
                .map(Alert::getType)
                .collect(Collectors.toSet());
    }

    /** Returns for how long an alert about a department fired. */
    Duration fired(AlertType type, String department, Instant until) {
        Duration fired = Duration.ZERO;
        Instant since = until;
        for (Alert alert : changes(type, department)) {
            boolean fires = alert.getStatus() == AlertStatus.FIRING;
            fired = fires ? fired : fired.plus(Duration.between(since, alert.getEndsAt()));
            since = fires ? alert.getStartsAt() : until;
        }
        return fired.plus(Duration.between(since, until));
    }

    @Override
    public void close() {
        ledger.close();
    }
}
