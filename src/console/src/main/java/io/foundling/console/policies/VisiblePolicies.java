package io.foundling.console.policies;

import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.PolicySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The policies that may be about the sources of somebody, and the others. An expectation is about both of its sources.
 *
 * @param visible those that somebody may see
 * @param hidden those that are only about other sources
 */
public record VisiblePolicies(PolicySet visible, PolicySet hidden) {

    public static VisiblePolicies of(PolicySet policies, Predicate<String> maySee) {
        Predicate<Optional<String>> isVisible =
                source -> source.map(maySee::test).orElse(true);
        return new VisiblePolicies(filtered(policies, isVisible, false), filtered(policies, isVisible, true));
    }

    private static PolicySet filtered(PolicySet all, Predicate<Optional<String>> isVisible, boolean isNegated) {
        Predicate<Policy> policies = each -> isVisible.test(each.match().source());
        Predicate<Expectation> expectations =
                each -> isVisible.test(each.after().source())
                        && isVisible.test(each.expected().source());
        Predicate<PolicyAlert> alerts = each -> isVisible.test(each.source());
        return new PolicySet(
                kept(all.policies(), isNegated ? policies.negate() : policies),
                kept(all.expectations(), isNegated ? expectations.negate() : expectations),
                kept(all.alerts(), isNegated ? alerts.negate() : alerts));
    }

    private static <T> List<T> kept(List<T> all, Predicate<T> which) {
        return all.stream().filter(which).toList();
    }

    /**
     * Returns other policies in place of the visible ones. No subject matches both a hidden policy and one that is only
     * about sources of somebody, so those in front hide nothing.
     *
     * @throws InvalidPoliciesException if they and the hidden ones expect one another in a circle
     */
    PolicySet with(PolicySet others) {
        try {
            return new PolicySet(
                    joined(others.policies(), hidden.policies()),
                    joined(others.expectations(), hidden.expectations()),
                    joined(others.alerts(), hidden.alerts()));
        } catch (IllegalArgumentException circle) {
            throw new InvalidPoliciesException(
                    List.of("the expectations form a circle with those about other sources, expected none"));
        }
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
