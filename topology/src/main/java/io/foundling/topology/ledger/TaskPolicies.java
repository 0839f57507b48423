package io.foundling.topology.ledger;

import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.PolicySet;
import java.util.List;
import java.util.function.Supplier;

/**
 * The policies that one ledger task goes by. It takes over those in force only at the beginning of a turn, so that one
 * set judges everything in a turn, and every event until the next one (rule T21). For the stream thread of the task.
 */
final class TaskPolicies {

    private final Supplier<PolicySet> inForce;
    private PolicySet policies;
    private PolicyDeadlines deadlines;

    /** @param inForce returns another set once the policies have changed */
    TaskPolicies(Supplier<PolicySet> inForce) {
        this.inForce = inForce;
        take(inForce.get());
    }

    private void take(PolicySet others) {
        policies = others;
        deadlines = new PolicyDeadlines(others.policies(), others.expectations());
    }

    /** Takes over the policies in force; returns whether they are others. */
    boolean follow() {
        PolicySet now = inForce.get();
        boolean isChanged = !now.equals(policies);
        if (isChanged) {
            take(now);
        }
        return isChanged;
    }

    PolicySet all() {
        return policies;
    }

    List<Expectation> expectations() {
        return policies.expectations();
    }

    PolicyDeadlines deadlines() {
        return deadlines;
    }
}
