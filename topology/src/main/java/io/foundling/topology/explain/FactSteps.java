package io.foundling.topology.explain;

import io.foundling.topology.lifecycle.Arrival;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Inspection.PlacedFact;
import io.foundling.topology.lifecycle.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Says of each event what it is, which attempt it joined and by which rule, and what it changed. */
final class FactSteps {

    private final Findings findings;
    private final FactEffects effects;
    private final Map<UUID, PlacedFact> placed = new HashMap<>();

    private FactSteps(Findings findings) {
        this.findings = findings;
        this.effects = new FactEffects(findings.inspection());
        for (PlacedFact each : findings.inspection().facts()) {
            placed.put(each.fact().eventId(), each);
        }
    }

    /** A step with its place in the order of facts. */
    private record Ordered(long occurredAtMs, int rank, UUID eventId, Step step) {}

    static List<Step> of(Findings findings) {
        return new FactSteps(findings).steps();
    }

    private List<Step> steps() {
        List<Ordered> ordered = new ArrayList<>();
        findings.fromHistory().forEach(fact -> ordered.add(ordered(fact, ofHistory(fact))));
        findings.events().forEach(event -> ordered.add(ordered(event)));
        ordered.sort(Comparator.comparingLong(Ordered::occurredAtMs)
                .thenComparingInt(Ordered::rank)
                .thenComparing(Ordered::eventId, Fact::compareAsBytes));
        List<Step> steps = new ArrayList<>();
        if (!findings.fromHistory().isEmpty()) {
            steps.add(Step.of(
                    "The trail does not reach back to the beginning of the subject. What is missing is taken from the"
                            + " history of the disposition, which has one fact for each status.",
                    "R6"));
        }
        findings.evidence()
                .trail()
                .completeSince()
                .ifPresent(since -> steps.add(Step.of("The trail is complete since " + since + ".")));
        steps.addAll(Runs.shorten(ordered.stream().map(Ordered::step).toList()));
        findings.inspection().violations().forEach(violation -> steps.add(together(violation)));
        return steps;
    }

    private static Ordered ordered(Fact fact, Step step) {
        return new Ordered(fact.occurredAtMs(), fact.type().rank(), fact.eventId(), step);
    }

    private Ordered ordered(Replayed event) {
        Arrival arrival = event.read().arrival();
        int rank = arrival.fact().map(fact -> fact.type().rank()).orElse(Integer.MAX_VALUE);
        return new Ordered(arrival.occurredAtMs(), rank, arrival.eventId(), step(event));
    }

    /** What the trail does not have any more was read all the same. */
    private Step ofHistory(Fact fact) {
        PlacedFact place = placed.get(fact.eventId());
        Sentence sentence = new Sentence(Words.name(fact.type()) + ", by the history of the disposition");
        if (place != null) {
            sentence.goOn("in attempt " + place.attempt(), "R6");
            effects.addEffect(sentence, place);
        }
        return sentence.at(fact.occurredAtMs());
    }

    private Step step(Replayed event) {
        Arrival arrival = event.read().arrival();
        Sentence sentence = new Sentence(what(event.read()));
        if (event.begins()) {
            sentence.add("The subject had been forgotten before, so this begins a new one", "R4");
        }
        switch (event.effect()) {
            case FACT, REPLACEMENT -> addFact(event, sentence);
            case FORGOTTEN ->
                sentence.add("The subject was forgotten after that, so it has no part in what follows", "R4");
            case ERASED -> sentence.add("The subject was erased after that, so it has no part in what follows", "R5");
            case NO_FACT -> addNoFact(event.read(), sentence);
            case REFUSED ->
                event.read().refusal().ifPresent(refusal -> sentence.add(refusal.sentence(), refusal.rule()));
            case DUPLICATE -> sentence.add("An event with this eventId was read before, so it changes nothing", "L4");
            case TOO_LATE ->
                sentence.add("It belongs to an attempt that is kept in brief only, so it comes too late", "B3");
            case COVERED ->
                sentence.add("It lies within facts that are kept as one, so it changes nothing", chainRule(event));
            case ERASURE -> sentence.add("It erases all that was known of the subject", "R5");
            case AFTER_ERASURE -> sentence.add("The subject had been erased, so it was not applied", "R5");
            case LEFT_OUT ->
                sentence.add("The expectation that sent it is not in force any more, so it is left out", "E6");
            case REVOKED -> sentence.add("The expectation has taken it back", "E5");
        }
        arrival.violations().forEach(violation -> addViolation(violation, sentence));
        return sentence.at(arrival.occurredAtMs())
                .with("eventId", arrival.eventId())
                .with("appendedAt", Words.time(arrival.appendedAtMs()))
                .with("effect", event.effect());
    }

    private static String what(ReadEvent read) {
        Arrival arrival = read.arrival();
        String name = arrival.fact().map(fact -> Words.name(fact.type())).orElse(read.body());
        String number = arrival.attempt() > 0 ? " of attempt " + arrival.attempt() : "";
        String parent = arrival.fact()
                .map(Fact::parent)
                .filter(key -> !key.isEmpty())
                .map(key -> ", member of " + key)
                .orElse("");
        String late = arrival.latenessMs() > 0
                ? ", appended " + Words.duration(arrival.latenessMs()) + " after it happened"
                : "";
        return name + number + parent + late;
    }

    private void addFact(Replayed event, Sentence sentence) {
        if (event.effect() == Effect.REPLACEMENT) {
            sentence.add(
                    "An event with this eventId was read before with other contents; this one stays, as it is first in"
                            + " order",
                    "L4");
        }
        PlacedFact place = placed.get(event.read().arrival().eventId());
        if (place == null) {
            addAbsorbed(event, sentence);
        } else if (place.fact().occurredAtMs() != event.read().arrival().occurredAtMs()) {
            sentence.add("Another event with this eventId stays, as it is first in order", "L4");
        } else {
            effects.addTo(sentence, place);
        }
    }

    private void addAbsorbed(Replayed event, Sentence sentence) {
        boolean isInChain = event.read().arrival().fact().stream()
                .anyMatch(fact ->
                        placed.values().stream().anyMatch(kept -> kept.fact().covers(fact)));
        if (isInChain) {
            sentence.add(
                    "The subject has more facts than are kept, so this is kept as one with others", chainRule(event));
        } else {
            sentence.add("The subject has more facts than are kept, so this is kept in brief, if at all", "B1", "B2");
        }
    }

    private static String chainRule(Replayed event) {
        return event.read().arrival().fact().stream().anyMatch(fact -> fact.type() == FactType.EXTENDED) ? "B7" : "B8";
    }

    private static void addNoFact(ReadEvent read, Sentence sentence) {
        switch (read.body()) {
            case "Annotated" -> sentence.add("It only adds metadata", "L1");
            case "Reconciled" -> sentence.add("It is the result of a check, and only adds metadata here", "C1");
            default -> sentence.add("It is not a fact, and only adds metadata", "T3");
        }
    }

    private static void addViolation(Violation violation, Sentence sentence) {
        sentence.add(
                "It is a violation " + violation.type() + ": " + violation.message(),
                ViolationRules.of(violation.type()));
    }

    /** What several facts show together. */
    private static Step together(Violation violation) {
        return Step.of(
                        "Violation " + violation.type() + ": " + violation.message(),
                        ViolationRules.of(violation.type()))
                .with("violation", violation.type())
                .with("attempt", violation.attempt());
    }
}
