package io.foundling.topology.explain;

import io.foundling.audit.ClockReport;
import io.foundling.audit.OrphanMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says by which clock the subject is judged, how late its source is, and whether it is silent. */
final class ClockSteps {

    private final Findings findings;
    private final List<Step> steps = new ArrayList<>();

    private ClockSteps(Findings findings) {
        this.findings = findings;
    }

    static List<Step> of(Findings findings) {
        ClockSteps of = new ClockSteps(findings);
        if (findings.latest().isPresent()) {
            of.addAll(findings.evidence().clocks());
        }
        return of.steps;
    }

    private void addAll(ReportedClocks clocks) {
        clocks.task().ifPresent(this::addTask);
        clocks.source().ifPresent(this::addSource);
        if (clocks.task().isEmpty() && clocks.source().isEmpty()) {
            steps.add(Step.of(
                    "No report of the audit clock is known here, so it is not known which limits it is past.", "T24"));
        }
        clocks.silentSince()
                .ifPresent(since -> steps.add(Step.of(
                        "Its source is silent: it was last heard at " + since
                                + ". Warnings whose time is later are UNKNOWN until it is heard again.",
                        "T27",
                        "T28")));
        boolean isUnknown = findings.evidence().disposition().stream()
                .flatMap(published -> published.getMarks().stream())
                .anyMatch(OrphanMark::getUnknown);
        if (isUnknown && clocks.silentSince().isEmpty()) {
            steps.add(Step.of(
                    "Whether its source is still silent is not known here. A warning stays UNKNOWN until its source was"
                            + " heard for `lateArrivalGrace`.",
                    "T28"));
        }
    }

    private void addTask(ClockReport report) {
        Instant clock = report.getClock();
        steps.add(
                clock == null
                        ? Step.of(
                                "The audit clock of task " + report.getTask() + " was unset at "
                                        + report.getReportedAt() + ": nothing expires until it is set.",
                                "T8")
                        : Step.of(
                                        "The audit clock of task " + report.getTask() + " was " + clock
                                                + ", reported at " + report.getReportedAt()
                                                + ": up to then it had read everything.",
                                        "T8",
                                        "T24")
                                .with("clock", clock));
    }

    private void addSource(ClockReport report) {
        if (report.getDelay() == 0) {
            steps.add(Step.of("Events of source " + report.getSource() + " come in time.", "T16"));
            return;
        }
        String judged = report.getClock() == null
                ? ""
                : " minus that, at " + report.getClock().minusMillis(report.getDelay());
        steps.add(Step.of(
                        "Events of source " + report.getSource() + " are appended up to "
                                + Words.duration(report.getDelay())
                                + " late at present: its subjects are judged at the audit clock" + judged + ". "
                                + report.getHeld() + " of them are held.",
                        "T16",
                        "T24")
                .with("delayMs", report.getDelay())
                .with("held", report.getHeld()));
    }
}
