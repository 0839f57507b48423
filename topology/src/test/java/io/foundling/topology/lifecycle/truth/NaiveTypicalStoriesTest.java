package io.foundling.topology.lifecycle.truth;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;

/** The naive rules against typical stories. */
final class NaiveTypicalStoriesTest extends TypicalStoriesContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new NaiveSubject(settings);
    }
}
