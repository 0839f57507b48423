package io.foundling.topology.lifecycle.naive;

/** The naive rules must be order-proof themselves before anything is compared with them. */
final class NaiveOrderProofTest extends OrderProofContract {

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        return new NaiveSubject(settings);
    }
}
