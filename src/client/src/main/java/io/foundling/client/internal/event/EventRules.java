package io.foundling.client.internal.event;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.ParentKinds;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The checks of an event before it is accepted, on the calling thread. A problem is an {@link IllegalArgumentException}
 * whose message names the field, the value and the rule.
 */
public final class EventRules {

    private static final int MAX_ATTEMPT = 10_000;

    private EventRules() {}

    public static void check(AuditEvent event) {
        present("event", event);
        present("eventId", event.getEventId());
        present("subject", event.getSubject());
        subject("subject", event.getSubject());
        if (event.getParent() != null) {
            subject("parent", event.getParent());
            parentKind(event.getParent().getKind());
            text("parent.id", event.getParent().getId());
        }
        attempt(event.getAttempt());
        instant("occurredAt", event.getOccurredAt());
        entries("metadata", event.getMetadata());
        producer(event.getProducer());
        BodyTypes.of(event.getBody()).check(event.getBody());
    }

    /**
     * An id may be empty, so that a service can report a record that has no id. Names of fields are put together only
     * for a problem, because every call comes here.
     */
    private static void subject(String field, Subject subject) {
        SubjectKind kind = subject.getKind();
        if (kind == null || subject.getId() == null) {
            throw missing(field + (kind == null ? ".kind" : ".id"));
        }
        if (kind == SubjectKind.UNKNOWN) {
            throw problem(field + ".kind", "UNKNOWN", "must name a kind; UNKNOWN is only for readers");
        }
        if (isBlank(subject.getSource())) {
            text(field + ".source", subject.getSource());
        }
        if (isBlank(subject.getStage())) {
            text(field + ".stage", subject.getStage());
        }
    }

    private static boolean isBlank(String value) {
        return value == null || value.isBlank();
    }

    private static void parentKind(SubjectKind kind) {
        if (!ParentKinds.include(kind)) {
            throw problem("parent.kind", kind, "must be " + ParentKinds.NAMES);
        }
    }

    private static void attempt(Integer attempt) {
        if (attempt != null && (attempt < 1 || attempt > MAX_ATTEMPT)) {
            throw problem("attempt", attempt, "must be 1 to " + MAX_ATTEMPT);
        }
    }

    private static void producer(Producer producer) {
        present("producer", producer);
        text("producer.service", producer.getService());
        present("producer.instance", producer.getInstance());
        present("producer.version", producer.getVersion());
        notNegative("producer.dropped", producer.getDropped());
    }

    public static <T> T present(String field, T value) {
        if (value == null) {
            throw missing(field);
        }
        return value;
    }

    private static IllegalArgumentException missing(String field) {
        return new IllegalArgumentException(field + " is missing");
    }

    static void text(String field, String value) {
        present(field, value);
        if (value.isBlank()) {
            throw problem(field, "'" + value + "'", "must not be blank");
        }
    }

    static void notNegative(String field, Long value) {
        if (value != null && value < 0) {
            throw problem(field, value, "must be 0 or more");
        }
    }

    static void instant(String field, Instant value) {
        present(field, value);
        try {
            value.toEpochMilli();
        } catch (ArithmeticException tooFar) {
            throw problem(field, value, "must be a time that fits in milliseconds");
        }
    }

    public static long millis(String field, Duration value) {
        present(field, value);
        try {
            return value.toMillis();
        } catch (ArithmeticException tooLong) {
            throw problem(field, value, "must fit in milliseconds");
        }
    }

    public static void entries(String field, Map<String, ?> map) {
        present(field, map);
        if (map.isEmpty()) {
            // Most maps are: an iterator would be garbage of every call.
            return;
        }
        for (Map.Entry<String, ?> entry : map.entrySet()) {
            if (entry.getKey() == null) {
                throw missing(field + " key");
            }
            if (entry.getValue() == null) {
                throw missing(field + "[" + entry.getKey() + "]");
            }
        }
    }

    static IllegalArgumentException problem(String field, Object value, String rule) {
        return new IllegalArgumentException(field + " is " + value + ", " + rule);
    }
}
