package io.foundling.topology.lifecycle.truth;

import io.foundling.audit.SubjectKind;
import io.foundling.topology.lifecycle.FactType;
import java.util.List;

/** What the runs of a subject go through, and who reports it. The outcome is the worker's to report. */
enum Flow {
    ALONE(new Step(FactType.OPENED, Role.WORKER)),
    POOL(new Step(FactType.DEFERRED, Role.DISPATCHER)),
    OPENED_POOL(new Step(FactType.OPENED, Role.DISPATCHER), new Step(FactType.DEFERRED, Role.DISPATCHER)),
    SUBMITTED(new Step(FactType.PENDING, Role.DISPATCHER)),
    OPENED_SUBMITTED(new Step(FactType.OPENED, Role.WORKER), new Step(FactType.PENDING, Role.DISPATCHER)),
    LONG(
            new Step(FactType.OPENED, Role.DISPATCHER),
            new Step(FactType.DEFERRED, Role.DISPATCHER),
            new Step(FactType.PENDING, Role.WORKER)),
    BEATING(new Step(FactType.OPENED, Role.WORKER));

    /** Who reports: the dispatcher while it submits, the worker when it gets there. */
    enum Role {
        DISPATCHER,
        WORKER
    }

    /** One status on the way. */
    record Step(FactType type, Role role) {}

    private final List<Step> steps;

    Flow(Step... steps) {
        this.steps = List.of(steps);
    }

    List<Step> steps() {
        return steps;
    }

    boolean beats() {
        return this == BEATING;
    }

    /** Whether a second poller may report Pending once more after the result; only a RECORD has rules for that. */
    boolean isPolledTwice(SubjectKind kind) {
        return this == SUBMITTED && kind == SubjectKind.RECORD;
    }
}
