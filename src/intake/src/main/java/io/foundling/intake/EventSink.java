package io.foundling.intake;

import io.foundling.audit.AuditEvent;
import java.util.List;

/** Where accepted events go. Any thread. */
public interface EventSink {

    /**
     * Records events in their order, and returns within a limit of time.
     *
     * @return what became of each, in the same order
     */
    List<Outcome> record(List<AuditEvent> events);
}
