package io.foundling.intake.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Opened;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** These ids must stay: a repeat after an upgrade must be known as a repeat. */
class DerivedIdTest {

    private static final String NOON = "2026-11-30T12:00:00Z";

    @Test
    void shouldStayAsItIs() {
        assertThat(id(
                        "token:airflow",
                        "run-1",
                        event("1", NOON, Opened.newBuilder().build()),
                        0))
                .isEqualTo("0e72abbf-9dd5-3bdb-b31d-45e1bde504aa");
        assertThat(DerivedId.ofCloudEvent("/jobs", "1")).hasToString("4e71a314-0132-35a8-bfa5-fc2eb61a6eca");
    }

    @Test
    void shouldDifferInEachPart() {
        AuditEvent event = event("1", NOON, Opened.newBuilder().build());
        AuditEvent again = event("1", NOON, Opened.newBuilder().build());
        again.put("attempt", 2);
        assertThat(List.of(
                        id("a", "bc", event, 0),
                        id("ab", "c", event, 0),
                        id("a", "bc", event, 1),
                        id("a", "bc", event("2", NOON, Opened.newBuilder().build()), 0),
                        id(
                                "a",
                                "bc",
                                event(
                                        "1",
                                        "2026-11-30T12:00:01Z",
                                        Opened.newBuilder().build()),
                                0),
                        id("a", "bc", event("1", NOON, Deferred.newBuilder().build()), 0),
                        id("a", "bc", again, 0),
                        DerivedId.ofCloudEvent("a", "bc").toString()))
                .doesNotHaveDuplicates();
    }

    private static String id(String caller, String key, AuditEvent event, int number) {
        return DerivedId.ofKey(caller, key, event, number).toString();
    }

    private static AuditEvent event(String id, String at, Object body) {
        return AuditEvent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setSubject(new Subject(SubjectKind.RECORD, "university", "declaration", id))
                .setOccurredAt(Instant.parse(at))
                .setProducer(new Producer("airflow", "one", "1", 0L))
                .setBody(body)
                .build();
    }
}
