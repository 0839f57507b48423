package io.foundling.service.policies;

import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicySet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says which policies are others than before, by their names. */
public final class PolicyChanges {

    private static final int MOST_NAMES = 20;

    private final PolicySet before;
    private final PolicySet after;

    public PolicyChanges(PolicySet before, PolicySet after) {
        this.before = before;
        this.after = after;
    }

    /** Returns for example {@code added 'a', 'b'; removed 'c'; changed 'd'}; empty if nothing has changed. */
    public String sentence() {
        Map<String, List<Object>> former = byName(before);
        Map<String, List<Object>> now = byName(after);
        return Stream.of(
                        part("added", now, name -> !former.containsKey(name)),
                        part("removed", former, name -> !now.containsKey(name)),
                        part(
                                "changed",
                                now,
                                name -> former.containsKey(name)
                                        && !former.get(name).equals(now.get(name))),
                        order())
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    /** Says what expectations that are removed entail (rule E6). */
    Optional<String> dropped() {
        Map<String, List<Object>> now = expectations(after);
        return part("removed", expectations(before), name -> !now.containsKey(name))
                .map(removed ->
                        "what a removed expectation expects is dropped, and does not come back with it: " + removed);
    }

    /** The first policy that matches counts. */
    private Optional<String> order() {
        List<String> former = names(before);
        List<String> now = names(after);
        former.retainAll(names(after));
        now.retainAll(names(before));
        return former.equals(now) ? Optional.empty() : Optional.of("put into another order");
    }

    private static List<String> names(PolicySet set) {
        return Stream.concat(
                        set.policies().stream().map(Policy::name),
                        set.expectations().stream().map(Expectation::name))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Map<String, List<Object>> byName(PolicySet set) {
        Map<String, List<Object>> parts = new LinkedHashMap<>();
        set.policies().forEach(policy -> part(parts, policy.name(), policy));
        set.expectations().forEach(expectation -> part(parts, expectation.name(), expectation));
        set.alerts().forEach(alert -> part(parts, alert.name(), alert));
        return parts;
    }

    private static Map<String, List<Object>> expectations(PolicySet set) {
        Map<String, List<Object>> parts = new LinkedHashMap<>();
        set.expectations().forEach(expectation -> part(parts, expectation.name(), expectation));
        return parts;
    }

    private static void part(Map<String, List<Object>> parts, String name, Object part) {
        parts.computeIfAbsent(name, none -> new ArrayList<>()).add(part);
    }

    private static Optional<String> part(String what, Map<String, List<Object>> among, Predicate<String> which) {
        List<String> names = among.keySet().stream().filter(which).toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String shown =
                names.stream().limit(MOST_NAMES).map(name -> '\'' + name + '\'').collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMES;
        return Optional.of(what + ' ' + shown + (more > 0 ? " and " + more + " more" : ""));
    }
}
