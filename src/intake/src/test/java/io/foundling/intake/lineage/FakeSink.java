package io.foundling.intake.lineage;

import io.foundling.audit.AuditEvent;
import io.foundling.intake.EventSink;
import io.foundling.intake.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keeps what it records, and answers as a test wants. */
final class FakeSink implements EventSink {

    private final List<AuditEvent> recorded = new CopyOnWriteArrayList<>();
    private volatile Function<AuditEvent, Outcome> answer = event -> new Outcome.Accepted();

    void answers(Function<AuditEvent, Outcome> found) {
        answer = found;
    }

    @Override
    public List<Outcome> record(List<AuditEvent> events) {
        recorded.addAll(events);
        return events.stream().map(answer).toList();
    }

    List<AuditEvent> recorded() {
        return List.copyOf(recorded);
    }
}
