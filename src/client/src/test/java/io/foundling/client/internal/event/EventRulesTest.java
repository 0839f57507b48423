package io.foundling.client.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.EventDraft;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.client.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Subject SUBJECT = new Subject(SubjectKind.RECORD, "university", "declaration", "7");

    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder(Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void shouldNameTheFieldWhenAValueIsWrong(String message, Function<EventDraft, CompletionStage<Ticket>> call) {
        assertThatThrownBy(() -> call.apply(recorder.on(SUBJECT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
        assertThat(recorder.events()).isEmpty();
    }

    static List<Arguments> wrong() {
        return List.of(
                wrong(
                        "attempt is 0, must be 1 to 10000",
                        draft -> draft.attempt(0).opened()),
                wrong("attempt is 10001", draft -> draft.attempt(10_001).opened()),
                wrong(
                        "parent.id is '', must not be blank",
                        draft -> draft.parent(subject("a", "b", "")).opened()),
                wrong(
                        "parent.kind is RECORD, must be BATCH, EXPORT, SCOPE or OPERATION",
                        draft -> draft.parent(new Subject(SubjectKind.RECORD, "a", "b", "c"))
                                .opened()),
                wrong(
                        "parent.source is ' '",
                        draft -> draft.parent(subject(" ", "b", "c")).opened()),
                wrong(
                        "occurredAt is +1000000000-12-31",
                        draft -> draft.occurredAt(Instant.MAX).opened()),
                wrong(
                        "metadata[k] is missing",
                        draft -> draft.metadata("k", null).opened()),
                wrong(
                        "metadata key is missing",
                        draft -> draft.metadata(Collections.singletonMap(null, "v"))
                                .opened()),
                wrong("body.maxAge is missing", draft -> draft.declared(null)),
                wrong("body.maxAge is 0 ms, must be more than 0", draft -> draft.declared(Duration.ZERO)),
                wrong(
                        "body.maxAge is PT2562047788015215H30M7S",
                        draft -> draft.declared(Duration.ofSeconds(Long.MAX_VALUE))),
                wrong("body.labels is missing", draft -> draft.declared(Duration.ofDays(1), null)),
                wrong("body.dueAt is missing", draft -> draft.expected((Instant) null)),
                wrong("body is missing", draft -> draft.expected((Expected) null)),
                wrong("body.promisedBy is ' '", draft -> draft.expected(new Expected(null, " ", null))),
                wrong("body.reason is missing", draft -> draft.retired(null)),
                wrong("body.dueAt is missing", draft -> draft.deferred((Instant) null)),
                wrong("body.dueAt is -1000000000", draft -> draft.deferred(Instant.MIN)),
                wrong("body is missing", draft -> draft.deferred((Deferred) null)),
                wrong("body.startedAt is missing", draft -> draft.pending(null, NOW)),
                wrong("body.completedAt is missing", draft -> draft.pending(NOW, null)),
                wrong("body.durationMs is -1, must be 0 or more", draft -> draft.pending(NOW, NOW.minusMillis(1))),
                wrong("body is missing", draft -> draft.pending(null)),
                wrong(
                        "body.expectedMembers is -1",
                        draft -> draft.pending(new Pending(NOW, NOW, 0L, null, null, null, null, -1L))),
                wrong("body.dueAt is missing", draft -> draft.extended((Instant) null)),
                wrong("body is missing", draft -> draft.extended((Extended) null)),
                wrong("body.durationMs is -1", draft -> draft.completed(new Completed(null, -1L, Map.of()))),
                wrong("body.counts[rows] is missing", draft -> draft.completed(Collections.singletonMap("rows", null))),
                wrong("body is missing", draft -> draft.completed((Completed) null)),
                wrong("body.errorType is missing", draft -> draft.failed(null, "m", true)),
                wrong("body.message is missing", draft -> draft.failed("e", null, true)),
                wrong("error is missing", draft -> draft.failed(null, true)),
                wrong("body.reason is missing", draft -> draft.skipped(null)),
                wrong("body.reason is missing", draft -> draft.cancelled(null, "a")),
                wrong("body.actor is '', must not be blank", draft -> draft.cancelled("r", "")),
                wrong("body.reason is missing", draft -> draft.erased(null, "a")),
                wrong("body.actor is ' '", draft -> draft.erased("r", " ")),
                wrong("body is missing", draft -> draft.reconciled(null)),
                wrong(
                        "body.checkType or body.status is UNKNOWN",
                        draft -> draft.reconciled(check(CheckType.UNKNOWN, NOW, 1L))),
                wrong("body.runDate is missing", draft -> draft.reconciled(check(CheckType.COUNT, null, 1L))),
                wrong("body.sourceRows is -5", draft -> draft.reconciled(check(CheckType.COUNT, NOW, -5L))));
    }

    @Test
    void shouldNameTheFieldWhenTheSubjectIsWrong() {
        assertRefused(null, "subject is missing");
        assertRefused(new Subject(null, "a", "b", "c"), "subject.kind is missing");
        assertRefused(new Subject(SubjectKind.UNKNOWN, "a", "b", "c"), "subject.kind is UNKNOWN");
        assertRefused(subject("", "b", "c"), "subject.source is '', must not be blank");
        assertRefused(subject("a", null, "c"), "subject.stage is missing");
        assertRefused(subject("a", "b", null), "subject.id is missing");
    }

    @Test
    void shouldNameTheFieldWhenACompleteEventIsWrong() {
        // Given
        recorder.on(SUBJECT).opened();
        AuditEvent event = recorder.events().get(0);

        // Then
        assertRefused(null, event, "event is missing");
        assertRefused("eventId", event, "eventId is missing");
        assertRefused("occurredAt", event, "occurredAt is missing");
        assertRefused("metadata", event, "metadata is missing");
        assertRefused("producer", event, "producer is missing");
        assertRefused("body", event, "body is missing");
        event.put("body", "text");
        assertThatThrownBy(() -> EventRules.check(event))
                .hasMessage("body is a java.lang.String, must be a fact of the contract");
    }

    @Test
    void shouldAcceptWhatIsUnusualButTrue() {
        // When
        recorder.on(subject("a", "b", "")).opened();
        recorder.on(SUBJECT).attempt(1).opened();
        recorder.on(SUBJECT).attempt(10_000).opened();
        recorder.on(SUBJECT).occurredAt(Instant.EPOCH.minusSeconds(1)).failed(new IllegalStateException(), false);
        for (SubjectKind kind : List.of(SubjectKind.EXPORT, SubjectKind.SCOPE, SubjectKind.OPERATION)) {
            recorder.on(SUBJECT).parent(new Subject(kind, "a", "b", "c")).opened();
        }
        recorder.on(SUBJECT).pending(NOW, NOW);
        recorder.on(SUBJECT).reconciled(check(CheckType.COUNT, NOW, null));

        // Then
        assertThat(recorder.events()).hasSize(9);
    }

    private void assertRefused(Subject subject, String message) {
        assertThatThrownBy(() -> recorder.on(subject).opened()).hasMessageStartingWith(message);
    }

    private static void assertRefused(String field, AuditEvent good, String message) {
        AuditEvent event = field == null ? null : AuditEvent.newBuilder(good).build();
        if (field != null) {
            event.put(field, null);
        }
        assertThatThrownBy(() -> EventRules.check(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Subject subject(String source, String stage, String id) {
        return new Subject(SubjectKind.BATCH, source, stage, id);
    }

    private static Reconciled check(CheckType type, Instant day, Long rows) {
        LocalDate date = day == null ? null : day.atZone(ZoneOffset.UTC).toLocalDate();
        return new Reconciled(type, CheckStatus.PASSED, date, rows, null, null, null, null, List.of());
    }

    private static Arguments wrong(String message, Function<EventDraft, CompletionStage<Ticket>> call) {
        return Arguments.of(message, call);
    }
}
