package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kafka-clients")
class KafkaAuditRecorderTest {

    private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Subject RECORD = new Subject(SubjectKind.RECORD, "university", "declaration", "ŁÓDŹ 7");
    private static final Subject BATCH = new Subject(SubjectKind.BATCH, "university", "declaration", "b1");

    private final FakeProducer producer = FakeProducer.acknowledging();
    private final AuditRecorder recorder = new TestRecorder().over(producer);

    @Test
    void shouldSendEveryFactWithWhatItCarries() {
        // Given
        Pending submission = new Pending(TestRecorder.NOW, LATER, 5L, "before", "after", LATER, "job-1", 3L);
        Reconciled check = new Reconciled(
                CheckType.COUNT, CheckStatus.FAILED, LocalDate.EPOCH, 1L, 2L, null, null, null, List.of("e"));

        // When
        recorder.declared(BATCH, Duration.ofDays(1));
        recorder.expected(RECORD, LATER);
        recorder.retired(BATCH, "gone");
        recorder.opened(BATCH);
        recorder.deferred(RECORD);
        recorder.deferred(RECORD, LATER);
        recorder.pending(RECORD, LATER, LATER.plusMillis(7));
        recorder.pending(RECORD, submission);
        recorder.extended(RECORD, LATER);
        recorder.completed(RECORD);
        recorder.failed(RECORD, "Timeout", "no answer", true);
        recorder.skipped(RECORD, "closed");
        recorder.cancelled(RECORD, "paper form", "registrar");
        recorder.erased(RECORD, "asked to be forgotten", "registrar");
        recorder.annotated(RECORD, "k", "v");
        recorder.reconciled(BATCH, check);

        // Then
        assertThat(sent())
                .extracting(AuditEvent::getBody)
                .containsExactly(
                        new Declared(86_400_000L, Map.of()),
                        new Expected(LATER, null, null),
                        new Retired("gone"),
                        new Opened(),
                        new Deferred(null, null),
                        new Deferred(LATER, null),
                        new Pending(LATER, LATER.plusMillis(7), 7L, null, null, null, null, null),
                        submission,
                        new Extended(LATER, null),
                        new Completed(null, null, Map.of()),
                        new Failed("Timeout", "no answer", true, Map.of()),
                        new Skipped("closed"),
                        new Cancelled("paper form", "registrar"),
                        new Erased("asked to be forgotten", "registrar"),
                        new Annotated(),
                        check);
    }

    @Test
    void shouldSendWhatTheDraftSays() {
        // Given
        EventDraft draft = recorder.on(RECORD)
                .parent(BATCH)
                .attempt(2)
                .detail("2026-09")
                .metadata("faculty", "law")
                .metadata(Map.of("term", "2"))
                .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        // When
        CompletionStage<Ticket> ticket = draft.deferred(LATER);

        // Then
        AuditEvent event = sent().get(0);
        ProducerRecord<String, AuditEvent> sent = producer.history().get(0);
        assertThat(sent.topic()).isEqualTo("audit.events");
        assertThat(sent.key()).isEqualTo("record/university/declaration/%C5%81%C3%93D%C5%B9%207");
        assertThat(event.getEventId().version()).isEqualTo(7);
        assertThat(event.getSubject()).isEqualTo(RECORD);
        assertThat(event.getParent()).isEqualTo(BATCH);
        assertThat(event.getAttempt()).isEqualTo(2);
        assertThat(event.getOccurredAt()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(event.getDetail()).isEqualTo("2026-09");
        assertThat(event.getMetadata()).isEqualTo(Map.of("faculty", "law", "term", "2"));
        assertThat(event.getTraceparent()).startsWith("00-0af7");
        assertThat(event.getProducer()).isEqualTo(new Producer("declarations", "pod-1", "1.2", 0L));
        assertThat(ticket.toCompletableFuture()).isCompletedWithValue(new Ticket("audit.events", 0, 0));
    }

    @Test
    void shouldSendAMessageThatTheLedgerCanRead() {
        // Given
        recorder.on(RECORD).parent(BATCH).occurredAt(LATER).completed(Map.of("rows", 3L));
        AuditEvent sent = sent().get(0);

        // When
        byte[] message = new AvroSerializer<AuditEvent>(producer.registry).serialize("audit.events", sent);

        // Then
        assertThat(new AvroDeserializer<>(producer.registry, AuditEvent.class).deserialize("audit.events", message))
                .isEqualTo(sent);
        assertThat(sent.getOccurredAt()).isEqualTo(LATER);
    }

    @Test
    void shouldGiveEveryEventItsOwnIdWhenADraftIsUsedTwice() {
        // Given
        EventDraft draft = recorder.on(RECORD);
        EventDraft numbered = draft.attempt(3);

        // When
        draft.opened();
        numbered.opened();

        // Then
        AuditEvent first = sent().get(0);
        AuditEvent second = sent().get(1);
        assertThat(first.getEventId()).isNotEqualTo(second.getEventId());
        assertThat(first.getAttempt()).isNull();
        assertThat(second.getAttempt()).isEqualTo(3);
    }

    @Test
    void shouldNotChangeAnEventThatWaitsWhenTheCallerGoesOnWithItsMaps() {
        // Given
        Map<String, String> metadata = new HashMap<>(Map.of("faculty", "law"));
        Map<String, Long> counts = new HashMap<>(Map.of("rows", 1L));
        List<String> errors = new ArrayList<>(List.of("e"));
        recorder.on(RECORD).metadata(metadata).completed(counts);
        recorder.failed(RECORD, "t", "m", false);
        recorder.reconciled(
                BATCH,
                new Reconciled(CheckType.COUNT, CheckStatus.FAILED, LocalDate.EPOCH, 1L, 2L, null, null, null, errors));

        // When
        metadata.put("faculty", "arts");
        counts.clear();
        errors.add("later");

        // Then
        assertThat(sent().get(0).getMetadata()).isEqualTo(Map.of("faculty", "law"));
        assertThat(sent().get(0).getBody()).isEqualTo(new Completed(null, null, Map.of("rows", 1L)));
        assertThat(((Reconciled) sent().get(2).getBody()).getErrors()).containsExactly("e");
    }

    @Test
    void shouldNotLetACallerCompleteATicket() {
        // Given
        CompletionStage<Ticket> ticket = recorder.opened(RECORD);

        // When
        ticket.toCompletableFuture().complete(new Ticket("made-up", 1, 1));
        assertThatThrownBy(() -> ((CompletableFuture<Ticket>) ticket).complete(null))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((CompletableFuture<Ticket>) ticket).cancel(true))
                .isInstanceOf(UnsupportedOperationException.class);
        recorder.flush(LONG);

        // Then
        assertThat(ticket.toCompletableFuture()).isCompletedWithValue(new Ticket("audit.events", 0, 0));
        assertThat(ticket.thenApply(Ticket::offset).toCompletableFuture()).isCompletedWithValue(0L);
    }

    private List<AuditEvent> sent() {
        recorder.flush(LONG);
        return producer.sent();
    }
}
