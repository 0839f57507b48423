package io.foundling.topology.explain;

import io.foundling.audit.ClockReport;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanMark;
import io.foundling.topology.ledger.PolicyDeadlines;
import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.Silence;
import io.foundling.topology.lifecycle.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the moment at which a subject is judged from what was reported of the clocks, and of its warning. */
final class Judging {

    private Judging() {}

    static Moment moment(Evidence evidence, PolicyDeadlines deadlines) {
        ReportedClocks clocks = evidence.clocks();
        long clockMs = Stream.concat(
                        Stream.of(clocks.task(), clocks.source())
                                .flatMap(Optional::stream)
                                .map(ClockReport::getClock),
                        evidence.warning().stream().map(warning -> warning.getClock()))
                .filter(clock -> clock != null)
                .mapToLong(Instant::toEpochMilli)
                .max()
                .orElse(Moment.UNSET);
        long nowMs = Stream.of(clocks.task(), clocks.source())
                .flatMap(Optional::stream)
                .mapToLong(report -> report.getReportedAt().toEpochMilli())
                .max()
                .orElse(clockMs);
        return new Moment(
                clockMs,
                nowMs,
                delay(clocks.source().map(ClockReport::getDelay).orElse(0L)),
                silence(clocks.silentSince(), evidence.disposition()),
                deadlines.remindersOf(evidence.subjectKey()),
                deadlines.scheduleOf(evidence.subjectKey()));
    }

    /** For how long a delay is remembered is not published. */
    static Delay delay(long delayMs) {
        return delayMs == 0 ? Delay.NONE : new Delay(List.of(new Delay.Step(delayMs, Times.NEVER)));
    }

    /** What is UNKNOWN stays so until it is published otherwise: when its source is settled is not published. */
    private static Silence silence(Optional<Instant> silentSince, Optional<Disposition> published) {
        boolean isUnknown =
                published.stream().flatMap(found -> found.getMarks().stream()).anyMatch(OrphanMark::getUnknown);
        return new Silence(
                silentSince.map(Instant::toEpochMilli).orElse(Times.NEVER), isUnknown ? Times.NEVER : Long.MIN_VALUE);
    }
}
