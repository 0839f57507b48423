package io.foundling.topology.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds expectations of which each can call for the next one, and the last for the first (rule E1). */
public final class ExpectationCircle {

    private final List<Expectation> expectations;

    public ExpectationCircle(List<Expectation> expectations) {
        this.expectations = List.copyOf(expectations);
    }

    /** Returns a sentence about the first circle; empty if there is none. */
    public Optional<String> sentence() {
        return expectations.stream()
                .map(first -> circle(List.of(first), new ArrayList<>()))
                .flatMap(Optional::stream)
                .findFirst()
                .map(ExpectationCircle::sentence);
    }

    /** Returns the way on that leads back to where it began; {@code seen} are those from which none does. */
    private Optional<List<Expectation>> circle(List<Expectation> way, List<Expectation> seen) {
        Expectation last = way.get(way.size() - 1);
        if (last.leadsTo(way.get(0))) {
            return Optional.of(way);
        }
        seen.add(last);
        for (Expectation next : expectations) {
            if (last.leadsTo(next) && !seen.contains(next)) {
                List<Expectation> further = new ArrayList<>(way);
                further.add(next);
                Optional<List<Expectation>> found = circle(further, seen);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static String sentence(List<Expectation> circle) {
        String names = circle.stream().map(Expectation::name).collect(Collectors.joining("', '"));
        return "expectations '" + names + "' form a circle: what each of them expects is what the next one follows, and"
                + " '" + circle.get(0).name() + "' follows the last; expected no way back, so change after or expect";
    }
}
