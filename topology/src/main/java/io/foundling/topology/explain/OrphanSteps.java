package io.foundling.topology.explain;

import io.foundling.audit.OrphanReason;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.Statuses;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.Wait;
import io.foundling.topology.lifecycle.Warning;
import java.util.List;

/** Says first of all whether a subject is an orphan, since when or until when not, and what ends that. */
final class OrphanSteps {

    private final Findings findings;

    private OrphanSteps(Findings findings) {
        this.findings = findings;
    }

    static Step of(Findings findings) {
        return new OrphanSteps(findings).step();
    }

    private Step step() {
        List<Warning> active = findings.inspection().decision().state().warnings().stream()
                .filter(Warning::isActive)
                .toList();
        return active.stream()
                .filter(warning -> !warning.unknown())
                .findFirst()
                .map(OrphanSteps::orphan)
                .orElseGet(() -> active.isEmpty() ? none() : unknown());
    }

    private static Step orphan(Warning warning) {
        boolean isOfClosing = warning.limit().reason() == OrphanReason.PARENT_CLOSED;
        String since = Words.time(warning.limit().deadline().atMs());
        Sentence sentence = new Sentence(
                        "Orphan since " + since + ": " + warning.id().status() + " of attempt "
                                + warning.id().attempt() + " was not left by its limit")
                .by("T13");
        sentence.add(
                isOfClosing
                        ? "It ends with an outcome or a further status"
                        : "It ends with an outcome, a further status, an Extended or a restart",
                isOfClosing ? new String[] {"T15", "P8"} : new String[] {"T15", "T12"});
        return sentence.withoutTime().with("orphan", true).with("orphanSince", since);
    }

    private static Step unknown() {
        return Step.of("Whether it is an orphan is UNKNOWN, because its source has stopped reporting.", "T28")
                .with("orphan", "UNKNOWN");
    }

    private Step none() {
        boolean awaits = findings.latest().stream().anyMatch(attempt -> Statuses.awaits(attempt.status()))
                && !findings.inspection().decision().state().isEnded();
        String why = awaits
                ? findings.presentWait().map(this::awaited).orElse("no wait of it is known")
                : "nothing is awaited any more";
        return Step.of("No orphan: " + why + ".", awaits ? "T13" : "L17").with("orphan", false);
    }

    private String awaited(Wait wait) {
        if (wait.limitMs() == Times.NEVER) {
            return wait.id().status() + " has no limit";
        }
        long clockMs = findings.moment().clockMs();
        String limit = Words.time(wait.limitMs());
        if (clockMs == Moment.UNSET) {
            return wait.id().status() + " is awaited until " + limit + ", and the audit clock is not known here";
        }
        return clockMs <= wait.limitMs()
                ? wait.id().status() + " is awaited until " + limit + ", and the audit clock was " + Words.time(clockMs)
                : wait.id().status() + " was awaited until " + limit + ", but no warning of it is due yet";
    }
}
