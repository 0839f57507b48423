package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveClosing;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.List;
import java.util.Map;

/** Members of a parent whose closings are given; the settle grace is 5. */
interface ParentExamples extends LifecycleExamples {

    String BATCH = "batch/s/t/1";
    String OTHER = "batch/s/t/2";
    NaiveSettings WITH_GRACE = new NaiveSettings(100, 5);

    default NaiveMoment at(long clockMs, NaiveClosing... closings) {
        return new NaiveMoment(clockMs, 0, Map.of(BATCH, List.of(closings)));
    }

    default LifecycleUnderTest member(NaiveEventDraft... events) {
        LifecycleUnderTest subject = newSubject(WITH_GRACE);
        for (NaiveEventDraft event : events) {
            subject.arrive(event.event(), NaiveMoment.unset());
        }
        return subject;
    }

    default List<NaiveWarning> warnings(NaiveMoment moment, NaiveEventDraft... events) {
        LifecycleUnderTest subject = member(events);
        subject.look(moment);
        return subject.view().orElseThrow().warnings();
    }

    static NaiveWarning orphan(Status status, long enteredAtMs, long limitMs, long leftAtMs) {
        return new NaiveWarning(1, status, 0, OrphanReason.PARENT_CLOSED, enteredAtMs, limitMs, "closure", leftAtMs);
    }
}
