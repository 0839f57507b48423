package io.foundling.topology.explain;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.ledger.PolicyDeadlines;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Inspection;
import io.foundling.topology.lifecycle.Inspection.InspectedAttempt;
import io.foundling.topology.lifecycle.Inspection.Move;
import io.foundling.topology.lifecycle.MovedBy;
import io.foundling.topology.lifecycle.Statuses;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.Wait;
import io.foundling.topology.settings.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what gave the deadline of the present status, with the arithmetic, and what moved it. */
final class DeadlineSteps {

    private final Findings findings;
    private final PolicyDeadlines deadlines;
    private final Subject subject;
    private final List<Step> steps = new ArrayList<>();

    private DeadlineSteps(Findings findings, PolicyDeadlines deadlines) {
        this.findings = findings;
        this.deadlines = deadlines;
        this.subject = SubjectKey.parse(findings.evidence().subjectKey());
    }

    static List<Step> of(Findings findings, PolicyDeadlines deadlines) {
        DeadlineSteps of = new DeadlineSteps(findings, deadlines);
        findings.latest().ifPresent(of::add);
        return of.steps;
    }

    private void add(InspectedAttempt latest) {
        if (!Statuses.awaits(latest.status())) {
            steps.add(Step.of(latest.status() + " awaits nothing more, so there is no deadline.", "L17"));
            return;
        }
        boolean isEnded = findings.inspection().decision().state().isEnded();
        latest.deciding().ifPresent(this::addOrigin);
        findings.presentWait().ifPresent(wait -> {
            List<Step> moves = findings.inspection().moves().stream()
                    .filter(move -> move.before().id().attempt() == wait.id().attempt()
                            && move.before().id().status() == wait.id().status())
                    .flatMap(move -> step(move, findings.inspection()).stream())
                    .toList();
            steps.addAll(Runs.shorten(moves));
            restart(wait).ifPresent(this::addOrigin);
            if (!isEnded) {
                addLimit(wait);
            }
        });
        if (isEnded) {
            steps.add(Step.of("Its cancelled parent has ended that, so the deadline counts no more.", "P9"));
        }
        if (findings.inspection().decision().isUnwatched()) {
            steps.add(Step.of(
                    "Nothing watches it: it has neither a deadline nor a parent, so that no rule ever warns of it.",
                    "T22"));
        }
    }

    /** Returns the restart that gave the deadline of a wait, if one did and no extension came after it. */
    private Optional<Fact> restart(Wait wait) {
        return findings.inspection().moves().stream()
                .filter(move -> move.after().id().equals(wait.id())
                        && (move.by() == MovedBy.RESTART || move.by() == MovedBy.EXTENSION_IN_TIME))
                .reduce((earlier, later) -> later)
                .filter(move -> move.by() == MovedBy.RESTART)
                .map(Move::fact);
    }

    private void addOrigin(Fact entered) {
        steps.add(origin(entered, deadlines.policyOf(subject, entered.type().status())));
    }

    private static Step origin(Fact fact, Optional<Policy> policy) {
        Deadline given = fact.deadline();
        String ref = Words.sentence(fact);
        if (given.isDueAt()) {
            return Step.of(ref + " says dueAt " + Words.time(given.atMs()) + ", which counts before any policy.", "T1")
                    .with("dueAt", Words.time(given.atMs()));
        } else if (given.expectation().isPresent()) {
            return Step.of(
                    "The expectation '" + given.expectation().get() + "' expects it by " + Words.time(given.atMs())
                            + ": that is when its cause could be known, "
                            + Words.time(fact.event().appendedAtMs())
                            + ", + within "
                            + Words.duration(given.atMs() - fact.event().appendedAtMs()) + ".",
                    "E3",
                    "E4");
        } else if (given.policy().isPresent()) {
            return ofPolicy(fact, given, given.policy().get());
        } else if (given.exists()) {
            return Step.of(
                    "By what is published, an extension set the deadline " + Words.time(given.atMs())
                            + ": the trail does not reach back to it.",
                    "T11",
                    "R6");
        } else if (fact.type() == FactType.DECLARED) {
            return Step.of(ref + " gives no deadline: a declaration has a maxAge instead.", "T1", "F2");
        }
        return Step.of(
                policy.isPresent()
                        ? "The first policy that matches " + fact.type().status() + " is '"
                                + policy.get().name() + "', and it has no window: so there is no deadline."
                        : ref
                                + " has no dueAt, and no policy matches its kind, source, stage and status: so there is no"
                                + " deadline.",
                "T1",
                "T2");
    }

