package io.foundling.topology.lifecycle;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.rules.LifecycleRulesContract;

/** The rules against the examples. The contract cites what they prove. */
final class LifecycleRulesTest extends LifecycleRulesContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new RuledSubject(settings);
    }
}
