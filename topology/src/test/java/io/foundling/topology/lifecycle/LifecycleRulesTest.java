package io.foundling.topology.lifecycle;

import io.foundling.topology.lifecycle.naive.LifecycleRulesContract;
import io.foundling.topology.lifecycle.naive.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.NaiveSettings;

/** The rules against the examples. */
final class LifecycleRulesTest extends LifecycleRulesContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new RuledSubject(settings);
    }
}
