package io.foundling.topology.lifecycle;

import java.util.List;
import java.util.function.UnaryOperator;

/** The facts of a subject under the policies in force (rule T21). */
final class RetimedFacts {

    private RetimedFacts() {}

    /**
     * Returns the facts with the deadline that the policies give to the one that gave the present status its deadline.
     * They stay as they are if the subject does not await, or if the past would be judged otherwise.
     */
    static List<Fact> of(PlacedDisposition subject, Distances distances, UnaryOperator<Fact> policies) {
        Disposition state = subject.disposition();
        if (state.isRemoved() || !Statuses.awaits(state.status())) {
            return state.facts();
        }
        List<Wait> waits = subject.waits();
        Wait present = Waits.present(waits, subject.placement().latest().orElseThrow());
        List<Fact> facts = state.facts().stream()
                .map(fact -> present != null && gives(fact, present) ? policies.apply(fact) : fact)
                .toList();
        List<Wait> after = Waits.of(Placement.of(facts, state.collapsed(), distances));
        return isSameHistory(waits, after) ? facts : state.facts();
    }

    /** Whether a fact, and no extension after it, gave a wait its deadline. */
    private static boolean gives(Fact fact, Wait wait) {
        return fact.type().status() == wait.id().status()
                && fact.time().equals(wait.given())
                && fact.deadline().rule().equals(wait.limit().deadline().rule());
    }

    /** Whether extensions and repeats are judged as before: under another deadline they could have come too late. */
    private static boolean isSameHistory(List<Wait> before, List<Wait> after) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int at = 0; at < before.size(); at++) {
            Wait was = before.get(at);
            Wait is = after.get(at);
            if (!was.id().equals(is.id()) || was.enteredAtMs() != is.enteredAtMs()) {
                return false;
            }
        }
        return true;
    }
}
