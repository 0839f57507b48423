package io.foundling.topology.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.foundling.audit.Annotated;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Deferred;
import io.foundling.audit.Erased;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.Pending;
import io.foundling.audit.Producer;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Retired;
import io.foundling.audit.Skipped;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Builds audit events about records of one source and stage. Two events with the same content have the same eventId,
 * and so are one fact, unless the test numbers them.
 */
public final class Events {

    public static final String SOURCE = "university";
    public static final String STAGE = "declaration";

    private final Function<Optional<Instant>, Object> body;
    private final Map<String, String> metadata = new TreeMap<>();
    private SubjectKind kind = SubjectKind.RECORD;
    private String source = SOURCE;
    private String stage = STAGE;
    private String id;
    private Optional<Subject> parent = Optional.empty();
    private Optional<Integer> attempt = Optional.empty();
    private Optional<Instant> dueAt = Optional.empty();
    private Optional<String> detail = Optional.empty();
    private Optional<UUID> eventId = Optional.empty();
    private Instant occurredAt = LedgerHarness.START;
    private int number;
    private long dropped;

    private Events(String id, Function<Optional<Instant>, Object> body) {
        this.id = id;
        this.body = body;
    }

    public static Events of(String id, Object body) {
        return new Events(id, dueAt -> body);
    }

    public static Events declared(String id) {
        return declared(id, Duration.ofDays(1));
    }

    public static Events declared(String id, Duration maxAge) {
        return of(id, new Declared(maxAge.toMillis(), Map.of()));
    }

    public static Events expected(String id) {
        return new Events(id, dueAt -> new Expected(dueAt.orElse(null), null, null));
    }

    public static Events opened(String id) {
        return of(id, new Opened());
    }

    public static Events deferred(String id) {
        return new Events(id, dueAt -> new Deferred(dueAt.orElse(null), null));
    }

    public static Events pending(String id) {
        return new Events(
                id,
                dueAt -> new Pending(
                        LedgerHarness.START, LedgerHarness.START, 0L, null, null, dueAt.orElse(null), null, null));
    }

    public static Events extended(String id, Instant dueAt) {
        return of(id, new Extended(dueAt, null));
    }

    public static Events completed(String id) {
        return of(id, new Completed(null, null, Map.of()));
    }

    public static Events failed(String id) {
        return of(id, new Failed("Rejected", "not accepted", false, Map.of()));
    }

    public static Events retrying(String id) {
        return of(id, new Failed("Timeout", "no answer", true, Map.of()));
    }

    public static Events skipped(String id) {
        return of(id, new Skipped("not needed"));
    }

    public static Events cancelled(String id) {
        return of(id, new Cancelled("written off", "operator"));
    }

    public static Events erased(String id) {
        return of(id, new Erased("asked to be forgotten", "registrar"));
    }

    public static Events retired(String id) {
        return of(id, new Retired("no longer kept"));
    }

    public static Events annotated(String id) {
        return of(id, new Annotated());
    }

    /** Reports how a comparison of row counts ended. */
    public static Events reconciled(String id, CheckStatus status, LocalDate runDate) {
        return reconciled(id, CheckType.COUNT, status, runDate);
    }

    public static Events reconciled(String id, CheckType check, CheckStatus status, LocalDate runDate) {
        return of(id, new Reconciled(check, status, runDate, 100L, 98L, null, 2L, null, List.of()))
                .kind(SubjectKind.SCOPE);
    }

    /** When it happened; otherwise {@link LedgerHarness#START}. */
    public Events at(Instant when) {
        occurredAt = when;
        return this;
    }

    public Events attempt(int found) {
        attempt = Optional.of(found);
        return this;
    }

    public Events dueAt(Instant when) {
        dueAt = Optional.of(when);
        return this;
    }

    /** Names a batch of the same source and stage as the parent. */
    public Events parent(String batch) {
        return parent(new Subject(SubjectKind.BATCH, SOURCE, STAGE, batch));
    }

    public Events parent(Subject subject) {
        parent = Optional.of(subject);
        return this;
    }

    public Events kind(SubjectKind found) {
        kind = found;
        return this;
    }

    public Events source(String found) {
        source = found;
        return this;
    }

    public Events stage(String found) {
        stage = found;
        return this;
    }

    public Events detail(String text) {
        detail = Optional.of(text);
        return this;
    }

    public Events metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /** The producer reports that it dropped events. */
    public Events dropped(long count) {
        dropped = count;
        return this;
    }

    /** Tells events of the same content apart. */
    public Events number(int found) {
        number = found;
        return this;
    }

    public Events eventId(UUID found) {
        eventId = Optional.of(found);
        return this;
    }

    /** Returns the key of a record of the usual source and stage. */
    public static String key(String id) {
        return SubjectKey.of(SubjectKind.RECORD, SOURCE, STAGE, id);
    }

    public AuditEvent build() {
        AuditEvent event = event(new UUID(0, 0));
        String content = number + " " + event;
        return event(eventId.orElseGet(() -> UUID.nameUUIDFromBytes(content.getBytes(UTF_8))));
    }

    private AuditEvent event(UUID found) {
        return AuditEvent.newBuilder()
                .setEventId(found)
                .setSubject(new Subject(kind, source, stage, id))
                .setParent(parent.orElse(null))
                .setAttempt(attempt.orElse(null))
                .setOccurredAt(occurredAt)
                .setDetail(detail.orElse(null))
                .setMetadata(metadata)
                .setProducer(new Producer("declarations", "pod-1", "1.0", dropped))
                .setBody(body.apply(dueAt))
                .build();
    }
}
