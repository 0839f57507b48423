package io.foundling.topology.settings;

import java.util.List;

/**
 * All policies of a ledger: one value, which is replaced as a whole when they change.
 *
 * @param policies windows, graces and demands; the first match counts
 * @param expectations which subjects should begin after others; all that match count, and they form no circle
 * @param alerts what policies add to alerts, in the order of the policies (rule A14)
 */
public record PolicySet(List<Policy> policies, List<Expectation> expectations, List<PolicyAlert> alerts) {

    public static final PolicySet NONE = new PolicySet(List.of(), List.of());

    public PolicySet {
        policies = List.copyOf(policies);
        expectations = List.copyOf(expectations);
        alerts = List.copyOf(alerts);
        new ExpectationCircle(expectations).sentence().ifPresent(circle -> {
            throw new IllegalArgumentException(circle);
        });
    }

    /** Adds nothing to alerts. */
    public PolicySet(List<Policy> policies, List<Expectation> expectations) {
        this(policies, expectations, List.of());
    }
}
