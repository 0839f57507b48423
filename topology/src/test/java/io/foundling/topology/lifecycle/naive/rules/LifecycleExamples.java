package io.foundling.topology.lifecycle.naive.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The words of the examples. Times are milliseconds from nowhere in particular. */
public interface LifecycleExamples {

    NaiveSettings SETTINGS = new NaiveSettings(100);

    LifecycleUnderTest newSubject(NaiveSettings settings);

    default LifecycleUnderTest newSubject() {
        return newSubject(SETTINGS);
    }

    /** Returns a subject that took the events in one after another before its task had a clock. */
    default LifecycleUnderTest having(NaiveEventDraft... events) {
        LifecycleUnderTest subject = newSubject();
        for (NaiveEventDraft event : events) {
            assertThat(subject.arrive(event.event(), NaiveMoment.unset())).isEmpty();
        }
        return subject;
    }

    /** Returns the disposition of the events, which is the same whichever way round they arrive. */
    default NaiveView viewOf(NaiveEventDraft... events) {
        return viewAt(NaiveMoment.UNSET, events);
    }

    /** Returns the disposition of the events once the clock is there. */
    default NaiveView viewAt(long clockMs, NaiveEventDraft... events) {
        List<NaiveEventDraft> reversed = Arrays.asList(events.clone());
        Collections.reverse(reversed);
        LifecycleUnderTest forward = having(events);
        LifecycleUnderTest backward = having(reversed.toArray(NaiveEventDraft[]::new));
        forward.look(NaiveMoment.at(clockMs));
        backward.look(NaiveMoment.at(clockMs));
        assertThat(backward.view()).isEqualTo(forward.view());
        return forward.view().orElseThrow();
    }

    default List<NaiveWarning> warningsAt(long clockMs, NaiveEventDraft... events) {
        return viewAt(clockMs, events).warnings();
    }

    default Set<NaiveViolation> violationsOf(NaiveEventDraft... events) {
        return having(events).reportedViolations();
    }

    static List<NaiveChange> arriveAt(long clockMs, LifecycleUnderTest subject, NaiveEventDraft event) {
        return subject.arrive(event.event(), NaiveMoment.at(clockMs));
    }

    static List<NaiveChange> lookAt(long clockMs, LifecycleUnderTest subject) {
        return subject.look(NaiveMoment.at(clockMs));
    }

    static NaiveChange emitted(int attempt, Status status, int extension) {
        return new NaiveChange(NaiveChange.Kind.EMITTED, attempt, status, extension);
    }

    static NaiveChange updated(int attempt, Status status, int extension) {
        return new NaiveChange(NaiveChange.Kind.UPDATED, attempt, status, extension);
    }

    static NaiveChange reminded(int attempt, Status status, int extension) {
        return new NaiveChange(NaiveChange.Kind.REMINDED, attempt, status, extension);
    }

    static NaiveChange recovered(int attempt, Status status, int extension) {
        return new NaiveChange(NaiveChange.Kind.RECOVERED, attempt, status, extension);
    }

    static NaiveChange withdrawn(int attempt, Status status, int extension) {
        return new NaiveChange(NaiveChange.Kind.WITHDRAWN, attempt, status, extension);
    }

    /** Returns the warning of the first wait of a status in attempt 1 whose fact named its own deadline. */
    static NaiveWarning warning(Status status, long enteredAtMs, long deadlineMs, long recoveredAtMs) {
        return new NaiveWarning(
                1, status, 0, OrphanReason.DEADLINE_PASSED, enteredAtMs, deadlineMs, "dueAt", recoveredAtMs);
    }

    static NaiveWarning active(Status status, long enteredAtMs, long deadlineMs) {
        return warning(status, enteredAtMs, deadlineMs, Times.NEVER);
    }

    static NaiveEventDraft declared(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.DECLARED, occurredAtMs);
    }

    static NaiveEventDraft opened(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.OPENED, occurredAtMs);
    }

    static NaiveEventDraft deferred(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.DEFERRED, occurredAtMs);
    }

    static NaiveEventDraft pending(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.PENDING, occurredAtMs);
    }

    static NaiveEventDraft retrying(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.RETRYING, occurredAtMs);
    }

    static NaiveEventDraft completed(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.COMPLETED, occurredAtMs);
    }

    static NaiveEventDraft failed(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.FAILED, occurredAtMs);
    }

    static NaiveEventDraft skipped(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.SKIPPED, occurredAtMs);
    }

    static NaiveEventDraft cancelled(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.CANCELLED, occurredAtMs);
    }

    static NaiveEventDraft retired(long occurredAtMs) {
        return NaiveEventDraft.of(FactType.RETIRED, occurredAtMs);
    }

    static NaiveEventDraft extended(long occurredAtMs, long dueAtMs) {
        return NaiveEventDraft.of(FactType.EXTENDED, occurredAtMs).due(dueAtMs);
    }
}
