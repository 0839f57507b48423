package io.foundling.topology.lifecycle.naive.generators;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import java.util.List;
import java.util.Optional;

/** One step of a scenario: an event that arrives, or a look. */
public record NaiveStep(Optional<NaiveEvent> event, NaiveMoment moment) {

    public List<NaiveChange> apply(LifecycleUnderTest subject) {
        return event.map(arriving -> subject.arrive(arriving, moment)).orElseGet(() -> subject.look(moment));
    }
}
