package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.Opened;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InMemoryAuditRecorderTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");
    private static final Subject RECORD = new Subject(SubjectKind.RECORD, "university", "declaration", "4711");
    private static final Subject BATCH = new Subject(SubjectKind.BATCH, "university", "declaration", "b1");

    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void shouldKeepEventsInTheOrderOfTheCalls() {
        // When
        recorder.opened(BATCH);
        recorder.on(RECORD).parent(BATCH).attempt(2).detail("2026-09").deferred(LATER);
        recorder.completed(RECORD);

        // Then
        assertThat(recorder.events()).extracting(AuditEvent::getSubject).containsExactly(BATCH, RECORD, RECORD);
        assertThat(recorder.events(RECORD))
                .extracting(AuditEvent::getParent, AuditEvent::getAttempt, AuditEvent::getDetail)
                .containsExactly(tuple(BATCH, 2, "2026-09"), tuple(null, null, null));
        assertThat(recorder.bodies())
                .containsExactly(new Opened(), new Deferred(LATER, null), new Completed(null, null, Map.of()));
        assertThat(recorder.bodies(Deferred.class)).containsExactly(new Deferred(LATER, null));
        assertThat(recorder.last().getBody()).isInstanceOf(Completed.class);
    }

    @Test
    void shouldNameTheCurrentSpan() {
        // Given
        SpanContext context = SpanContext.create(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getSampled(),
                TraceState.getDefault());

        // When
        try (Scope scope = Span.wrap(context).makeCurrent()) {
            assertThat(scope).isNotNull();
            recorder.opened(RECORD);
        }
        recorder.completed(RECORD);

        // Then
        assertThat(recorder.events())
                .extracting(AuditEvent::getTraceparent)
                .containsExactly("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
    }

    @Test
    void shouldFixIdTimeAndProducerAtTheCall() {
        // When
        recorder.opened(RECORD);

        // Then
        AuditEvent event = recorder.last();
        assertThat(event.getEventId().version()).isEqualTo(7);
        assertThat(event.getOccurredAt()).isEqualTo(NOW);
        assertThat(event.getProducer()).isEqualTo(new Producer("in-memory", "in-memory", "unknown", 0L));
    }

    @Test
    void shouldTakeTheTimeOfNowWhenNoClockIsGiven() {
        // Given
        Instant before = Instant.now().minusMillis(1);
        InMemoryAuditRecorder standard = new InMemoryAuditRecorder();

        // When
        standard.opened(RECORD);

        // Then
        assertThat(standard.last().getOccurredAt()).isBetween(before, Instant.now());
    }

    @Test
    void shouldCompleteTicketsAtOnce() {
        assertThat(recorder.opened(RECORD).toCompletableFuture()).isCompletedWithValue(new Ticket("in-memory", 0, 0));
        assertThat(recorder.completed(RECORD).toCompletableFuture())
                .isCompletedWithValue(new Ticket("in-memory", 0, 1));
    }

    @Test
    void shouldRefuseWhatTheRealOneRefuses() {
        // Given
        Subject nowhere = new Subject(SubjectKind.RECORD, "university", " ", "4711");
        recorder.loseNext(LossReason.REFUSED);

        // Then
        assertThatThrownBy(() -> recorder.opened(nowhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("subject.stage is ' ', must not be blank");
        assertThatThrownBy(() -> recorder.on(RECORD).attempt(10_001).opened())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> recorder.record(null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(recorder.events()).isEmpty();
        assertThat(recorder.lost()).isEmpty();
    }

    @Test
    void shouldKeepACompleteEventAsItWasAtTheCall() {
        // Given
        recorder.opened(RECORD);
        AuditEvent event = AuditEvent.newBuilder(recorder.last())
                .setProducer(new Producer("other", "pod-1", "1", 9L))
                .build();

        // When
        recorder.record(event);

        // Then
        assertThat(recorder.last()).isEqualTo(event);
    }

    @Test
    void shouldNotSeeWhatTheCallerChangesLater() {
        // Given
        Map<String, Long> counts = new HashMap<>(Map.of("rows", 1L));
        recorder.on(RECORD).completed(counts);
        List<AuditEvent> before = recorder.events();

        // When
        counts.put("rows", 2L);
        recorder.opened(RECORD);

        // Then
        assertThat(before).hasSize(1).isUnmodifiable();
        assertThat(recorder.bodies(Completed.class)).containsExactly(new Completed(null, null, Map.of("rows", 1L)));
    }

    @ParameterizedTest
    @EnumSource(LossReason.class)
    void shouldLoseTheNextEventAndTellSoInLaterOnes(LossReason reason) {
        // Given
        recorder.opened(RECORD);
        recorder.loseNext(reason);

        // When
        CompletionStage<Ticket> ticket = recorder.completed(RECORD);

        // Then
        assertThatThrownBy(() -> ticket.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        LostEventException.class,
                        loss -> assertThat(loss.reason()).isEqualTo(reason))
                .hasMessageContaining(reason.name());
        assertThat(recorder.bodies()).containsExactly(new Opened());
        assertThat(recorder.lost())
                .singleElement()
                .satisfies(event -> assertThat(event.getProducer().getDropped()).isZero());
        assertThat(recorder.opened(BATCH).toCompletableFuture()).isCompletedWithValue(new Ticket("in-memory", 0, 1));
        assertThat(recorder.last().getProducer().getDropped()).isEqualTo(1);
    }

    @Test
    void shouldLoseOneEventForEachDemand() {
        // Given
        recorder.loseNext(LossReason.QUEUE_FULL);
        recorder.loseNext(LossReason.REFUSED);

        // When
        recorder.opened(RECORD);
        recorder.opened(RECORD);
        recorder.completed(RECORD);

        // Then
        assertThat(recorder.lost())
                .extracting(event -> event.getProducer().getDropped())
                .containsExactly(0L, 1L);
        assertThat(recorder.bodies()).containsExactly(new Completed(null, null, Map.of()));
        assertThat(recorder.last().getProducer().getDropped()).isEqualTo(2);
    }

    @Test
    void shouldSaySoWhenThereIsNoLastEvent() {
        // Given
        recorder.loseNext(LossReason.REFUSED);
        recorder.opened(RECORD);

        // Then
        assertThatThrownBy(recorder::last)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no audit event was written (lost: 1)");
    }

    @Test
    void shouldForgetEventsAndKeepCountsWhenItIsCleared() {
        // Given
        recorder.opened(RECORD);
        recorder.loseNext(LossReason.REFUSED);
        recorder.opened(RECORD);

        // When
        recorder.clear();
        CompletionStage<Ticket> next = recorder.completed(RECORD);

        // Then
        assertThat(recorder.lost()).isEmpty();
        assertThat(recorder.events()).hasSize(1);
        assertThat(recorder.last().getProducer().getDropped()).isEqualTo(1);
        assertThat(next.toCompletableFuture()).isCompletedWithValue(new Ticket("in-memory", 0, 1));
    }

    @Test
    void shouldRefuseWhenItIsClosed() {
        // Given
        recorder.opened(RECORD);
        assertThat(recorder.isClosed()).isFalse();
        EventDraft draft = recorder.on(RECORD);

        // When
        recorder.close();

        // Then
        assertThat(recorder.isClosed()).isTrue();
        assertThat(recorder.close(Duration.ZERO)).isZero();
        assertThat(recorder.flush(Duration.ZERO)).isTrue();
        assertThatThrownBy(draft::completed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(recorder.events()).hasSize(1);
    }
}
