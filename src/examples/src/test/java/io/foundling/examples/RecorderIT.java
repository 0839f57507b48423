package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.client.AuditRecorder;
import io.foundling.client.LossReason;
import io.foundling.client.LostEventException;
import io.foundling.client.QueueFullPolicy;
import io.foundling.client.Ticket;
import io.foundling.schemas.SubjectKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a recorder promises while a real broker and a real registry answer. */
@ExtendWith(SharedStack.class)
class RecorderIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration NEXT_TO_NOTHING = Duration.ofMillis(50);

    @TempDir
    private Path home;

    private final WrittenEvents events;

    RecorderIT(WrittenEvents events) {
        this.events = events;
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "SPILL"})
    void shouldTellWhereEachEventIsWhenItIsWritten(QueueFullPolicy policy) {
        // Given
        try (AuditRecorder recorder = events.roomyRecorder("told", policy, home).build()) {
            Reports reports = new Reports(recorder, "told");

            // When
            reports.report(100);

            // Then
            assertThat(recorder.flush(LONG)).isTrue();
            Map<Ticket, AuditEvent> written = events.byTicket();
            assertThat(written).hasSize(100);
            for (int i = 0; i < 100; i++) {
                AuditEvent event = written.get(reports.tickets().get(i).join());
                assertThat(event.getSubject()).isEqualTo(Reports.subject("told-" + i % 10));
                assertThat(event.getAttempt()).isEqualTo(i / 10 + 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "SPILL"})
    void shouldLoseOneEventAndSayItWithALaterOneWhenItIsTooLarge(QueueFullPolicy policy) {
        // Given
        try (AuditRecorder recorder =
                events.roomyRecorder("poisoned", policy, home).build()) {
            recorder.opened(Reports.subject("before"));

            // When
            CompletableFuture<Ticket> poison = recorder.on(Reports.subject("poison"))
                    .metadata("x".repeat(2 << 20), "")
                    .opened()
                    .toCompletableFuture();
            recorder.opened(Reports.subject("behind"));

            // Then
            assertThat(recorder.flush(LONG)).isTrue();
            assertThat(poison)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            LostEventException.class,
                            lost -> assertThat(lost.reason()).isEqualTo(LossReason.TOO_LARGE));
            recorder.opened(Reports.subject("later"));
            assertThat(recorder.flush(LONG)).isTrue();
            assertThat(events.bySubject()).hasSize(3).containsKey(SubjectKey.of(Reports.subject("behind")));
            assertThat(written("before").getProducer().getDropped()).isZero();
            assertThat(written("later").getProducer().getDropped()).isEqualTo(1);
        }
    }

    @Test
    void shouldHaveWrittenTheEventWhenACallOfASynchronousRecorderReturns() {
        // Given
        try (AuditRecorder recorder = events.recorder("sync").async(false).build()) {
            // When
            CompletableFuture<Ticket> ticket =
                    recorder.opened(Reports.subject("awaited")).toCompletableFuture();

            // Then
            assertThat(ticket).isCompleted();
            assertThat(events.byTicket().get(ticket.join()).getSubject()).isEqualTo(Reports.subject("awaited"));
        }
    }

    @Test
    void shouldUseNextToNoProcessorTimeWhenNothingIsReported() {
        // Given
        RecorderThreads threads = new RecorderThreads();
        List<AuditRecorder> recorders = new ArrayList<>();
        try {
            for (int i = 0; i < 25; i++) {
                recorders.add(events.recorder("idle").build());
                recorders.add(events.recorder("idle-with-spool")
                        .spill(home.resolve(Integer.toString(i)), 1 << 20)
                        .durable(Duration.ofMillis(100))
                        .build());
            }
            recorders.forEach(recorder -> recorder.opened(Reports.subject("idle")));
            assertThat(recorders).allMatch(recorder -> recorder.flush(LONG));
            assertThat(threads.count()).isEqualTo(25 * 2 + 25 * 3);

            // When
            // For a second a recorder looks for more events every few milliseconds.
            Duration used = await().atMost(Duration.ofSeconds(30))
                    .until(() -> threads.cpuTimeDuring(IDLE), each -> each.compareTo(NEXT_TO_NOTHING) < 0);

            // Then
            System.out.println("50 idle recorders: " + used.toNanos() / 1_000 + " us of processor time in " + IDLE);
        } finally {
            recorders.forEach(AuditRecorder::close);
        }
    }

    private AuditEvent written(String id) {
        return events.bySubject().get(SubjectKey.of(Reports.subject(id))).get(0);
    }
}
