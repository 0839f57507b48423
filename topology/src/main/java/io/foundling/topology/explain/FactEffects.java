package io.foundling.topology.explain;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Inspection;
import io.foundling.topology.lifecycle.Inspection.InspectedAttempt;
import io.foundling.topology.lifecycle.Inspection.Move;
import io.foundling.topology.lifecycle.Inspection.PlacedFact;
import io.foundling.topology.lifecycle.Times;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says which attempt a fact joined, and what it changed there. */
final class FactEffects {

    private final Inspection inspection;
    private final Map<Integer, InspectedAttempt> attempts = new HashMap<>();

    FactEffects(Inspection inspection) {
        this.inspection = inspection;
        inspection.attempts().forEach(attempt -> attempts.put(attempt.number(), attempt));
    }

    /** Adds which attempt a fact joined, and what it changed there. */
    void addTo(Sentence sentence, PlacedFact place) {
        addPlace(sentence, place);
        addEffect(sentence, place);
    }

    /** Adds what a fact changed. */
    void addEffect(Sentence sentence, PlacedFact place) {
        Fact kept = place.fact();
        if (kept.chain().exists()) {
            sentence.add(
                    "It stands for those from " + Words.time(kept.beganAtMs()) + " on, which are kept as one with it",
                    kept.type() == FactType.EXTENDED ? "B7" : "B8");
        }
        InspectedAttempt attempt = attempts.get(place.attempt());
        if (attempt == null) {
            return;
        }
        FactType type = place.fact().type();
        if (!type.hasStatus()) {
            addExtension(sentence, place.fact());
        } else if (type.awaits()) {
            addAwaiting(sentence, place, attempt);
        } else {
            addEnd(sentence, place.fact(), attempt);
        }
    }

    private void addPlace(Sentence sentence, PlacedFact place) {
        String rule = place.by().rule();
        int number = place.attempt();
        switch (place.by()) {
            case NUMBER -> sentence.add("Its number puts it into attempt " + number, rule);
            case OUT_OF_RANGE ->
                sentence.add(
                        "Its number is more than 100 above the attempt that was current, so it has no part in any other"
                                + " rule until facts before it close the gap",
                        rule);
            case KEPT ->
                sentence.add("It stays in attempt " + number + ", where facts that are gone had placed it", rule);
            case FIRST -> sentence.add("It has no number and is the first fact of attempt " + number, rule);
            case CURRENT -> sentence.add("It has no number and joins attempt " + number + ", which was current", rule);
            case AFTER_RETIRED ->
                sentence.add("Attempt " + (number - 1) + " was retired, so it starts attempt " + number, rule);
            case ANOTHER_PARENT ->
                sentence.add(
                        "It names another parent than attempt " + (number - 1) + ", so it starts attempt " + number,
                        rule);
            case AFTER_END ->
                sentence.add(
                        distance(place, number - 1) + ", more than " + Words.duration(place.distanceMs())
                                + ", so it starts attempt " + number,
                        rule);
            case QUICK_RUNS ->
                sentence.add(
                        distance(place, number - 1) + ", and the runs of this subject follow each other quickly, so it"
                                + " starts attempt " + number,
                        rule);
            case END_OF_NEXT_RUN ->
                sentence.add(
                        "Attempt " + (number - 1) + " had ended before, and a beginning follows at once, so this is the"
                                + " end of the next run, whose beginning another clock dated later: it starts attempt "
                                + number,
                        rule);
            case OUT_OF_STEP ->
                sentence.add(
                        distance(place, number) + ", not more than " + Words.duration(place.distanceMs())
                                + ", so it belongs to that attempt: it is out of step, and history",
                        rule);
        }
    }

    private static String distance(PlacedFact place, int ended) {
        return "It happened " + Words.duration(place.fact().occurredAtMs() - place.endMs()) + " after attempt " + ended
                + " ended";
    }

    private void addExtension(Sentence sentence, Fact extension) {
        List<Move> moves = moves(extension);
        if (moves.isEmpty()) {
            sentence.add("It changes nothing: its attempt had no status that awaits then", "T10");
        }
        for (Move move : moves) {
            String status = move.before().id().status().toString();
            String deadline = Words.time(extension.deadline().atMs());
            Optional<Voiding> voided = Voiding.of(move, inspection);
            if (voided.isPresent()) {
                addVoided(sentence, status, voided.get(), "T10");
                continue;
            }
            switch (move.by()) {
                case EXTENSION_AFTER_LIMIT ->
                    sentence.add(
                            (extension.chain().exists() ? "The first of them" : "It") + " came after the limit of "
                                    + status + ", "
                                    + Words.time(move.before().limitMs())
                                    + ": that wait has ended, and another one begins with the deadline " + deadline,
                            "T10",
                            move.by().rule());
                default ->
                    sentence.add(
                            "It moves the deadline of " + status + " to " + deadline,
                            "T10",
                            move.by().rule());
            }
        }
    }