    private static Step ofPolicy(Fact fact, Deadline given, String name) {
        String entered = "entered " + Words.time(fact.occurredAtMs()) + " + window of policy '" + name + "'";
        return given.exists()
                ? Step.of(
                                "The first policy that matches gives it: " + entered + ", "
                                        + Words.duration(given.atMs() - fact.occurredAtMs()) + " = "
                                        + Words.time(given.atMs()) + ".",
                                "T1",
                                "T2")
                        .with("rule", given.rule())
                : Step.of(
                        "The first policy that matches gives it: " + entered + " is later than times go, so it is never"
                                + " reached.",
                        "T1",
                        "T2");
    }

    private static Optional<Step> step(Move move, Inspection inspection) {
        Optional<Voiding> voided = Voiding.of(move, inspection);
        if (voided.isPresent()) {
            String sentence = begun(move) + ", without effect: " + voided.get().reason() + ".";
            return Optional.of(step(move, sentence, voided.get().rule()));
        }
        String deadline = Words.time(move.after().limit().deadline().atMs());
        return switch (move.by()) {
            case EXTENSION_IN_TIME ->
                Optional.of(step(
                        move,
                        begun(move) + inTime(move) + ": the deadline is " + deadline + ".",
                        move.by().rule()));
            case EXTENSION_AFTER_LIMIT, RESTART ->
                Optional.of(step(
                        move,
                        begun(move) + " after the limit "
                                + Words.time(move.before().limitMs()) + ": a new wait begins, with the deadline "
                                + deadline + ".",
                        move.by().rule()));
            case REPEAT, REPEAT_IN_TIME -> Optional.empty();
        };
    }

    private static Step step(Move move, String sentence, String rule) {
        Fact fact = move.fact();
        String chain = fact.type() == FactType.EXTENDED ? "B7" : "B8";
        return fact.chain().exists()
                ? Step.at(fact.occurredAtMs(), sentence, chain, rule)
                : Step.at(fact.occurredAtMs(), sentence, rule);
    }

    /** A chain is judged by its beginning. */
    private static String begun(Move move) {
        Fact fact = move.fact();
        String began = Words.time(fact.beganAtMs());
        return fact.chain().exists()
                ? "Stands for each " + Words.name(fact.type()) + " from " + began + " to "
                        + Words.time(fact.occurredAtMs()) + "; begun " + began
                : move.by() == MovedBy.RESTART ? "Restarted" : "Extended";
    }

    /** What happened within a chain is in time, whatever the limit was. */
    private static String inTime(Move move) {
        return move.fact().beganAtMs() <= move.before().limitMs()
                ? ", not after the limit " + Words.time(move.before().limitMs())
                : ", within facts that are kept as one, and so in time";
    }

    private void addLimit(Wait wait) {
        Wait own = wait.own().orElse(wait);
        Deadline deadline = own.limit().deadline();
        if (deadline.exists()) {
            steps.add(limit(
                    deadline, deadlines.policyOf(subject, wait.id().status()).map(Policy::name)));
        }
        if (wait.limit().reason() == OrphanReason.PARENT_CLOSED) {
            steps.add(Step.of(
                            "The closing of " + wait.limit().closedParent() + " sets an earlier limit, "
                                    + Words.time(wait.limitMs()) + ", which counts instead.",
                            "P7",
                            "P8")
                    .with("limit", Words.time(wait.limitMs())));
        }
    }

    private static Step limit(Deadline deadline, Optional<String> policy) {
        String sum = Words.time(deadline.atMs()) + " + grace " + Words.duration(deadline.graceMs())
                + policy.map(name -> " of policy '" + name + "'").orElse("");
        return deadline.limitMs() == Times.NEVER
                ? Step.of("Limit: " + sum + " is later than times go, so it is never reached.", "T1")
                : Step.of(
                                "Limit: " + sum + " = " + Words.time(deadline.limitMs())
                                        + ". To move on then is in time.",
                                "T13")
                        .with("deadline", Words.time(deadline.atMs()))
                        .with("graceMs", deadline.graceMs())
                        .with("limit", Words.time(deadline.limitMs()));
    }
}
