package io.foundling.topology.lifecycle.naive.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One subject under the lifecycle rules, whoever implements them. */
public interface LifecycleUnderTest {

    /** Takes an event in and returns what that causes. */
    List<NaiveChange> arrive(NaiveEvent event, NaiveMoment moment);

    /** Looks at the subject as a sweep does and returns what that causes. */
    List<NaiveChange> look(NaiveMoment moment);

    /** Returns the disposition; empty while the subject has no status. */
    Optional<NaiveView> view();

    /** Returns every violation reported so far. */
    Set<NaiveViolation> reportedViolations();
}
