package io.foundling.topology.lifecycle.truth;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;

/** The naive rules against the truth: they can be wrong in the same way as the real ones. */
final class NaiveGroundTruthTest extends GroundTruthContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new NaiveSubject(settings);
    }
}
