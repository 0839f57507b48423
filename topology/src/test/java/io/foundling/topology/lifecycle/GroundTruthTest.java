package io.foundling.topology.lifecycle;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.truth.GroundTruthContract;

/** The rules against the truth. The contract cites what they prove. */
final class GroundTruthTest extends GroundTruthContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new RuledSubject(settings);
    }
}
