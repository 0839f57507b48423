package io.foundling.console.model.table;

import io.foundling.audit.AuditEvent;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericContainer;

/** The columns of {@code event}. */
final class EventColumns {

    static final List<Column<AuditEvent>> ALL = Stream.of(
                    SubjectColumns.withKey(AuditEvent::getSubject),
                    List.<Column<AuditEvent>>of(
                            Column.subjectKey("parent_key", AuditEvent::getParent),
                            Column.text("fact", EventColumns::fact),
                            Column.count("attempt", AuditEvent::getAttempt),
                            Column.text("event_id", event -> event.getEventId().toString()),
                            Column.time("occurred_ms", AuditEvent::getOccurredAt),
                            Column.text("service", event -> event.getProducer().getService())))
            .flatMap(List::stream)
            .toList();

    private EventColumns() {}

    private static String fact(AuditEvent event) {
        return ((GenericContainer) event.getBody()).getSchema().getName();
    }
}
