package io.foundling.topology.explain;

import io.foundling.audit.Freshness;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Inspection.InspectedAttempt;
import io.foundling.topology.lifecycle.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says which status a subject has, and what decides that. */
final class StatusSteps {

    private final Findings findings;
    private final Optional<io.foundling.audit.Disposition> computed;
    private final Decision decision;
    private final Disposition state;

    private StatusSteps(Findings findings, Optional<io.foundling.audit.Disposition> computed) {
        this.computed = computed;
        this.findings = findings;
        this.decision = findings.inspection().decision();
        this.state = decision.state();
    }

    /** @param computed what the rules give */
    static List<Step> of(Findings findings, Optional<io.foundling.audit.Disposition> computed) {
        return new StatusSteps(findings, computed).steps();
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        Optional<InspectedAttempt> latest = findings.latest();
        if (findings.isErased()) {
            steps.add(Step.of("The subject was erased: nothing is known of it any more.", "R5"));
        } else if (latest.isEmpty()) {
            steps.add(Step.of(
                    findings.events().isEmpty()
                            ? "No event of this subject is known."
                            : "No fact with a status is known, so the subject has no disposition.",
                    "L9"));
        } else {
            steps.add(OrphanSteps.of(findings));
            addStatus(latest.get(), steps);
            computed.ifPresent(found -> addTexts(found, steps));
            addRetention(steps);
        }
        steps.addAll(Readable.leftOut(findings.evidence()));
        return steps;
    }

    private static void addTexts(io.foundling.audit.Disposition found, List<Step> steps) {
        Freshness freshness = found.getFreshness();
        if (freshness != null && freshness.getMaxAge() != null) {
            steps.add(Step.of(
                    "It was declared at " + freshness.getDeclaredAt() + " with a maxAge of "
                            + Words.duration(freshness.getMaxAge()) + ".",
                    "F2"));
        }
        addText("It waits for", found.getWaitingOn(), steps);
        addText("It was promised by", found.getPromisedBy(), steps);
        addText("Its reason", found.getReason(), steps);
        addText("Its detail", found.getDetail(), steps);
    }

    /** What events say, as they say it. */
    private static void addText(String what, String text, List<Step> steps) {
        if (text != null && !text.isEmpty()) {
            steps.add(Step.of(what + ": '" + text + "'."));
        }
    }

    private void addStatus(InspectedAttempt latest, List<Step> steps) {
        Fact deciding = latest.deciding().orElseThrow();
        Sentence sentence = new Sentence(
                latest.status() + " in attempt " + latest.number() + " since " + Words.time(deciding.occurredAtMs()));
        sentence.add("This follows from " + Words.ref(deciding) + ": " + why(latest), "L8");
        if (findings.inspection().attempts().size() > 1) {
            sentence.add("It is the highest attempt that has a status", "L9");
        }
        steps.add(sentence.withoutTime()
                .with("status", latest.status())
                .with("attempt", latest.number())
                .with("since", Words.time(deciding.occurredAtMs())));
        if (state.isEnded()) {
            steps.add(Step.of(
                    "Nothing is awaited any more: its parent was CANCELLED at "
                            + Words.time(state.retention().endedAtMs()) + ".",
                    "P9"));
        }
        int superseded = decision.superseded().all();
        if (superseded > 0) {
            steps.add(Step.of(
                    "Earlier attempts that had no outcome when the next one began, and are superseded once the grace is"
                            + " over: " + superseded + ".",
                    "L15"));
        }
        decision.scope()
                .reasons()
                .forEach(judged -> steps.add(Step.of(
                        "It is a declared scope, and " + (judged.isDue() ? "stale since " : "will be stale after ")
                                + Words.time(judged.reason().limitMs()) + ": "
                                + judged.reason().reason() + ".",
                        "F2")));
    }

    private static String why(InspectedAttempt latest) {
        Status status = latest.status();
        if (status == Status.RETIRED) {
            return "a Retired counts before everything else";
        }
        return Statuses.isOutcome(status)
                ? "the first outcome of an attempt is final"
                : "no fact of the attempt has a higher rank";
    }

    private void addRetention(List<Step> steps) {
        if (state.isRemoved() || decision.outputs().tombstone()) {
            steps.add(Step.of("Retention has removed the disposition.", "R1"));
        } else if (state.isDeclared()) {
            steps.add(Step.of("Retention keeps it, because its declaration is in force.", "R2"));
        }
    }
}
