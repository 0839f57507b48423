package io.foundling.topology.lifecycle.naive.rules;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;

/** The naive rules must be order-proof themselves before anything is compared with them. */
final class NaiveOrderProofTest extends OrderProofContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new NaiveSubject(settings);
    }
}
