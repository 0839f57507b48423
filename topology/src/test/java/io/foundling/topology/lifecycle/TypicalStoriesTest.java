package io.foundling.topology.lifecycle;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.truth.TypicalStoriesContract;

/** The rules against typical stories. The contract cites what they prove. */
final class TypicalStoriesTest extends TypicalStoriesContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new RuledSubject(settings);
    }
}
