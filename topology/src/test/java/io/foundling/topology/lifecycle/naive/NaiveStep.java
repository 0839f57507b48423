package io.foundling.topology.lifecycle.naive;

import java.util.List;
import java.util.Optional;

/** One step of a scenario: an event that arrives, or a look. */
public record NaiveStep(Optional<NaiveEvent> event, NaiveMoment moment) {

    public List<NaiveNotice> apply(LifecycleUnderTest subject) {
        return event.map(arriving -> subject.arrive(arriving, moment)).orElseGet(() -> subject.look(moment));
    }
}
