package io.foundling.topology.explain;

import io.foundling.schemas.SubjectKey;
import io.foundling.topology.ledger.LedgerRecords;
import io.foundling.topology.ledger.PolicyDeadlines;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Emitted;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Inspection;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.lifecycle.LifecycleSettings;
import io.foundling.topology.lifecycle.Moment;
import io.foundling.topology.lifecycle.Parents;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Explains subjects: the rules of the ledger read the trail of a subject once more, under the settings and policies in
 * force, and say what they did. What is published is not needed for that, but it shows the warnings, and what happened
 * before the trail begins; where the two do not agree, the explanation says so. For any thread; it costs about what
 * reading the events of the subject once more costs.
 */
public final class Explainer {

    private final LifecycleSettings rules;
    private final PolicyDeadlines deadlines;
    private final TrailReading reading;

    public Explainer(LedgerSettings settings) {
        this.rules = settings.lifecycle();
        this.deadlines = new PolicyDeadlines(settings.policies(), settings.expectations());
        this.reading = new TrailReading(settings, deadlines);
    }

    /**
     * Returns why a subject has its status, deadline and warnings.
     *
     * @throws IllegalArgumentException if the key of the evidence is not the key of a subject
     */
    public Explanation explain(Evidence given) {
        Evidence evidence = given.normal();
        return explain(
                evidence,
                reading.read(evidence.trail()),
                Judging.moment(evidence, deadlines),
                ParentClosings.of(evidence.parents(), new Lifecycle(rules)));
    }

    Explanation explain(Evidence evidence, List<ReadEvent> read, Moment moment, Parents parents) {
        Findings findings = findings(evidence, read, moment, parents);
        PlacedDisposition placed = findings.inspection().decision().after();
        boolean isShown =
                placed.disposition().isKnown() && !placed.disposition().isRemoved();
        Optional<io.foundling.audit.Disposition> computed = isShown
                ? Optional.of(LedgerRecords.disposition(SubjectKey.parse(evidence.subjectKey()), placed))
                : Optional.empty();
        return new Explanation(
                evidence.subjectKey(),
                computed,
                List.of(
                        new Section(Topic.STATUS, StatusSteps.of(findings, computed)),
                        new Section(Topic.FACTS, FactSteps.of(findings)),
                        new Section(Topic.DEADLINE, DeadlineSteps.of(findings, deadlines)),
                        new Section(
                                Topic.WARNINGS,
                                Runs.shorten(WarningSteps.of(findings, rules.maxLateHoldMs(), rules.allowedLagMs()))),
                        new Section(Topic.PARENT, ParentSteps.of(findings, rules.settleGraceMs())),
                        new Section(Topic.CLOCK, ClockSteps.of(findings)),
                        new Section(Topic.DIFFERENCES, DifferenceSteps.of(findings, computed))));
    }

    private Findings findings(Evidence evidence, List<ReadEvent> read, Moment moment, Parents parents) {
        Optional<History> history = evidence.disposition()
                .filter(published -> !published.getHistory().isEmpty())
                .filter(published -> Readable.is(published, evidence.warning()))
                .map(published -> new History(evidence, published));
        Disposition base = history.filter(known -> known.reachesFurtherBackThan(read))
                .map(known -> known.before(read))
                .orElse(Disposition.NONE);
        Replay replay = new Replay(rules, evidence, parents, evidence.parents().isSettled(evidence.subjectKey()), base);
        replay.read(read);
        Disposition folded = replay.state();
        Disposition marked = history.map(known -> known.marked(folded)).orElseGet(() -> unmarked(folded));
        List<Fact> fromHistory =
                base.facts().stream().filter(marked.facts()::contains).toList();
        return new Findings(
                evidence,
                replay.events(),
                fromHistory,
                replay.isErased(),
                Inspection.of(
                        history.isPresent() ? withoutRetention(rules) : rules,
                        evidence.subjectKey(),
                        marked,
                        deadlines.singleRunOf(SubjectKey.parse(evidence.subjectKey())),
                        moment,
                        parents),
                moment,
                parents);
    }

    /** What is published was not removed. When the ledger read a fact, and so when it will remove it, is not published. */
    private static LifecycleSettings withoutRetention(LifecycleSettings rules) {
        return new LifecycleSettings(
                rules.maxLateHoldMs(),
                Times.NEVER,
                Times.NEVER,
                Times.NEVER,
                rules.settleGraceMs(),
                rules.maxSkewMs(),
                rules.allowedLagMs());
    }

    /** Which warnings were emitted of it is not published any more, or not yet. */
    private static Disposition unmarked(Disposition folded) {
        return new Disposition(
                folded.facts(),
                folded.collapsed(),
                folded.status(),
                folded.attempt(),
                folded.metadata(),
                new Emitted(List.of(), Set.of(), folded.endings()),
                folded.newestAppendedAtMs(),
                folded.retention());
    }
}
