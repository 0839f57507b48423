package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.List;

/**
 * That a scope should exist, and how often it should be completed (rule F1).
 *
 * @param sinceMs when it was first declared since it was last retired; {@link Times#NEVER} if it is not declared
 * @param maxAgeMs the last one that was declared; {@link Fact#NOT_SAID} if none was
 */
public record Declaration(long sinceMs, long maxAgeMs) {

    public static final Declaration NONE = new Declaration(Times.NEVER, Fact.NOT_SAID);

    /** Returns that of a subject. */
    static Declaration of(Placement placement, Collapsed collapsed) {
        List<Fact> facts = new ArrayList<>();
        for (AttemptFacts attempt : placement.attempts().values()) {
            for (Fact fact : attempt.facts()) {
                if (fact.type() == FactType.DECLARED || fact.type() == FactType.RETIRED) {
                    facts.add(fact);
                }
            }
        }
        facts.sort(Fact.TOTAL_ORDER);
        Declaration declaration = collapsed.scope().declaration();
        for (Fact fact : facts) {
            declaration = declaration.after(fact);
        }
        return declaration;
    }

    /** Whether it was not retired. */
    public boolean isInForce() {
        return sinceMs != Times.NEVER;
    }

    /** Returns what holds after a later fact. */
    Declaration after(Fact fact) {
        if (fact.type() == FactType.RETIRED) {
            return NONE;
        }
        return fact.type() == FactType.DECLARED
                ? new Declaration(
                        Math.min(sinceMs, fact.occurredAtMs()),
                        fact.maxAgeMs() == Fact.NOT_SAID ? maxAgeMs : fact.maxAgeMs())
                : this;
    }
}
