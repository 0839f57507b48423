package io.foundling.topology.lifecycle;

import io.foundling.topology.lifecycle.naive.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.NaiveSettings;
import io.foundling.topology.lifecycle.naive.OrderProofContract;

/** The rules under every order. */
final class OrderProofTest extends OrderProofContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new RuledSubject(settings);
    }
}
