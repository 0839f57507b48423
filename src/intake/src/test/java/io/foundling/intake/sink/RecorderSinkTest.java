package io.foundling.intake.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Opened;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.LossReason;
import io.foundling.client.LostEventException;
import io.foundling.client.NotDurableException;
import io.foundling.console.web.ProblemException;
import io.foundling.intake.IntakeListener.Result;
import io.foundling.intake.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecorderSinkTest {

    private static final Duration LIMIT = Duration.ofMillis(200);
    private static final SinkSettings SETTINGS = new SinkSettings(10, 1 << 20, 4, LIMIT);

    private final Recorder recorder = new Recorder();
    private final Map<Result, Integer> counts = new EnumMap<>(Result.class);
    private final AtomicLong now = new AtomicLong();
    private final RecorderSink sink = new RecorderSink(
            recorder, SETTINGS, (result, events) -> counts.merge(result, events, Integer::sum), now::get);

    /** Keeps stages, which the test completes. */
    private static final class Recorder implements DurableRecorder {

        private final List<CompletableFuture<Void>> stages = new ArrayList<>();
        private boolean isQuick;
        private RuntimeException refusal;

        @Override
        public synchronized CompletionStage<Void> record(AuditEvent event) {
            if (refusal != null) {
                throw refusal;
            }
            CompletableFuture<Void> stage = new CompletableFuture<>();
            if (isQuick) {
                stage.complete(null);
            }
            stages.add(stage);
            return stage;
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldAcceptWhatIsDurable() {
        recorder.isQuick = true;
        assertThat(sink.record(events(3))).containsOnly(new Outcome.Accepted()).hasSize(3);
        assertThat(counts).containsEntry(Result.ACCEPTED, 3);
        assertThat(sink.inFlight()).isZero();
    }

    @Test
    void shouldNotAcceptWhatIsNotKnownToBeDurableInTime() {
        // When
        List<Outcome> outcomes = sink.record(events(2));

        // Then
        assertThat(outcomes).allMatch(outcome -> outcome instanceof Outcome.Unavailable);
        assertThat(sink.inFlight()).isEqualTo(2);
        recorder.stages.forEach(stage -> stage.complete(null));
        assertThat(sink.inFlight()).isZero();
    }

    @Test
    void shouldDistinguishWhatIsRefusedForGoodFromWhatMayBeRepeated() {
        assertThat(outcomeOf(new LostEventException(LossReason.TOO_LARGE, "2 MiB")))
                .isEqualTo(new Outcome.Refused("2 MiB"));
        assertThat(outcomeOf(new LostEventException(LossReason.REFUSED, "no"))).isInstanceOf(Outcome.Unavailable.class);
        assertThat(outcomeOf(new NotDurableException("the disk"))).isInstanceOf(Outcome.Unavailable.class);
        recorder.refusal = new IllegalArgumentException("attempt is 0, must be 1 to 10000");
        assertThat(sink.record(events(1))).containsExactly(new Outcome.Refused("attempt is 0, must be 1 to 10000"));
        recorder.refusal = new IllegalStateException("closed");
        assertThat(sink.record(events(1)).get(0)).isInstanceOf(Outcome.Unavailable.class);
        recorder.refusal = new UnsupportedOperationException("nobody expects it");
        assertThat(sink.record(events(1)).get(0)).isInstanceOf(Outcome.Unavailable.class);
        assertThat(sink.inFlight()).isZero();
    }

    @Test
    void shouldRefuseMoreThanMayWaitUntilThereIsRoom() {
        // Given
        sink.record(events(6));

        // Then
        assertThatThrownBy(() -> sink.record(events(5))).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.problem().status()).isEqualTo(429);
            assertThat(problem.headers()).containsEntry("Retry-After", "1");
        });
        assertThat(counts).containsEntry(Result.OVERLOADED, 5);
        recorder.stages.get(0).complete(null);
        recorder.isQuick = true;
        assertThat(sink.record(events(5))).containsOnly(new Outcome.Accepted());
    }

    @Test
    void shouldTakeARequestThatIsTooLargeForTheRoomWhenItIsAlone() {
        recorder.isQuick = true;
        assertThat(sink.record(events(11))).hasSize(11);
    }

    @Test
    void shouldAnswer503AtOnceWhileNothingBecomesDurable() {
        // Given
        sink.record(events(1));
        assertThat(sink.problem()).isEmpty();

        // When
        now.addAndGet(LIMIT.toNanos() + 1);

        // Then
        assertThat(sink.problem().orElseThrow()).contains("no event has become durable");
        assertThatThrownBy(() -> sink.record(events(1))).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.problem().status()).isEqualTo(503);
            assertThat(problem.headers()).containsEntry("Retry-After", "5");
        });
        recorder.stages.get(0).complete(null);
        recorder.isQuick = true;
        assertThat(sink.record(events(1))).containsExactly(new Outcome.Accepted());
    }

    @Test
    void shouldLetOnlySoManyRequestsWait() throws Exception {
        // Given
        RecorderSink slow = new RecorderSink(
                recorder,
                new SinkSettings(100, 1 << 20, 2, Duration.ofMinutes(1)),
                (result, events) -> {},
                System::nanoTime);
        List<Thread> waiting = IntStream.range(0, 2)
                .mapToObj(i -> new Thread(() -> slow.record(events(1))))
                .toList();
        waiting.forEach(Thread::start);
        await().until(() -> slow.inFlight() == 2);

        // Then
        assertThatThrownBy(() -> slow.record(events(1))).isInstanceOf(ProblemException.class);
        await().until(() -> recorder.stages.size() == 2);
        recorder.stages.forEach(stage -> stage.complete(null));
        for (Thread each : waiting) {
            each.join();
        }
    }

    private Outcome outcomeOf(RuntimeException failure) {
        CompletableFuture<Void> failed = CompletableFuture.failedFuture(failure);
        DurableRecorder failing = new DurableRecorder() {
            @Override
            public CompletionStage<Void> record(AuditEvent event) {
                return failed.thenRun(() -> {});
            }

            @Override
            public void close() {}
        };
        return new RecorderSink(failing, SETTINGS, (result, events) -> {})
                .record(events(1))
                .get(0);
    }

    private static List<AuditEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> AuditEvent.newBuilder()
                        .setEventId(new UUID(0, i))
                        .setSubject(new Subject(SubjectKind.RECORD, "university", "declaration", "" + i))
                        .setOccurredAt(Instant.EPOCH)
                        .setProducer(new Producer("airflow", "intake-1", "1", 0L))
                        .setBody(new Opened())
                        .build())
                .toList();
    }
}
