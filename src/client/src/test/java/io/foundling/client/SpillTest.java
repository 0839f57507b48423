package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.client.internal.spool.Spool;
import io.foundling.client.internal.spool.SpoolEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kafka-clients")
class SpillTest {

    @TempDir
    private Path home;

    private Path directory;
    private FakeProducer producer = FakeProducer.acknowledging();
    private TestRecorder described;

    @BeforeEach
    void describe() {
        directory = home.resolve("spool");
        described = describedAnew();
    }

    @Test
    void shouldSendThroughTheSpoolInOrderAndLeaveNothing() throws IOException {
        // Given
        AuditRecorder recorder = described.over(producer);

        // When
        List<CompletionStage<Ticket>> tickets = IntStream.range(0, 5_000)
                .mapToObj(i -> recorder.opened(subject(i)))
                .toList();

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactlyElementsOf(ids(0, 5_000));
        assertThat(tickets)
                .allSatisfy(ticket -> assertThat(ticket.toCompletableFuture()).isCompleted());
        assertThat(tickets.get(4_999).toCompletableFuture().join().offset()).isEqualTo(4_999);
        assertThat(recorder.close(LONG)).isZero();
        assertThat(segments()).isEmpty();
        assertThat(described.metrics.writtenEvents()).isEqualTo(5_000);
    }

    @Test
    void shouldHoldMoreThanTheQueueWhileTheBrokerIsAwayAndSendItWhenItIsBack() {
        // Given
        AuditRecorder recorder = described.over(producer.away(true));
        IntStream.range(0, 5_000).forEach(i -> recorder.opened(subject(i)));
        await().until(() -> described.metrics.gauges().queuedEvents() == 0);
        assertThat(described.metrics.gauges().spooledBytes()).isGreaterThan(5_000 * 50);
        assertThat(recorder.flush(SHORT)).isFalse();

        // When
        producer.away(false);

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactlyElementsOf(ids(0, 5_000));
        assertThat(described.metrics.lostEvents()).isZero();
        await().until(() -> described.metrics.gauges().spooledBytes() == 0);
        recorder.close();
    }

    @Test
    void shouldSendWhatAnEarlierRecorderLeftBeforeItsOwn() {
        // Given
        AuditRecorder earlier = described
                .with(RecorderSetting.DURABLE, true)
                .over(FakeProducer.acknowledging().away(true));
        CompletionStage<Ticket> left = earlier.opened(subject(0));
        IntStream.range(1, 100).forEach(i -> earlier.opened(subject(i)));

        // When
        long lost = earlier.close(SHORT);
        AuditRecorder recorder = describedAnew().over(producer);
        recorder.opened(subject(100));

        // Then
        assertThat(lost).isZero();
        assertThatThrownBy(() -> left.toCompletableFuture().join()).hasCauseInstanceOf(EventSpooledException.class);
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactlyElementsOf(ids(0, 101));
        recorder.close();
    }

    @Test
    void shouldSendAgainFromTheFirstThatFailedWhenTheBrokerGivesUp() {
        // Given
        FakeProducer silent = FakeProducer.silent();
        AuditRecorder recorder = described.over(silent);
        IntStream.range(0, 5).forEach(i -> recorder.opened(subject(i)));
        await().until(() -> silent.sent().size() == 5);

        // When
        silent.completeNext();
        silent.errorNext(new TimeoutException("1 was not delivered"));
        silent.completeNext();
        silent.errorNext(new TimeoutException("3 was not delivered"));
        silent.completeNext();
        await().until(() -> silent.sent().size() == 7);
        silent.completeNext();
        silent.completeNext();

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(silent.sentIds()).containsExactly("0", "1", "2", "3", "4", "1", "3");
        assertThat(described.metrics.writtenEvents()).isEqualTo(5);
        assertThat(described.metrics.lostEvents()).isZero();
        recorder.close();
    }

    @Test
    void shouldMakeTheProducerAnewAndSendEverythingWhenItBreaks() {
        // Given
        FakeProducer silent = FakeProducer.silent();
        AuditRecorder recorder = described.overMade(() -> silent.closed() ? producer : silent);
        IntStream.range(0, 5).forEach(i -> recorder.opened(subject(i)));
        await().until(() -> silent.sent().size() == 5);

        // When
        silent.errorNext(new org.apache.kafka.common.KafkaException("the producer is in an error state"));
        recorder.opened(subject(5));

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactlyElementsOf(ids(0, 6));
        assertThat(described.metrics.lostEvents()).isZero();
        recorder.close();
    }

    @Test
    void shouldSendThoseBehindWhenAnEventCannotBeSent() {
        // Given
        FakeProducer silent = FakeProducer.silent();
        AuditRecorder recorder = described.over(silent);
        CompletionStage<Ticket> poison = recorder.opened(subject(0));
        CompletionStage<Ticket> behind = recorder.opened(subject(1));
        await().until(() -> silent.sent().size() == 2);

        // When
        silent.errorNext(new RecordTooLargeException("too large"));
        silent.completeNext();

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(poison.toCompletableFuture()).isCompletedExceptionally();
        assertThat(behind.toCompletableFuture()).isCompleted();
        assertThat(described.metrics.lostEvents(LossReason.TOO_LARGE)).isEqualTo(1);
        recorder.close();
    }

    @Test
    void shouldLoseWhatIsTooLargeForTheSpoolAndSendTheRest() {
        // Given
        AuditRecorder recorder = described.over(producer);

        // When
        recorder.on(subject(0)).metadata("x".repeat(300_000), "").opened();
        recorder.on(subject(1)).metadata("x".repeat(200_000), "").opened();

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactly("1");
        assertThat(described.metrics.lostEvents(LossReason.TOO_LARGE)).isEqualTo(1);
        recorder.close();
    }