    private static void addVoided(Sentence sentence, String status, Voiding voided, String by) {
        sentence.add("It has no effect on " + status + ": " + voided.reason(), by, voided.rule());
    }

    private List<Move> moves(Fact fact) {
        return inspection.moves().stream()
                .filter(move -> move.fact().eventId().equals(fact.eventId()))
                .toList();
    }

    private void addAwaiting(Sentence sentence, PlacedFact place, InspectedAttempt attempt) {
        Fact fact = place.fact();
        boolean enters =
                attempt.entering().stream().anyMatch(each -> each.eventId().equals(fact.eventId()));
        Optional<Fact> higher = higherBefore(place);
        String status = fact.type().status().toString();
        if (givesWay(fact, attempt)) {
            sentence.add("It gives way to the first Expected of its attempt, because it has no deadline", "L1");
        } else if (enters && higher.isPresent()) {
            sentence.add(
                    "The attempt was past " + status + " already, by " + Words.ref(higher.get())
                            + ": it fills in history and reopens nothing",
                    "L8");
        } else if (enters) {
            sentence.add("The attempt is " + status + " from then on", "L8", "T9");
        } else {
            addRepeat(sentence, fact, higher);
        }
    }

    private static boolean givesWay(Fact fact, InspectedAttempt attempt) {
        return fact.type() == FactType.DECLARED
                && !fact.deadline().exists()
                && attempt.entering().stream()
                        .anyMatch(
                                each -> each.type() == FactType.EXPECTED && fact.occurredAtMs() <= each.occurredAtMs());
    }

    private void addRepeat(Sentence sentence, Fact fact, Optional<Fact> higher) {
        String status = fact.type().status().toString();
        Optional<Move> move = moves(fact).stream().findFirst();
        if (move.isEmpty() || higher.isPresent()) {
            sentence.add("It repeats " + status + ", which the attempt had had before: it changes nothing", "L8");
            return;
        }
        Optional<Voiding> voided = Voiding.of(move.get(), inspection);
        if (voided.isPresent()) {
            addVoided(sentence, status, voided.get(), "T12");
            return;
        }
        String limit = Words.time(move.get().before().limitMs());
        switch (move.get().by()) {
            case RESTART ->
                sentence.add(
                        "It repeats " + status + " after the limit, " + limit
                                + ": somebody began again, so that wait has ended and another one begins",
                        "T12");
            case REPEAT_IN_TIME ->
                sentence.add(
                        "It repeats " + status
                                + (move.get().before().limitMs() == Times.NEVER
                                        ? ", which has no limit: it changes nothing"
                                        : ", not after the limit " + limit + ": it changes nothing"),
                        "L8",
                        "T12");
            default -> sentence.add("It repeats " + status + ": it changes nothing", "L8", "T12");
        }
    }

    /** Returns the first fact before one, in its attempt, that has a higher rank. */
    private Optional<Fact> higherBefore(PlacedFact place) {
        for (PlacedFact each : inspection.facts()) {
            if (each.fact().eventId().equals(place.fact().eventId())) {
                return Optional.empty();
            }
            boolean isHigher = each.fact().type().hasStatus()
                    && each.fact().type().rank() > place.fact().type().rank();
            if (each.attempt() == place.attempt() && isHigher) {
                return Optional.of(each.fact());
            }
        }
        return Optional.empty();
    }

    private static void addEnd(Sentence sentence, Fact fact, InspectedAttempt attempt) {
        String status = fact.type().status().toString();
        boolean decides =
                attempt.deciding().stream().anyMatch(each -> each.eventId().equals(fact.eventId()));
        Fact first = attempt.outcome().orElse(fact);
        if (decides && fact.type() == FactType.RETIRED) {
            sentence.add("The attempt is RETIRED, whatever else it holds", "L8");
        } else if (decides) {
            sentence.add("It is the first outcome of the attempt, which is " + status + " for good", "L8");
        } else if (fact.type() == FactType.RETIRED) {
            sentence.add("The attempt was retired before: it changes nothing", "L8");
        } else if (first.eventId().equals(fact.eventId())) {
            sentence.add("The attempt is RETIRED, which counts before any outcome", "L8");
        } else if (first.type() == fact.type()) {
            sentence.add("It repeats the outcome that " + Words.ref(first) + " gave: it changes nothing", "L8", "L11");
        } else {
            sentence.add(
                    "The attempt had ended before, by " + Words.ref(first) + ": it changes nothing, and conflicts",
                    "L8",
                    "L11");
        }
    }
}
