package io.foundling.topology.lifecycle;

import java.util.function.Function;

/** Which runs of a scope must not be active at once (rule F4). */
public enum SingleRun {
    /** Any two. */
    ANY(attempt -> ""),
    /** Two with the same detail, or both without. */
    SAME_DETAIL(attempt -> firstText(attempt, fact -> fact.texts().detail())),
    /** Two with the same external id, or both without. */
    SAME_EXTERNAL_ID(AttemptFacts::externalId),
    /** Two under the same parent, or both without. */
    SAME_PARENT(AttemptFacts::parent);

    private final Function<AttemptFacts, String> field;

    SingleRun(Function<AttemptFacts, String> field) {
        this.field = field;
    }

    boolean isSame(AttemptFacts run, AttemptFacts other) {
        return field.apply(run).equals(field.apply(other));
    }

    private static String firstText(AttemptFacts attempt, Function<Fact, String> text) {
        for (Fact fact : attempt.facts()) {
            if (!text.apply(fact).isEmpty()) {
                return text.apply(fact);
            }
        }
        return "";
    }
}
