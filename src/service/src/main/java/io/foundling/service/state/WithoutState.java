package io.foundling.service.state;

import io.foundling.schemas.failure.Causes;
import org.apache.kafka.common.errors.FencedInstanceIdException;

/** What the failure of a stream thread means where tasks keep no state: only the name of the instance may be at fault. */
public final class WithoutState {

    private WithoutState() {}

    public static StateVerdict verdict(Throwable failure) {
        return Causes.find(failure, FencedInstanceIdException.class)
                .<StateVerdict>map(fenced -> new StateVerdict.Unusable(new UnusableStateException(
                        "another process joined under the name of this instance, and this one gave way to it; give each"
                                + " process an instance of its own",
                        fenced)))
                .orElseGet(StateVerdict.Unconcerned::new);
    }
}
