package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Opened;
import io.foundling.client.internal.spool.FailingDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the spool is forced to disk, and which exception a waiting caller gets otherwise. */
class DurableTest {

    private static final int HOUR_MS = 3_600_000;

    @TempDir
    private Path directory;

    private final FailingDisk disk = new FailingDisk();
    private final FakeProducer producer = FakeProducer.acknowledging();
    private final TestRecorder described = new TestRecorder();

    @BeforeEach
    void describe() {
        described.withSpool(directory).with(RecorderSetting.DURABLE, true);
    }

    @Test
    void shouldThrowWhenTheEventIsLost() {
        // Given
        AuditRecorder recorder = described.over(producer);

        // Then
        assertThatThrownBy(() -> recorder.on(subject(0))
                        .metadata("x".repeat(300_000), "")
                        .opened())
                .isInstanceOf(NotDurableException.class)
                .hasMessageContaining("or the event was lost");
        assertThat(described.metrics.lostEvents(LossReason.TOO_LARGE)).isEqualTo(1);
        recorder.close();
    }

    @Test
    void shouldThrowWhenItIsClosedBeforeTheEventIsOnDisk() throws InterruptedException {
        // Given
        disk.freeBytes = 0;
        AuditRecorder recorder = described.over(producer.away(true), disk);
        Thread closer = new Thread(() -> {
            await().until(() -> described.metrics.retries() > 0);
            recorder.close(Duration.ZERO);
        });
        closer.start();

        // Then
        assertThatThrownBy(() -> recorder.opened(subject(0)))
                .isInstanceOf(NotDurableException.class)
                .hasMessageContaining("or the event was lost");
        closer.join();
        assertThat(described.metrics.lostEvents(LossReason.CLOSED)).isEqualTo(1);
    }

    @Test
    void shouldThrowForTheEventThatCouldNotBeForcedAndBelieveLaterOnesInANewSegment() {
        // Given
        AuditRecorder recorder = described.over(producer.away(true), disk);
        recorder.opened(subject(0));
        disk.cannotForce = true;

        // When
        assertThatThrownBy(() -> recorder.opened(subject(1)))
                .isInstanceOf(NotDurableException.class)
                .hasMessageContaining("the disk did not take the audit event");
        disk.cannotForce = false;
        recorder.opened(subject(2));

        // Then
        assertThat(disk.forced).hasSize(2).doesNotHaveDuplicates();
        producer.away(false);
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactly("0", "1", "2");
        assertThat(described.metrics.lostEvents()).isZero();
        recorder.close();
    }

    @Test
    void shouldReturnWhenTheBrokerHasTheEventAlthoughTheDiskDoesNotTakeIt() {
        // Given
        disk.freeBytes = 0;
        AuditRecorder recorder = described.over(producer, disk);

        // When
        recorder.opened(subject(0));

        // Then
        assertThat(producer.sentIds()).containsExactly("0");
        recorder.close();
    }

    @Test
    void shouldConfirmManyEventsWithFewerForcesThanEvents() throws Exception {
        // Given
        KafkaAuditRecorder recorder = described.over(producer.away(true), disk);
        List<CompletableFuture<Void>> stages = new ArrayList<>();

        // When
        for (int i = 0; i < 500; i++) {
            stages.add(recorder.recordDurably(event(i)).toCompletableFuture());
        }

        // Then
        CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(producer.sentIds()).isEmpty();
        assertThat(disk.forced.size()).isLessThan(500);
        recorder.close(SHORT);
    }

    @Test
    void shouldFailTheStageWhenTheEventCannotBeForced() {
        // Given
        KafkaAuditRecorder recorder = described.over(producer.away(true), disk);
        disk.cannotForce = true;

        // Then
        assertThat(recorder.recordDurably(event(0)))
                .failsWithin(LONG)
                .withThrowableThat()
                .withCauseInstanceOf(NotDurableException.class);
        disk.cannotForce = false;
        recorder.close(SHORT);
    }

    @Test
    void shouldFailTheStageWithTheReasonWhenTheEventIsLost() {
        // Given
        KafkaAuditRecorder recorder = described.over(producer);
        AuditEvent large = AuditEvent.newBuilder(event(0))
                .setMetadata(Map.of("x".repeat(300_000), ""))
                .build();

        // Then
        assertThat(recorder.recordDurably(large))
                .failsWithin(LONG)
                .withThrowableThat()
                .withCauseInstanceOf(LostEventException.class);
        recorder.close();
    }

    private static AuditEvent event(int id) {
        return AuditEvent.newBuilder()
                .setEventId(new UUID(0, id))
                .setSubject(subject(id))
                .setOccurredAt(TestRecorder.NOW)
                .setProducer(new io.foundling.audit.Producer("declarations", "pod-1", "1.2", 0L))
                .setBody(new Opened())
                .build();
    }

    @Test
    void shouldForceAtOnceWhenItIsClosedHoweverLongTheIntervalIs() {
        // Given
        described.with(RecorderSetting.DURABLE_FLUSH_MS, HOUR_MS);
        AuditRecorder recorder = described.over(producer.away(true), disk);
        recorder.opened(subject(0));
        await().until(() -> described.metrics.gauges().spooledBytes() > 0);
        assertThat(disk.forced).isEmpty();

        // When
        long start = System.nanoTime();
        long lost = recorder.close(Duration.ofSeconds(3));

        // Then
        assertThat(lost).isZero();
        assertThat(disk.forced).hasSize(1);
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void shouldNotWaitForTheIntervalWhenItIsClosedAndEverythingIsSent() {
        // Given
        described.with(RecorderSetting.DURABLE_FLUSH_MS, HOUR_MS);
        AuditRecorder recorder = described.over(producer, disk);
        recorder.opened(subject(0));
        assertThat(recorder.flush(LONG)).isTrue();

        // When
        long start = System.nanoTime();
        recorder.close(LONG);

        // Then
        assertThat(System.nanoTime() - start).isLessThan(LONG.toNanos() / 6);
    }

    @Test
    void shouldKeepTheIntervalAlthoughTheDrainRestsForAnHour() {
        // Given
        described.with(RecorderSetting.DURABLE_FLUSH_MS, 20).with(RecorderSetting.DRAIN_INTERVAL_MS, HOUR_MS);
        AuditRecorder recorder = described.over(producer.away(true), disk);

        for (int i = 1; i <= 2; i++) {
            // When
            recorder.opened(subject(i));

            // Then
            int times = i;
            await().until(() -> disk.forced.size() == times);
        }
        recorder.close(SHORT);
    }
}
