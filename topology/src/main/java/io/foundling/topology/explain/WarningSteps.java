package io.foundling.topology.explain;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.topology.lifecycle.Emission;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Inspection.PlacedFact;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.PlacedBy;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.Wait;
import io.foundling.topology.lifecycle.WaitId;
import io.foundling.topology.lifecycle.Warning;
import io.foundling.topology.lifecycle.WarningChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says of each wait whether it was in time, and why a warning of it was emitted, or is not yet. */
final class WarningSteps {

    private final Findings findings;
    private final Moment moment;
    private final long maxHoldMs;
    private final long allowedLagMs;

    private WarningSteps(Findings findings, long maxHoldMs, long allowedLagMs) {
        this.findings = findings;
        this.moment = findings.moment();
        this.maxHoldMs = maxHoldMs;
        this.allowedLagMs = allowedLagMs;
    }

    static List<Step> of(Findings findings, long maxHoldMs, long allowedLagMs) {
        WarningSteps of = new WarningSteps(findings, maxHoldMs, allowedLagMs);
        List<Step> steps = new ArrayList<>();
        findings.inspection().waits().forEach(wait -> steps.add(of.step(wait)));
        return steps;
    }

    private Step step(Wait wait) {
        Sentence sentence = new Sentence(name(wait.id()) + ", entered " + Words.time(wait.enteredAtMs()));
        Optional<Warning> warning = findings.inspection().decision().state().warnings().stream()
                .filter(found -> found.id().equals(wait.id()))
                .findFirst();
        if (warning.isPresent() && isNew(wait.id())) {
            addLimit(wait, sentence);
            sentence.add("A warning is due by the newest clock report, and is not published yet", "T14", "T18");
        } else if (warning.isPresent()) {
            addLimit(wait, sentence);
            addWarning(wait, warning.get(), sentence);
        } else if (wait.limitMs() == Times.NEVER) {
            addNoLimit(wait, sentence);
            addLeft(wait, sentence);
        } else if (wait.leftInTime()) {
            addInTime(wait, sentence);
        } else {
            addLimit(wait, sentence);
            addLeft(wait, sentence);
            addToCome(wait, sentence);
        }
        return sentence.withoutTime()
                .with("attempt", wait.id().attempt())
                .with("status", wait.id().status())
                .with("extension", wait.id().extension())
                .with("limit", Words.time(wait.limitMs()));
    }

    private void addNoLimit(Wait wait, Sentence sentence) {
        if (isForgotten(wait)) {
            sentence.add("Its limit is not known any more: the history keeps none", "R6");
        } else {
            sentence.add("It has no limit, so there is no warning of it", "T1");
        }
    }

    /** The history keeps the deadline of the status that was published, and no other one. */
    private boolean isForgotten(Wait wait) {
        boolean isPublished = findings.evidence().disposition().stream()
                .anyMatch(published -> published.getAttempt() == wait.id().attempt()
                        && published.getStatus() == wait.id().status());
        return !isPublished
                && findings.fromHistory().stream()
                        .anyMatch(fact -> fact.type().status() == wait.id().status()
                                && fact.occurredAtMs() == wait.enteredAtMs());
    }

    private static String name(WaitId id) {
        return id.status() + " of attempt " + id.attempt()
                + (id.extension() == 0 ? "" : ", begun again (extension " + id.extension() + ")");
    }

    private boolean isNew(WaitId id) {
        return findings.evidence().disposition().isPresent()
                && findings.inspection().decision().outputs().warnings().stream()
                        .anyMatch(change -> change.kind() == WarningChange.Kind.EMITTED
                                && change.warning().id().equals(id));
    }

    private static void addLimit(Wait wait, Sentence sentence) {
        boolean isClosing = wait.limit().reason() == OrphanReason.PARENT_CLOSED;
        sentence.goOn(
                "limit " + Words.time(wait.limitMs()) + (isClosing ? " by the closing of its parent" : ""),
                isClosing ? new String[] {"P7", "P8"} : new String[] {"T13"});
    }

    private void addLeft(Wait wait, Sentence sentence) {
        if (wait.hasLeft()) {
            sentence.add("It was left at " + Words.time(wait.leftAtMs()) + leftBy(wait), "T9");
            addEnding(wait, sentence);
        }
    }

    private void addEnding(Wait wait, Sentence sentence) {
        if (!wait.restarted() && leaving(wait).isEmpty() && !endedBy(wait).isEmpty()) {
            sentence.by("P9");
        }
    }

    private String leftBy(Wait wait) {
        if (wait.restarted()) {
            return ", by a restart";
        }
        return leaving(wait).map(fact -> ", by " + Words.ref(fact)).orElseGet(() -> endedBy(wait));
    }

    private String endedBy(Wait wait) {
        return findings.inspection().decision().state().endings().stream()
                .filter(ending -> ending.atMs() == wait.leftAtMs())
                .map(ending -> ", when " + ending.parent() + " was cancelled")
                .findFirst()
                .orElse("");
    }

    private Optional<Fact> leaving(Wait wait) {
        return findings.inspection().facts().stream()
                .filter(each -> each.fact().type().hasStatus() ? ends(each, wait) : extendsAfter(each, wait))
                .min(Comparator.comparingInt(PlacedFact::attempt))
                .map(PlacedFact::fact);
    }

    /** Whether it is of a higher rank in the attempt of a wait, or begins the next attempt. */
    private static boolean ends(PlacedFact each, Wait wait) {
        boolean isHigher = each.attempt() == wait.id().attempt()
                && Arrays.stream(FactType.values())
                        .filter(type -> type.status() == wait.id().status())
                        .allMatch(type -> each.fact().type().rank() > type.rank());
        boolean isNext = each.attempt() > wait.id().attempt() && each.by() != PlacedBy.OUT_OF_RANGE;
        return each.fact().occurredAtMs() == wait.leftAtMs() && (isHigher || isNext);
    }

