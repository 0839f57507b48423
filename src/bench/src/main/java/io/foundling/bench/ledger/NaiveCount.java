package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.Pending;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import java.util.HashMap;
import java.util.Map;

/** The last state of every subject of the load, by its key: the last event says it, and who awaits is an orphan. */
final class NaiveCount {

    private final Map<String, LastState> states = new HashMap<>();

    void add(AuditEvent event) {
        Status status = status(event.getBody());
        // Only a subject with a deadline can become an orphan; batches have no deadline.
        boolean awaits = status == Status.DEFERRED || status == Status.PENDING;
        boolean hasDeadline = !(event.getBody() instanceof Pending pending && pending.getDueAt() == null);
        states.put(SubjectKey.of(event.getSubject()), new LastState(status, awaits && hasDeadline));
    }

    Map<String, LastState> states() {
        return states;
    }

    /** Returns the status that a body implies. */
    static Status status(Object body) {
        if (body instanceof Deferred) {
            return Status.DEFERRED;
        }
        if (body instanceof Pending) {
            return Status.PENDING;
        }
        if (body instanceof Completed) {
            return Status.COMPLETED;
        }
        if (body instanceof Failed) {
            return Status.FAILED;
        }
        if (body instanceof Opened) {
            return Status.OPEN;
        }
        throw new IllegalArgumentException("the load has no " + body.getClass().getSimpleName());
    }
}
