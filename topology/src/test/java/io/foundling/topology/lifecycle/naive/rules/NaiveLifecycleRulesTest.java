package io.foundling.topology.lifecycle.naive.rules;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;

/** The naive rules against the examples. */
final class NaiveLifecycleRulesTest extends LifecycleRulesContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new NaiveSubject(settings);
    }
}
