package io.foundling.topology.lifecycle.truth;

import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveClosing;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * The reports of a subject, read as a ledger task reads them, compared with the truth. The audit clock is 5 s behind the
 * true time, and further behind by the delay of the source, as long as its events are late.
 */
final class Walk {

    private static final long ALLOWED_LAG_MS = 5_000;
    private static final long LATE_AFTER_MS = 60_000;
    private static final long LONG_AFTER_MS = 400L * 24 * 3_600_000;

    private final TrueSubject truth;
    private final long toleranceMs;
    private final LifecycleUnderTest subject;
    private final LongFunction<Map<String, List<NaiveClosing>>> parents;
    private final Set<Integer> falseRuns = new HashSet<>();
    private long delayMs;

    private Walk(TrueSubject truth, LifecycleUnderTest subject, LongFunction<Map<String, List<NaiveClosing>>> parents) {
        this.parents = parents;
        this.truth = truth;
        this.subject = subject;
        toleranceMs = truth.circumstances().toleranceMs();
    }

    /** Reads all reports when they arrive, with a look before each and one long after the last. */
    static Faults live(TrueSubject truth, LifecycleUnderTest subject) {
        return live(truth, subject, nowMs -> Map.of());
    }

    /** The same with what is known of parents at a true time. */
    static Faults live(
            TrueSubject truth, LifecycleUnderTest subject, LongFunction<Map<String, List<NaiveClosing>>> parents) {
        return new Walk(truth, subject, parents).live();
    }

    /** Reads the reports in any order, when everything is long over; only the end counts. */
    static Faults late(TrueSubject truth, List<Report> order, LifecycleUnderTest subject) {
        return new Walk(truth, subject, nowMs -> Map.of()).late(order);
    }

    private Faults live() {
        for (Report report : truth.reports()) {
            note(subject.look(at(report.appendedAtMs())));
            long latenessMs = report.event().appendedAtMs() - report.event().occurredAtMs();
            if (latenessMs > LATE_AFTER_MS) {
                delayMs = Math.max(delayMs, latenessMs + latenessMs / 8);
            }
            note(subject.arrive(report.event(), at(report.appendedAtMs())));
        }
        return end();
    }

    private Faults late(List<Report> order) {
        long endMs = truth.reports().get(truth.reports().size() - 1).appendedAtMs() + LONG_AFTER_MS;
        order.forEach(report -> subject.arrive(report.event(), NaiveMoment.at(endMs)));
        return end();
    }

    private NaiveMoment at(long nowMs) {
        return new NaiveMoment(nowMs - ALLOWED_LAG_MS - delayMs, 0, parents.apply(nowMs));
    }

    /** Collects the runs for which a warning is emitted wrongly. */
    private void note(List<NaiveChange> changes) {
        for (NaiveChange change : changes) {
            if (change.kind() == NaiveChange.Kind.EMITTED) {
                warnings().stream()
                        .filter(warning -> warning.attempt() == change.attempt()
                                && warning.status() == change.status()
                                && warning.extension() == change.extension())
                        .forEach(warning -> wronglyWarned(warning).ifPresent(falseRuns::add));
            }
        }
    }

    private List<NaiveWarning> warnings() {
        return subject.view().map(NaiveView::warnings).orElse(List.of());
    }

    /** Returns the run that a warning is about if that run was in time. */
    private Optional<Integer> wronglyWarned(NaiveWarning warning) {
        Set<Integer> meant = runsOf(warning);
        boolean right =
                truth.waits().stream().anyMatch(wait -> meant.contains(wait.run()) && !wait.surelyInTime(toleranceMs));
        return right ? Optional.empty() : meant.stream().findFirst();
    }

    /** Returns the runs that reported something of the time at which the overdue wait was entered; mostly one. */
    private Set<Integer> runsOf(NaiveWarning warning) {
        return truth.reports().stream()
                .filter(report -> report.event().occurredAtMs() == warning.enteredAtMs())
                .map(Report::run)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Faults end() {
        long endMs = truth.reports().get(truth.reports().size() - 1).appendedAtMs() + LONG_AFTER_MS;
        note(subject.look(at(endMs)));
        List<NaiveWarning> warnings = warnings();
        Set<Integer> standing = new HashSet<>();
        Set<Integer> lost = new HashSet<>();
        for (NaiveWarning warning : warnings) {
            wronglyWarned(warning).ifPresent(standing::add);
            if (warning.recoveredAtMs() == Times.NEVER && truth.ended()) {
                standing.add(truth.runs() - 1);
            }
        }
        for (TrueWait wait : truth.waits()) {
            if (wait.surelyOverdue(toleranceMs) && warnings.stream().noneMatch(warning -> covers(warning, wait))) {
                lost.add(wait.run());
            }
        }
        Optional<NaiveView> view = subject.view();
        falseRuns.addAll(standing);
        return new Faults(
                truth.runs(),
                falseRuns.size(),
                standing.size(),
                lost.size(),
                1,
                view.map(NaiveView::attempt).orElse(0) == truth.attempts() ? 0 : 1,
                view.map(NaiveView::status).filter(truth.status()::equals).isPresent() ? 0 : 1);
    }

    /**
     * Whether a warning is about the run of a wait. A run that was killed in an early status, after another one was
     * killed in a later status of the same attempt, has no warning of its own: that of the other run is still active.
     */
    private boolean covers(NaiveWarning warning, TrueWait wait) {
        return runsOf(warning).contains(wait.run())
                || warning.status() != wait.status()
                        && warning.deadlineMs() <= wait.limitMs() + toleranceMs
                        && warning.recoveredAtMs() >= wait.limitMs() - toleranceMs;
    }
}
