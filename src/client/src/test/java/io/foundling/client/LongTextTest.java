package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Deferred;
import io.foundling.audit.Failed;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Skipped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that often come from exceptions can be of any length; the outcome must be recorded nevertheless. */
class LongTextTest {

    private static final int ACCEPTED_BYTES = 1 << 20;
    private static final int LEDGER_BYTES = 1_024;
    private static final String HUGE = "x".repeat(1_200_000);

    private final FakeProducer producer = FakeProducer.acknowledging();
    private final AuditRecorder recorder = new TestRecorder().over(producer);

    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "€", "😀", "\ud83d"})
    void shouldCutTheMessageOfAnErrorToWhatTheLedgerKeeps(String character) {
        // When
        Failed failed = failed(new IllegalStateException(character.repeat(1_200_000 / character.length())));

        // Then
        assertThat(failed.getErrorType()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failed.getMessage()).startsWith(character).endsWith("... (cut; it had 1200000 characters)");
        assertThat(bytes(failed.getErrorType() + ": " + failed.getMessage())).isBetween(LEDGER_BYTES / 3, LEDGER_BYTES);
    }

    @Test
    void shouldKeepTheMessageOfAnErrorThatTheLedgerKeeps() {
        // Given
        String fits = "x".repeat(LEDGER_BYTES - "java.lang.IllegalStateException: ".length());

        // Then
        assertThat(failed(new IllegalStateException(fits)).getMessage()).isEqualTo(fits);
        assertThat(failed(new IllegalStateException(fits + "y")).getMessage()).contains("(cut; it had 992 characters)");
        assertThat(failed(new IllegalStateException()).getMessage()).isEqualTo("null");
    }

    @Test
    void shouldRecordTheOutcomeWhenTheErrorCannotTellItsMessage() {
        // Given
        Throwable broken = new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new UnsupportedOperationException("there is no message");
            }
        };

        // Then
        assertThat(failed(broken).getMessage())
                .isEqualTo("(the message cannot be read: its getMessage() throws"
                        + " java.lang.UnsupportedOperationException)");
    }

    static List<Consumer<EventDraft>> huge() {
        return List.of(
                draft -> draft.failed("Timeout", HUGE, false),
                draft -> draft.failed(HUGE, HUGE, false),
                draft -> draft.skipped(HUGE),
                draft -> draft.cancelled(HUGE, "registrar"),
                draft -> draft.erased(HUGE, "registrar"),
                draft -> draft.retired(HUGE),
                draft -> draft.deferred(new Deferred(null, HUGE)),
                draft -> draft.pending(Pending.newBuilder()
                        .setStartedAt(Instant.EPOCH)
                        .setCompletedAt(Instant.EPOCH)
                        .setDurationMs(1)
                        .setContextBefore(HUGE)
                        .setContextAfter(HUGE)
                        .build()),
                draft -> draft.detail(HUGE).completed(),
                draft -> draft.metadata(Map.of("stack", HUGE, "short", "stays")).completed(),
                draft -> draft.reconciled(reconciled(List.of(HUGE, HUGE))),
                draft -> draft.reconciled(reconciled(Collections.nCopies(500_000, "a row is missing"))));
    }

    @ParameterizedTest
    @MethodSource("huge")
    void shouldCutTextsThatNoBrokerWouldAccept(Consumer<EventDraft> call) {
        // When
        call.accept(recorder.on(subject(1)));

        // Then
        recorder.flush(LONG);
        AuditEvent event = producer.sent().get(0);
        assertThat(event.toString().length()).isLessThan(ACCEPTED_BYTES / 2);
        assertThat(event.toString()).containsPattern("\\(cut; it had (1200000 characters|500000 entries)\\)");
    }

    @Test
    void shouldSendTextsOfAReasonableLengthAsTheyAre() {
        // Given
        String text = "x".repeat(50_000);

        // When
        recorder.on(subject(1)).detail(text).metadata("k", text).skipped(text);
        recorder.on(subject(1)).cancelled(text, text);
        recorder.on(subject(1)).reconciled(reconciled(List.of(text, "y")));
        recorder.flush(LONG);

        // Then
        List<AuditEvent> sent = producer.sent();
        assertThat(sent.get(0).getBody()).isEqualTo(new Skipped(text));
        assertThat(sent.get(0).getDetail()).isEqualTo(text);
        assertThat(sent.get(0).getMetadata()).containsEntry("k", text);
        assertThat(sent.get(1).getBody()).isEqualTo(new Cancelled(text, text));
        assertThat(((Reconciled) sent.get(2).getBody()).getErrors()).containsExactly(text, "y");
    }

    @Test
    void shouldCutInMemoryAsInAService() {
        // Given
        InMemoryAuditRecorder memory = new InMemoryAuditRecorder();

        // When
        memory.skipped(subject(1), HUGE);

        // Then
        assertThat(Stream.of(memory.last()).map(AuditEvent::getBody).map(Skipped.class::cast))
                .allMatch(body -> body.getReason().length() <= 50_000
                        && body.getReason().endsWith("... (cut; it had 1200000 characters)"));
    }

    private Failed failed(Throwable error) {
        recorder.on(subject(1)).failed(error, true);
        recorder.flush(LONG);
        List<AuditEvent> sent = producer.sent();
        return (Failed) sent.get(sent.size() - 1).getBody();
    }

    private static Reconciled reconciled(List<String> errors) {
        return Reconciled.newBuilder()
                .setCheckType(CheckType.values()[1])
                .setStatus(CheckStatus.values()[1])
                .setRunDate(LocalDate.EPOCH)
                .setErrors(errors)
                .build();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
