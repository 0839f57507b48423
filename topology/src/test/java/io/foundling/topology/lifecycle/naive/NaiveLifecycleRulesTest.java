package io.foundling.topology.lifecycle.naive;

/** The naive rules against the examples. */
final class NaiveLifecycleRulesTest extends LifecycleRulesContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new NaiveSubject(settings);
    }
}
