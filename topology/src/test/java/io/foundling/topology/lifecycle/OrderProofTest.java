package io.foundling.topology.lifecycle;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.rules.OrderProofContract;

/** The rules under every order. Proves rule L14. */
final class OrderProofTest extends OrderProofContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new RuledSubject(settings);
    }
}
