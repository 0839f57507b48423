package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Annotated;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Deferred;
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
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.schemas.registry.RegistryUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaAuditRecorderTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Subject RECORD = new Subject(SubjectKind.RECORD, "university", "declaration", "ŁÓDŹ 7");
    private static final Subject BATCH = new Subject(SubjectKind.BATCH, "university", "declaration", "b1");

    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final MockProducer<String, AuditEvent> producer = producer(true);
    private final AuditRecorder recorder = recorder(producer);

    @Test
    void shouldSendEveryFactWithWhatItCarries() {
        // Given
        Pending submission = new Pending(NOW, LATER, 5L, "before", "after", LATER, "job-1", 3L);
        Reconciled check = new Reconciled(
                CheckType.COUNT, CheckStatus.FAILED, LocalDate.EPOCH, 1L, 2L, null, null, null, List.of("e"));

        // When
        recorder.declared(BATCH, Duration.ofDays(1));
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
        recorder.annotated(RECORD, "k", "v");
        recorder.reconciled(BATCH, check);

        // Then
        assertThat(producer.history())
                .extracting(sent -> sent.value().getBody())
                .containsExactly(
                        new Declared(86_400_000L, Map.of()),
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
        ProducerRecord<String, AuditEvent> sent = producer.history().get(0);
        AuditEvent event = sent.value();
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
        AuditEvent sent = producer.history().get(0).value();

        // When
        byte[] message = new AvroSerializer<AuditEvent>(registry).serialize("audit.events", sent);

        // Then
        assertThat(new AvroDeserializer<>(registry, AuditEvent.class).deserialize("audit.events", message))
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
        AuditEvent first = producer.history().get(0).value();
        AuditEvent second = producer.history().get(1).value();
        assertThat(first.getEventId()).isNotEqualTo(second.getEventId());
        assertThat(first.getAttempt()).isNull();
        assertThat(second.getAttempt()).isEqualTo(3);
    }

    @Test
    void shouldCountALossInLaterEventsWhenTheBrokerRefusesOne() {
        // Given
        MockProducer<String, AuditEvent> slow = producer(false);
        AuditRecorder slowRecorder = recorder(slow);
        CompletionStage<Ticket> lost = slowRecorder.opened(RECORD);

        // When
        slow.errorNext(new RecordTooLargeException("too large"));
        slowRecorder.completed(RECORD);

        // Then
        assertThatThrownBy(() -> lost.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RecordTooLargeException.class);
        assertThat(slow.history().get(1).value().getProducer().getDropped()).isEqualTo(1);
    }

    @Test
    void shouldFailTheTicketAndGoOnWhenTheRegistryIsAway() {
        // Given
        registry.down(true);

        // When
        CompletionStage<Ticket> lost = recorder.opened(RECORD);
        registry.down(false);
        CompletionStage<Ticket> sent = recorder.completed(RECORD);

        // Then
        assertThatThrownBy(() -> lost.toCompletableFuture().join())
                .hasCauseInstanceOf(RegistryUnavailableException.class);
        assertThat(sent.toCompletableFuture()).isCompleted();
        assertThat(producer.history().get(0).value().getProducer().getDropped()).isEqualTo(1);
    }

    @Test
    void shouldWaitForWhatWasRecordedBeforeWhenItIsFlushed() {
        // Given
        MockProducer<String, AuditEvent> slow = producer(false);
        AuditRecorder slowRecorder = recorder(slow);
        CompletableFuture<Ticket> ticket = slowRecorder.opened(RECORD).toCompletableFuture();
        assertThat(ticket).isNotDone();

        // When
        boolean done = slowRecorder.flush(LONG);

        // Then
        assertThat(done).isTrue();
        assertThat(ticket).isCompleted();
        assertThat(slowRecorder.completed(RECORD).toCompletableFuture()).isNotDone();
    }

    @Test
    void shouldFlushAtOnceWhenNothingIsUnderWay() {
        assertThat(recorder.flush(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldSaySoWhenAFlushTakesTooLong() {
        // Given
        AuditRecorder stuck = recorder(new UnflushableProducer(registry));
        stuck.opened(RECORD);

        // Then
        assertThat(stuck.flush(SHORT)).isFalse();
        assertThat(stuck.flush(Duration.ZERO)).isFalse();
    }

    @Test
    void shouldEndTheFlushAndKeepTheInterruptWhenItIsInterrupted() throws InterruptedException {
        // Given
        AuditRecorder stuck = recorder(new UnflushableProducer(registry));
        stuck.opened(RECORD);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread flusher = new Thread(() -> {
            boolean done = stuck.flush(LONG);
            interrupted.set(!done && Thread.currentThread().isInterrupted());
        });
        flusher.start();
        await().until(() -> flusher.getState() == Thread.State.TIMED_WAITING);

        // When
        flusher.interrupt();
        flusher.join();

        // Then
        assertThat(interrupted).isTrue();
    }

    @Test
    void shouldCountWhatItCouldNotWriteWhenItIsClosed() {
        // Given
        AuditRecorder stuck = recorder(new UnflushableProducer(registry));
        CompletionStage<Ticket> first = stuck.opened(RECORD);
        stuck.completed(RECORD);

        // When
        long lost = stuck.close(SHORT);

        // Then
        assertThat(lost).isEqualTo(2);
        assertThat(first.toCompletableFuture()).isCompletedExceptionally();
        assertThat(stuck.close(SHORT)).isZero();
    }

    @Test
    void shouldRefuseWhenItIsClosed() {
        // Given
        recorder.opened(RECORD);
        assertThat(recorder.close(LONG)).isZero();
        recorder.close();

        // Then
        assertThatThrownBy(() -> recorder.completed(RECORD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(producer.history()).hasSize(1);
        assertThat(producer.closed()).isTrue();
        assertThat(recorder.flush(LONG)).isTrue();
    }

    @Test
    void shouldNotLetACallerCompleteATicket() {
        // Given
        MockProducer<String, AuditEvent> slow = producer(false);
        CompletionStage<Ticket> ticket = recorder(slow).opened(RECORD);

        // When
        ticket.toCompletableFuture().complete(new Ticket("made-up", 1, 1));
        slow.completeNext();

        // Then
        assertThat(ticket.toCompletableFuture()).isCompletedWithValue(new Ticket("audit.events", 0, 0));
    }

    @Test
    void shouldCloseTheProducerWhenItWasMadeFromSettings() {
        // Given: nobody has to answer before the first event
        AuditRecorder real = KafkaAuditRecorder.builder()
                .bootstrapServers("127.0.0.1:1")
                .schemaRegistryUrl("mock://made-from-settings")
                .service("declarations")
                .kafka("max.block.ms", "10")
                .build();

        // When
        CompletionStage<Ticket> lost = real.opened(RECORD);

        // Then
        assertThatThrownBy(() -> lost.toCompletableFuture().join())
                .hasMessageContaining("audit.events not present in metadata");
        assertThat(real.close(LONG)).isZero();
    }

    private static AuditRecorder recorder(MockProducer<String, AuditEvent> producer) {
        RecorderSettings settings = RecorderSettings.fromProperties(Map.of(
                "audit.bootstrap.servers", "unused:1",
                "audit.schema.registry.url", "mock://unused",
                "audit.service", "declarations",
                "audit.instance", "pod-1",
                "audit.version", "1.2"));
        return new KafkaAuditRecorder(settings, producer, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private MockProducer<String, AuditEvent> producer(boolean autoComplete) {
        return new MockProducer<>(autoComplete, null, new StringSerializer(), new AvroSerializer<>(registry));
    }
}
