package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides which facts of a subject stay when there are more than 64, and what stays of the others (rules B1 and B2).
 */
final class Bounds {

    static final int MAX_FACTS = 64;

    private final Distances distances;
    private final Map<UUID, Integer> places;
    private List<Fact> facts;
    private Collapsed collapsed;

    private Bounds(List<Fact> facts, Collapsed collapsed, Distances distances) {
        this.facts = facts;
        this.collapsed = collapsed;
        this.distances = distances;
        this.places = placed().places();
    }

    /** The facts that stay, and what stays of the others. */
    record Kept(List<Fact> facts, Collapsed collapsed) {}

    static Kept keep(List<Fact> facts, Collapsed collapsed, Distances distances) {
        if (facts.size() <= MAX_FACTS) {
            return new Kept(facts, collapsed);
        }
        Bounds bounds = new Bounds(new ArrayList<>(facts), collapsed, distances);
        bounds.joinExtensions();
        bounds.keepPlaces();
        bounds.dropMiddleRepeats();
        bounds.keepPlaces();
        bounds.joinRestarts();
        bounds.keepPlaces();
        bounds.dropWhatIsAboveTheStatus();
        bounds.collapseOldestAttempts();
        bounds.keepNewest();
        bounds.keepPlaces();
        return new Kept(List.copyOf(bounds.facts), bounds.collapsed);
    }

    private boolean isFull() {
        return facts.size() > MAX_FACTS;
    }

    private void joinExtensions() {
        while (isFull()) {
            Optional<Chains.Joint> joint = Chains.first(placed());
            if (joint.isEmpty()) {
                return;
            }
            facts.remove(joint.get().earlier());
            facts.set(facts.indexOf(joint.get().later()), joint.get().joined());
        }
    }

    private Placement placed() {
        return Placement.of(facts, collapsed, distances);
    }

    /** A fact without a number stays where the facts that are gone had placed it (rule B2). */
    private void keepPlaces() {
        boolean moves = true;
        while (moves) {
            moves = false;
            Map<UUID, Integer> now = placed().places();
            for (int i = 0; i < facts.size(); i++) {
                Fact fact = facts.get(i);
                int place = places.getOrDefault(fact.eventId(), 0);
                boolean moved = place > collapsed.throughAttempt() && place != now.getOrDefault(fact.eventId(), 0);
                if (moved && !fact.isNumbered() && fact.keptIn() != place) {
                    facts.set(i, fact.keptIn(place));
                    moves = true;
                }
            }
        }
    }

    private void dropMiddleRepeats() {
        if (!isFull()) {
            return;
        }
        List<Fact> middle = new ArrayList<>();
        Placement placement = placed();
        for (AttemptFacts attempt : placement.attempts().values()) {
            Map<FactType, List<Fact>> byType = new HashMap<>();
            attempt.facts().stream()
                    .filter(fact -> fact.type().hasStatus())
                    .forEach(fact -> byType.computeIfAbsent(fact.type(), t -> new ArrayList<>())
                            .add(fact));
            byType.values().stream()
                    .filter(repeats -> repeats.size() > 2)
                    .forEach(repeats -> middle.addAll(repeats.subList(1, repeats.size() - 1)));
        }
        middle.removeAll(Waits.decidingRepeats(placement).facts());
        middle.stream().sorted(Fact.TOTAL_ORDER).limit(facts.size() - MAX_FACTS).forEach(facts::remove);
    }

    private void joinRestarts() {
        while (isFull()) {
            Optional<DecidingRepeats.Joint> joint =
                    Waits.decidingRepeats(placed()).first();
            if (joint.isEmpty()) {
                return;
            }
            facts.remove(joint.get().earlier());
            facts.set(facts.indexOf(joint.get().later()), joint.get().joined());
        }
    }

    /** Extensions of attempts to come, and numbers out of range, must not push out attempts that have a status. */
    private void dropWhatIsAboveTheStatus() {
        Placement placement = placed();
        if (!isFull() || placement.latest().isEmpty()) {
            return;
        }
        int latest = placement.latest().get().number();
        List<Fact> above = new ArrayList<>(facts);
        placement.attempts().headMap(latest, true).values().forEach(attempt -> above.removeAll(attempt.facts()));
        above.stream().limit(facts.size() - MAX_FACTS).forEach(facts::remove);
    }

    private void collapseOldestAttempts() {
        while (isFull()) {
            Placement placement = placed();
            int latest = placement.latest().map(AttemptFacts::number).orElse(0);
            if (placement.attempts().isEmpty() || placement.attempts().firstKey() >= latest) {
                return;
            }
            AttemptFacts oldest = placement.attempts().firstEntry().getValue();
            collapse(oldest, placement);
            keepPlaces();
        }
    }

    private void collapse(AttemptFacts oldest, Placement placement) {
        List<AttemptSpan> history = new ArrayList<>(collapsed.history());
        oldest.deciding().ifPresent(deciding -> history.add(AttemptSpan.of(oldest, placement)));
        List<AttemptSpan> kept =
                List.copyOf(history.subList(Math.max(0, history.size() - Collapsed.MAX_HISTORY), history.size()));
        int keptFrom = kept.isEmpty() ? oldest.number() : kept.get(0).attempt();
        List<Wait> waits = new ArrayList<>(collapsed.waits());
        // The closing of a parent may set another limit, and may be read later.
        boolean isMember = !placement.parentOf(oldest).isEmpty();
        Waits.of(placement).stream()
                .filter(wait -> wait.id().attempt() == oldest.number() && (isMember || wait.canBecomeOverdue()))
                .forEach(waits::add);
        waits.removeIf(wait -> wait.id().attempt() < keptFrom);
        collapsed = new Collapsed(
                oldest.number(),
                end(oldest, placement),
                Math.min(collapsed.firstOccurredAtMs(), oldest.beganAtMs()),
                Math.max(
                        collapsed.lastOccurredAtMs(),
                        oldest.facts().get(oldest.facts().size() - 1).occurredAtMs()),
                scope(oldest),
                kept,
                List.copyOf(waits),
                collapsed.former());
        facts.removeAll(oldest.facts());
    }

    private CollapsedEnd end(AttemptFacts oldest, Placement placement) {
        AttemptSoFar held = new AttemptSoFar();
        oldest.facts().forEach(held::add);
        QuickRuns runs = new QuickRuns(facts, placement.outOfRange(), collapsed, distances);
        Set<Status> quick = EnumSet.noneOf(Status.class);
        for (Fact fact : oldest.facts()) {
            Status status = fact.type().status();
            if (placement.begunQuickly().contains(oldest.number())
                    || held.lastEnd().filter(end -> runs.lieBefore(end, status)).isPresent()) {
                quick.add(status);
            }
        }
        return held.collapsed(oldest.parent(), quick);
    }

    private CollapsedScope scope(AttemptFacts oldest) {
        Declaration declaration = collapsed.scope().declaration();
        for (Fact fact : oldest.facts()) {
            declaration = declaration.after(fact);
        }
        return new CollapsedScope(
                declaration, RunEnd.last(List.of(oldest), collapsed.scope().end()));
    }

    private void keepNewest() {
        if (isFull()) {
            facts = new ArrayList<>(facts.subList(facts.size() - MAX_FACTS, facts.size()));
        }
    }
}
