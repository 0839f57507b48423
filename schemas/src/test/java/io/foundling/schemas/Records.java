package io.foundling.schemas;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Records for tests. */
final class Records {

    private Records() {}

    static AuditEvent deferredEvent() {
        return AuditEvent.newBuilder()
                .setEventId(new UUID(1, 2))
                .setSubject(new Subject(SubjectKind.RECORD, "university", "declaration", "ŁÓDŹ 7"))
                .setParent(new Subject(SubjectKind.BATCH, "university", "declaration", "b1"))
                .setAttempt(2)
                .setOccurredAt(Instant.parse("2026-01-02T03:04:05.678Z"))
                .setDetail("2026-09")
                .setMetadata(Map.of("k", "v", "faculty", "law"))
                .setProducer(new Producer("declarations", "pod-1", "1.0", 3L))
                .setBody(new Deferred(Instant.parse("2026-02-01T00:00:00Z"), "nightly run"))
                .build();
    }
}
