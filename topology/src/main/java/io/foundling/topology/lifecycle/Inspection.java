package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the rules find in a subject at a moment, and by which rule: what explanations are made of. It runs the rules
 * that the ledger runs, and costs more than a decision, so the ledger never asks for it.
 *
 * @param facts in order, with the attempt of each
 * @param moves what extensions and repeats did to waits, by attempt, rank and time
 * @param attempts by number, without those that collapsed
 * @param waits each under the earlier of its own limit and that of a closing
 * @param violations those that the facts show together, reported before or not
 * @param decision what the ledger would do if it looked at the subject now
 */
public record Inspection(
        List<PlacedFact> facts,
        List<Move> moves,
        List<InspectedAttempt> attempts,
        List<Wait> waits,
        List<Violation> violations,
        Decision decision) {

    /**
     * A fact in its attempt.
     *
     * @param endMs when the latest end happened from which a distance decided; {@link Times#NEVER} if none did
     * @param distanceMs that distance
     */
    public record PlacedFact(Fact fact, int attempt, PlacedBy by, long endMs, long distanceMs) {}

    /** What an extension or a repeat did to a wait. */
    public record Move(Fact fact, MovedBy by, Wait before, Wait after) {}

    /**
     * One attempt.
     *
     * @param deciding the fact that gives its status; none if it has only extensions
     * @param entering the facts with which it entered its statuses, by rank
     * @param outcome its first outcome, in order
     * @param parent its parent, or an empty text
     * @param namesParent whether one of its own facts names that, so that it is not the one of the attempt before
     */
    public record InspectedAttempt(
            int number,
            Status status,
            Optional<Fact> deciding,
            List<Fact> entering,
            Optional<Fact> outcome,
            String parent,
            boolean namesParent) {}

    /** @param singleRun which runs of the subject must not be active at once; none: any may */
    public static Inspection of(
            LifecycleSettings settings,
            String subjectKey,
            Disposition state,
            Optional<SingleRun> singleRun,
            Moment moment,
            Parents parents) {
        Distances distances = Distances.of(subjectKey, settings);
        Recorder recorder = new Recorder();
        Placement placement = Placement.of(state.facts(), state.collapsed(), distances, recorder);
        List<Wait> own = new ArrayList<>(state.collapsed().waits());
        own.addAll(Waits.of(placement, recorder));
        ClosingLimits limits = new ClosingLimits(parents, settings.settleGraceMs(), placement, state);
        List<Violation> violations = new ArrayList<>(Violations.of(placement, distances.allowedLagMs()));
        singleRun.ifPresent(single -> violations.addAll(Overlaps.of(placement, single, distances.allowedLagMs())));
        return new Inspection(
                recorder.facts,
                recorder.moves,
                placement.attempts().values().stream()
                        .map(attempt -> attempt(attempt, placement))
                        .toList(),
                limits.apply(own, state.warnings()),
                violations,
                new Lifecycle(settings).onSweep(subjectKey, state, moment, parents));
    }

    private static InspectedAttempt attempt(AttemptFacts attempt, Placement placement) {
        return new InspectedAttempt(
                attempt.number(),
                attempt.status(),
                attempt.deciding(),
                attempt.entering(),
                attempt.outcome(),
                placement.parentOf(attempt),
                !attempt.parent().isEmpty());
    }

    private static final class Recorder implements RulesTrace {

        private final List<PlacedFact> facts = new ArrayList<>();
        private final List<Move> moves = new ArrayList<>();

        @Override
        public void placed(Fact fact, int attempt, PlacedBy by) {
            facts.add(new PlacedFact(fact, attempt, by, Times.NEVER, 0));
        }

        @Override
        public void placed(Fact fact, int attempt, PlacedBy by, long endMs, long distanceMs) {
            facts.add(new PlacedFact(fact, attempt, by, endMs, distanceMs));
        }

        @Override
        public void moved(Fact fact, MovedBy by, Wait before, Wait after) {
            moves.add(new Move(fact, by, before, after));
        }
    }
}
