package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All parents and members of a ledger, worked out from all facts at once. */
public final class NaiveSettlements {

    private final SortedMap<String, NaivePlacing> subjects = new TreeMap<>();
    private final Map<String, List<NaiveClosing>> closings = new HashMap<>();
    private final Set<String> erased;

    /** How a member ended: by an outcome, MOVED or ORPHANED. */
    public record NaiveSettlement(
            int deferred, SortedMap<String, Integer> endings, List<String> missing, int unannounced, int neverBegan) {}

    private record Place(String parent, NaiveClosing closing) {}

    /**
     * @param facts by subject key
     * @param erased keys of the members that were erased after all of it (rule R5)
     */
    public NaiveSettlements(Map<String, List<Fact>> facts, Set<String> erased, long maxSkewMs, long allowedLagMs) {
        this.erased = Set.copyOf(erased);
        facts.forEach((subject, all) -> subjects.put(
                subject,
                NaivePlacing.of(
                        all.stream().sorted(NaiveOrder.IN_ORDER).toList(),
                        NaiveClocks.of(subject, maxSkewMs, allowedLagMs))));
        Set<String> parents = new HashSet<>();
        subjects.forEach((subject, placing) -> {
            if (subject.startsWith("batch/")) {
                parents.add(subject);
            }
            placing.numbersWithStatus().forEach(attempt -> parents.add(placing.parent(attempt)));
        });
        parents.stream().filter(subjects::containsKey).forEach(parent -> closings.put(parent, closingsOf(parent)));
    }

    private List<NaiveClosing> closingsOf(String parent) {
        NaivePlacing placing = subjects.get(parent);
        List<NaiveClosing> found = new ArrayList<>();
        for (int attempt : placing.numbersWithStatus()) {
            Optional<Fact> outcome = placing.withStatus(attempt).stream()
                    .filter(fact -> fact.type().isOutcome())
                    .findFirst();
            if (outcome.isPresent()) {
                boolean warns = outcome.get().type() != FactType.CANCELLED;
                found.add(new NaiveClosing(attempt, outcome.get().occurredAtMs(), warns, Long.MIN_VALUE));
            } else if (found.stream().anyMatch(closing -> closing.closedAtMs() != Times.NEVER)) {
                found.add(NaiveClosing.open(attempt));
            }
        }
        return found;
    }

    /** Returns what there is to know of parents. */
    public Map<String, List<NaiveClosing>> closings() {
        return closings;
    }

    /** Returns the settlement of each closed attempt, by parent key, a slash, the attempt. */
    public SortedMap<String, NaiveSettlement> settlements() {
        SortedMap<String, NaiveSettlement> settlements = new TreeMap<>();
        closings.forEach((parent, attempts) -> attempts.stream()
                .filter(closing -> closing.closedAtMs() != Times.NEVER)
                .forEach(closing ->
                        settlements.put(parent + '/' + closing.attempt(), settlement(new Place(parent, closing)))));
        return settlements;
    }

    private NaiveSettlement settlement(Place place) {
        SortedMap<String, Integer> endings = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        int[] unannounced = {0};
        int[] neverBegan = {0};
        subjects.forEach((subject, placing) -> {
            for (int attempt : placing.numbersWithStatus()) {
                if (places(placing, attempt).contains(place) && !isAgain(placing, attempt, place)) {
                    String ending = erased.contains(subject) ? "CANCELLED" : ending(placing, attempt, place);
                    endings.merge(ending, 1, Integer::sum);
                    unannounced[0] += !erased.contains(subject)
                                    && asks(placing, attempt, place.parent()).isEmpty()
                            ? 1
                            : 0;
                    neverBegan[0] += ending.equals("ORPHANED")
                                    && placing.deciding(attempt).type() == FactType.EXPECTED
                            ? 1
                            : 0;
                    if (ending.equals("ORPHANED")) {
                        missing.add(subject);
                    }
                }
            }
        });
        return new NaiveSettlement(
                endings.values().stream().mapToInt(Integer::intValue).sum(),
                endings,
                missing,
                unannounced[0],
                neverBegan[0]);
    }

    /** Returns the facts by which somebody asked for a member, in this attempt or an earlier one under its parent. */
    private static List<Fact> asks(NaivePlacing placing, int attempt, String parent) {
        Set<FactType> asking = Set.of(FactType.EXPECTED, FactType.OPENED, FactType.DEFERRED, FactType.PENDING);
        return placing.numbersWithStatus().stream()
                .filter(number -> number <= attempt)
                .filter(number -> placing.parent(number).equals(parent))
                .flatMap(number -> placing.withStatus(number).stream())
                .filter(fact -> asking.contains(fact.type()))
                .toList();
    }

    /** Returns the count with which a settlement alerts of members that nobody asked for. */
    public long alertedUnannounced(String parent, int attempt) {
        NaiveClosing closing = closings.get(parent).stream()
                .filter(each -> each.attempt() == attempt)
                .findFirst()
                .orElseThrow();
        Place place = new Place(parent, closing);
        boolean[] named = {false};
        subjects.forEach((subject, placing) -> {
            for (int number : placing.numbersWithStatus()) {
                if (places(placing, number).contains(place) && !isAgain(placing, number, place)) {
                    named[0] |= !erased.contains(subject)
                            && asks(placing, number, parent).stream()
                                    .anyMatch(fact -> fact.type() == FactType.EXPECTED);
                }
            }
        });
        return named[0] ? settlement(place).unannounced() : 0;
    }

