package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Urgent events behind a spool of some hundred kilobytes, which counts as long because the whole spool has one MiB. */
@Timeout(60)
class UrgentLaneTest {

    private static final int BEFORE = 1_500;

    @TempDir
    private Path directory;

    private final TestRecorder described = new TestRecorder();

    @Test
    void shouldSendAFailurePastALongSpool() {
        // Given: sending all that waits takes 75 s
        FakeProducer producer = FakeProducer.acknowledging().slow(Duration.ofMillis(50));
        AuditRecorder recorder = withLongSpool(producer);

        // When
        CompletionStage<Ticket> urgent = recorder.failed(subject("urgent"), "Timeout", "no answer", true);

        // Then
        await().until(() -> urgent.toCompletableFuture().isDone());
        assertThat(urgent.toCompletableFuture()).isCompleted();
        assertThat(producer.sent()).hasSizeLessThan(BEFORE / 2);
        recorder.close(Duration.ZERO);
    }

    @Test
    void shouldSendEachEventOnceAndEmptyTheSpool() {
        // Given
        FakeProducer producer = FakeProducer.acknowledging().away(true);
        AuditRecorder recorder = withLongSpool(producer);
        IntStream.range(0, 100)
                .forEach(i -> recorder.on(subject("urgent " + i)).urgent().opened());

        // When
        producer.away(false);

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        await().until(() -> described.metrics.gauges().spooledBytes() == 0);
        assertThat(producer.sent())
                .extracting(AuditEvent::getEventId)
                .doesNotHaveDuplicates()
                .hasSize(BEFORE + 100);
        assertThat(recorder.close(LONG)).isZero();
    }

    @Test
    void shouldSendAnUrgentEventAgainWhenTheBrokerDoesNotKeepIt() {
        // Given
        FakeProducer producer = FakeProducer.acknowledging()
                .slow(Duration.ofMillis(50))
                .refusing("urgent", new NotEnoughReplicasException("one is missing"));
        AuditRecorder recorder = withLongSpool(producer);

        // When
        CompletionStage<Ticket> urgent = recorder.on(subject("urgent")).urgent().opened();

        // Then
        await().until(() -> urgent.toCompletableFuture().isDone());
        assertThat(urgent.toCompletableFuture()).isCompleted();
        assertThat(timesSent(producer, "urgent")).isEqualTo(1);
        assertThat(described.metrics.retries()).isPositive();
        assertThat(producer.sent()).hasSizeLessThan(BEFORE / 2);
        recorder.close(Duration.ZERO);
    }

    @Test
    void shouldLoseAnUrgentEventThatTheBrokerRefuses() {
        // Given
        FakeProducer producer = FakeProducer.acknowledging()
                .slow(Duration.ofMillis(50))
                .refusing("urgent", new RecordTooLargeException("too large"));
        AuditRecorder recorder = withLongSpool(producer);

        // When
        CompletionStage<Ticket> urgent = recorder.on(subject("urgent")).urgent().opened();

        // Then
        assertThatThrownBy(() -> urgent.toCompletableFuture().join())
                .cause()
                .isInstanceOfSatisfying(
                        LostEventException.class,
                        lost -> assertThat(lost.reason()).isEqualTo(LossReason.TOO_LARGE));
        assertThat(described.metrics.lostEvents()).isEqualTo(1);
        recorder.close(Duration.ZERO);
    }

    @Test
    void shouldLeaveAnUrgentEventInTheSpoolWhenTheBrokerStaysAway() {
        // Given
        AuditRecorder recorder = withLongSpool(FakeProducer.acknowledging().away(true));
        CompletionStage<Ticket> urgent = recorder.on(subject("urgent")).urgent().opened();

        // When
        long lost = recorder.close(Duration.ofSeconds(3));

        // Then
        assertThat(lost).isZero();
        assertThatThrownBy(() -> urgent.toCompletableFuture().join()).cause().isInstanceOf(EventSpooledException.class);
        FakeProducer producer = FakeProducer.acknowledging();
        AuditRecorder successor = described.over(producer);
        await().until(() -> timesSent(producer, "urgent") == 1);
        successor.close(LONG);
        assertThat(producer.sent()).hasSize(BEFORE + 1);
    }

    private AuditRecorder withLongSpool(FakeProducer producer) {
        described.withSpool(directory);
        AuditRecorder recorder = described.over(producer);
        IntStream.range(0, BEFORE).forEach(i -> recorder.opened(subject(i)));
        await().until(() -> described.metrics.gauges().spooledBytes() > (1 << 20) / 8);
        return recorder;
    }

    private static long timesSent(FakeProducer producer, String id) {
        return List.copyOf(producer.sent()).stream()
                .filter(event -> event.getSubject().getId().equals(id))
                .count();
    }
}