    /** Whether it is an extension after the limit of a wait, which another wait follows. */
    private boolean extendsAfter(PlacedFact each, Wait wait) {
        return each.attempt() == wait.id().attempt()
                && each.fact().beganAtMs() == wait.leftAtMs()
                && findings.inspection().waits().stream()
                        .anyMatch(other -> other.id().attempt() == wait.id().attempt()
                                && other.id().status() == wait.id().status()
                                && other.id().extension() > wait.id().extension());
    }

    /** What is published does not say when a warning recovered: that follows from when its reason was appended. */
    private String together(Wait wait, long detectedMs) {
        String at = Words.time(detectedMs);
        Optional<Fact> left = leaving(wait);
        if (left.isEmpty()) {
            return "its warning was emitted at " + at + ", and has recovered";
        }
        return left.get().event().appendedAtMs() < detectedMs
                ? "warning and recovery were emitted together, at " + at
                : "that was read later, and a warning was emitted before, at " + at;
    }

    private void addInTime(Wait wait, Sentence sentence) {
        addLimit(wait, sentence);
        sentence.add(
                "It was left in time, at " + Words.time(wait.leftAtMs()) + leftBy(wait) + ": no warning", "T9", "T13");
        addEnding(wait, sentence);
        leaving(wait)
                .filter(fact -> Times.plus(fact.event().appendedAtMs(), -allowedLagMs) > wait.limitMs())
                .ifPresent(fact -> sentence.add(
                        "That was appended only at " + Words.time(fact.event().appendedAtMs())
                                + ": if a warning had been emitted before, it was withdrawn then",
                        "T15"));
    }

    private void addToCome(Wait wait, Sentence sentence) {
        long timeMs = wait.emittableMs();
        long dueMs = wait.dueMs(moment.delay(), maxHoldMs);
        if (moment.clockMs() == Moment.UNSET) {
            sentence.add("A warning is due once the audit clock is past " + Words.time(timeMs), "T14");
        } else if (moment.clockMs() <= timeMs) {
            sentence.add(
                    "No warning yet: the audit clock, " + Words.time(moment.clockMs()) + ", is not past "
                            + Words.time(timeMs),
                    "T14");
        } else {
            sentence.add(
                    "The warning is held: the audit clock, " + Words.time(moment.clockMs()) + ", is past "
                            + Words.time(timeMs) + ", but events of its source are appended up to "
                            + Words.duration(moment.delay().atMs(moment.clockMs()))
                            + " late, so what shows that it moved on may still be on its way. It is due once the audit"
                            + " clock is past " + Words.time(dueMs),
                    "T16",
                    "T24");
        }
    }

    private void addWarning(Wait wait, Warning warning, Sentence sentence) {
        boolean isPublished = findings.evidence().disposition().isPresent();
        long detectedMs = warning.emission().detectedAtMs();
        if (isPublished && !warning.isActive() && warning.recoveredAtMs() < detectedMs) {
            sentence.add(
                    "It was left at " + Words.time(warning.recoveredAtMs()) + leftBy(wait) + ", after the limit: "
                            + together(wait, detectedMs),
                    "T14",
                    "T15");
            addEnding(wait, sentence);
            return;
        }
        sentence.add(
                isPublished
                        ? "A warning was emitted at " + Words.time(detectedMs)
                        : "By the newest clock report a warning is due; whether one was emitted is not known here",
                "T14");
        findings.evidence().warning().filter(found -> isOf(found, warning.id())).ifPresent(found -> {
            addEmission(warning.emission(), sentence);
            addActive(found, sentence);
        });
        if (!warning.isActive()) {
            sentence.add(
                    (isPublished ? "It recovered at " : "It was left at ")
                            + Words.time(warning.recoveredAtMs())
                            + leftBy(wait),
                    "T15");
            addEnding(wait, sentence);
        } else if (warning.unknown()) {
            sentence.add(
                    "It is UNKNOWN: its source has stopped reporting, so nobody knows whether the subject is an orphan,"
                            + " and it counts as none until the source reports again",
                    "T28");
        } else {
            sentence.add("It is active: the subject is an orphan", "T13");
        }
    }

    private static boolean isOf(OrphanWarning published, WaitId id) {
        return published.getAttempt() == id.attempt()
                && published.getStatus() == id.status()
                && published.getExtension() == id.extension();
    }

    private static void addEmission(Emission emission, Sentence sentence) {
        if (!emission.isKnown()) {
            return;
        }
        long judgedMs = Times.plus(emission.clockMs(), -emission.delayMs());
        sentence.add(
                "The audit clock was " + Words.time(emission.clockMs())
                        + (emission.delayMs() == 0
                                ? ""
                                : ", and " + Words.time(judgedMs) + " without the delay of its source, "
                                        + Words.duration(emission.delayMs()))
                        + (judgedMs > emission.dueMs()
                                ? ", past " + Words.time(emission.dueMs())
                                : ", and it had been held for as long as a delay may hold it"),
                "T16");
    }

    private void addActive(OrphanWarning published, Sentence sentence) {
        Long activeFor = published.getActiveFor();
        if (activeFor != null && activeFor > 0) {
            sentence.add("It was last published when it had been active for " + Words.duration(activeFor), "T25");
        }
        if (published.getIncomplete()) {
            sentence.add("A producer of its source has dropped events, so one of it may be unseen", "A5");
        }
    }
}