    /** Returns the closed attempt of its parent that an attempt belongs to. */
    private Optional<Place> place(NaivePlacing placing, int attempt) {
        String parent = placing.parent(attempt);
        return placeAt(parent, placing.withStatus(attempt).get(0).occurredAtMs());
    }

    private Optional<Place> placeAt(String parent, long beganMs) {
        return closings.getOrDefault(parent, List.of()).stream()
                .filter(closing -> closing.closedAtMs() != Times.NEVER && beganMs <= closing.closedAtMs())
                .findFirst()
                .map(closing -> new Place(parent, closing));
    }

    /** Returns all closed attempts of its parent that an attempt belongs to: also those in which it repeated its status. */
    private Set<Place> places(NaivePlacing placing, int attempt) {
        Set<Place> places = new HashSet<>();
        place(placing, attempt).ifPresent(places::add);
        String parent = placing.parent(attempt);
        List<Fact> facts = placing.withStatus(attempt);
        List<Fact> later = placing.numbersWithStatus().stream()
                .filter(number -> number > attempt)
                .flatMap(number -> placing.withStatus(number).stream())
                .toList();
        for (int at = 1; at < facts.size(); at++) {
            Fact fact = facts.get(at);
            Set<FactType> repeatable = Set.of(FactType.EXPECTED, FactType.OPENED, FactType.DEFERRED, FactType.PENDING);
            boolean hasTheStatus = facts.subList(0, at).stream()
                            .mapToInt(before -> NaiveOrder.rank(before.type()))
                            .max()
                            .getAsInt()
                    == NaiveOrder.rank(fact.type());
            boolean isCurrent = later.stream().allMatch(other -> NaiveOrder.IN_ORDER.compare(fact, other) < 0);
            boolean isOfParent = fact.parent().isEmpty() || fact.parent().equals(parent);
            if (repeatable.contains(fact.type()) && hasTheStatus && isCurrent && isOfParent) {
                placeAt(parent, fact.occurredAtMs()).ifPresent(places::add);
            }
        }
        return places;
    }

    private static boolean isAgain(NaivePlacing placing, int attempt, Place place) {
        return placing.numbersWithStatus().stream()
                .filter(later -> later > attempt)
                .filter(later -> placing.parent(later).equals(place.parent()))
                .findFirst()
                .map(later -> placing.withStatus(later).get(0).occurredAtMs()
                        <= place.closing().closedAtMs())
                .orElse(false);
    }

    /** A member goes on in the attempts that follow under the same parent, unless they belong to a later attempt of it. */
    private String ending(NaivePlacing placing, int attempt, Place place) {
        Fact deciding = placing.deciding(attempt);
        Optional<Integer> next = placing.numbersWithStatus().stream()
                .filter(number -> number > attempt)
                .findFirst();
        if (!deciding.type().awaits()) {
            return deciding.type().status().name();
        } else if (next.isEmpty()) {
            return "ORPHANED";
        } else if (!placing.parent(next.get()).equals(place.parent()) || isOfLater(placing, next.get(), place)) {
            return "MOVED";
        }
        return endingAfter(placing, next.get(), place);
    }

    private static String endingAfter(NaivePlacing placing, int first, Place place) {
        int last = first;
        for (int number : placing.numbersWithStatus()) {
            if (number > last && !placing.parent(number).equals(place.parent())) {
                return placing.deciding(last).type().awaits()
                        ? "MOVED"
                        : placing.deciding(last).type().status().name();
            }
            last = Math.max(last, number);
        }
        return placing.deciding(last).type().awaits()
                ? "ORPHANED"
                : placing.deciding(last).type().status().name();
    }

    private boolean isOfLater(NaivePlacing placing, int attempt, Place place) {
        List<NaiveClosing> known = closings.get(place.parent());
        NaiveClosing highest = known.get(known.size() - 1);
        Optional<Place> closed = place(placing, attempt);
        return closed.isPresent()
                ? closed.get().closing().attempt() > place.closing().attempt()
                : highest.closedAtMs() == Times.NEVER
                        && highest.attempt() > place.closing().attempt();
    }

    /** Returns how many subjects with an active warning are in no settlement that warns. */
    public long orphansOfTheirStage(Map<String, List<NaiveWarning>> warnings) {
        return warnings.entrySet().stream()
                .filter(each -> each.getValue().stream()
                        .filter(warning -> warning.recoveredAtMs() == Times.NEVER)
                        .findFirst()
                        .filter(warning -> places(subjects.get(each.getKey()), warning.attempt()).stream()
                                .noneMatch(place -> place.closing().warns()))
                        .isPresent())
                .count();
    }

    /** Returns how many attempts were superseded. */
    public long superseded() {
        return subjects.entrySet().stream()
                .filter(each -> !erased.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .mapToLong(placing -> placing.numbersWithStatus().stream()
                        .filter(attempt -> isSuperseded(placing, attempt))
                        .filter(attempt -> new NaiveParents(closings, 0)
                                .endedAt(attempt, placing)
                                .isEmpty())
                        .count())
                .sum();
    }

    private static boolean isSuperseded(NaivePlacing placing, int attempt) {
        Status status = placing.deciding(attempt).type().status();
        boolean underWay = Set.of(Status.OPEN, Status.DEFERRED, Status.PENDING).contains(status);
        String parent = placing.parent(attempt);
        return underWay
                && placing.numbersWithStatus().stream()
                        .filter(later -> later > attempt)
                        .findFirst()
                        .map(later -> placing.parent(later))
                        .filter(later -> later.isEmpty() || later.equals(parent))
                        .isPresent();
    }
}
