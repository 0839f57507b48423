package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The facts of a subject under the policies in force (rule T21). */
final class RetimedFacts {

    private RetimedFacts() {}

    /**
     * Returns the facts with the deadline that the policies give to the one that gave the present status its deadline, and
     * without those of expectations that are not in force. They stay as they are if the subject does not await, or if the
     * past would be judged otherwise.
     */
    static List<Fact> of(PlacedDisposition subject, Distances distances, Function<Fact, Optional<Fact>> policies) {
        Disposition state = subject.disposition();
        if (state.isRemoved() || !Statuses.awaits(state.status())) {
            return state.facts();
        }
        List<Fact> facts = inForce(subject, policies);
        Placement placement = Placement.of(facts, state.collapsed(), distances);
        if (placement.latest().isEmpty()) {
            return facts;
        }
        List<Wait> waits = Waits.of(placement);
        Wait present = Waits.present(waits, placement.latest().get());
        List<Fact> retimed = facts.stream()
                .map(fact -> present != null && gives(fact, present)
                        ? policies.apply(fact).orElse(fact)
                        : fact)
                .toList();
        List<Wait> after = Waits.of(Placement.of(retimed, state.collapsed(), distances));
        return isSameHistory(waits, after) ? retimed : facts;
    }

    /** A subject that is EXPECTED only because of expectations that are not in force is expected no more (rule E6). */
    private static List<Fact> inForce(PlacedDisposition subject, Function<Fact, Optional<Fact>> policies) {
        List<Fact> facts = subject.disposition().facts();
        AttemptFacts latest = subject.placement().latest().orElseThrow();
        if (latest.status() != Status.EXPECTED) {
            return facts;
        }
        Set<Fact> gone = latest.facts().stream()
                .filter(fact -> fact.isOfExpectation() && policies.apply(fact).isEmpty())
                .collect(Collectors.toSet());
        return gone.isEmpty()
                ? facts
                : facts.stream().filter(fact -> !gone.contains(fact)).toList();
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
