package io.foundling.intake;

import io.foundling.audit.AuditEvent;
import java.util.List;

/** Where accepted events go. Any thread. */
public interface EventSink {

    /**
     * Records events in their order, and returns within a limit of time.
     *
     * @return what became of each, in the same order
     * @throws io.foundling.console.web.ProblemException with 429 and Retry-After if too many events wait to become durable, or
     *     503 if none has become durable for long; then none of these events was recorded
     */
    List<Outcome> record(List<AuditEvent> events);
}