    @Test
    void shouldLoseAtOnceWhatTheProducerWouldRefuseLater() {
        // Given
        AuditRecorder recorder =
                described.withKafka("max.request.size", 100_000).over(producer);

        // When
        CompletionStage<Ticket> large =
                recorder.on(subject(0)).metadata("x".repeat(100_000), "").opened();
        recorder.on(subject(1)).metadata("x".repeat(90_000), "").opened();

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(large.toCompletableFuture()).isCompletedExceptionally();
        assertThat(producer.sentIds()).containsExactly("1");
        assertThat(described.metrics.lostEvents(LossReason.TOO_LARGE)).isEqualTo(1);
        recorder.close();
    }

    @Test
    void shouldKeepItsBoundAndSayWhatIsLostWhenTheSpoolIsFull() {
        // Given
        described.with(RecorderSetting.QUEUE_MAXSIZE, 10).with(RecorderSetting.QUEUE_BLOCK_MS, 1);
        AuditRecorder recorder = described.over(producer.away(true));

        // When
        for (int i = 0; i < 1_000 && described.metrics.lostEvents(LossReason.QUEUE_FULL) < 20; i++) {
            recorder.on(subject(i)).detail("x".repeat(10_000)).opened();
        }

        // Then
        assertThat(described.metrics.lostEvents(LossReason.QUEUE_FULL)).isEqualTo(20);
        assertThat(described.metrics.gauges().spooledBytes()).isBetween(500_000L, 1L << 20);
        producer.away(false);
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(described.metrics.recordedEvents())
                .isEqualTo(described.metrics.writtenEvents() + described.metrics.lostEvents());
        assertThat(recorder.close(LONG)).isZero();
    }

    @Test
    void shouldHaveTheEventOnDiskWhenADurableCallReturns() throws IOException {
        // Given
        described.with(RecorderSetting.DURABLE, true).with(RecorderSetting.DRAIN_INTERVAL_MS, 3_600_000);
        AuditRecorder recorder = described.over(producer.away(true));

        for (int i = 0; i < 20; i++) {
            // When
            recorder.opened(subject(i));

            // Then
            assertThat(framesInACopy()).isEqualTo(i + 1);
        }
        recorder.close(SHORT);
    }

    @Test
    void shouldThrowWhenADurableCallCannotPromiseTheDisk() throws IOException {
        // Given
        described.with(RecorderSetting.DURABLE, true).with(RecorderSetting.QUEUE_BLOCK_MS, 50);
        AuditRecorder recorder = described.over(producer.away(true));
        Files.delete(directory.resolve("lock"));
        breakDirectory();

        // Then
        assertThatThrownBy(() -> recorder.opened(subject(0)))
                .isInstanceOf(NotDurableException.class)
                .hasMessageContaining("audit.queue.block.ms");
        recorder.close(SHORT);
    }

    @Test
    void shouldGoToTheBrokerDirectlyWhileTheDiskDoesNotWork() throws IOException {
        // Given
        AuditRecorder recorder = described.over(producer);
        breakDirectory();

        // When
        IntStream.range(0, 100).forEach(i -> recorder.opened(subject(i)));

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactlyElementsOf(ids(0, 100));
        assertThat(described.metrics.retries()).isPositive();

        // When
        Files.delete(directory);
        Files.createDirectory(directory);
        IntStream.range(100, 200).forEach(i -> recorder.opened(subject(i)));

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sentIds()).containsExactlyElementsOf(ids(0, 200));
        assertThat(described.metrics.lostEvents()).isZero();
        recorder.close();
    }

    @Test
    void shouldCountDamageAndSendTheRestWhenTheSpoolWasDamaged() throws IOException {
        // Given
        AuditRecorder earlier = described
                .with(RecorderSetting.DURABLE, true)
                .over(FakeProducer.acknowledging().away(true));
        IntStream.range(0, 10).forEach(i -> earlier.opened(subject(i)));
        earlier.close(SHORT);
        Path segment = segments().get(0);
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 500] ^= 1;
        Files.write(segment, bytes);

        // When
        TestRecorder again = describedAnew();
        AuditRecorder recorder = again.over(producer);
        recorder.opened(subject(10));

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sent()).hasSize(10);
        assertThat(again.metrics.lostEvents(LossReason.SPOOL_DAMAGED)).isEqualTo(1);
        recorder.completed(subject(11));
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(producer.sent().get(10).getProducer().getDropped()).isEqualTo(1);
        recorder.close();
    }

    @Test
    void shouldRefuseADirectoryThatAnotherRecorderUses() {
        // Given
        AuditRecorder recorder = described.over(producer);

        // Then
        assertThatThrownBy(() -> describedAnew().over(producer))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("used by another recorder")
                .hasMessageContaining("audit.spool.directory");
        recorder.close();
    }

    private TestRecorder describedAnew() {
        return new TestRecorder().withSpool(directory);
    }

    /** Takes the directory away under the recorder; where it was is a file. */
    private void breakDirectory() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
        Files.createFile(directory);
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".spool")).toList();
        }
    }

    /** Counts what a process would find that starts after a crash right now. */
    private int framesInACopy() throws IOException {
        Path copy = Files.createTempDirectory(home, "copy");
        for (Path segment : segments()) {
            Files.copy(segment, copy.resolve(segment.getFileName()));
        }
        int frames = 0;
        try (Spool spool = Spool.open(copy, 1 << 20, new byte[0])) {
            while (spool.reader().next() instanceof SpoolEntry.Frame) {
                frames++;
            }
        }
        return frames;
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }
}
