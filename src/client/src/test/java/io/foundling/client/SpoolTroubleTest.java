package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.client.internal.delivery.SpoolCodecTest;
import io.foundling.client.internal.delivery.TestSpools;
import io.foundling.client.internal.spool.FailingDisk;
import io.foundling.client.internal.spool.Spool;
import io.foundling.client.internal.spool.SpoolEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder with a spool does when disk and broker fail together, or when what it wrote is damaged. */
class SpoolTroubleTest {

    private static final Duration SECONDS = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final FailingDisk disk = new FailingDisk();
    private final FakeProducer producer = FakeProducer.acknowledging();
    private final FakeProducer silent = FakeProducer.silent();
    private final TestRecorder described = new TestRecorder();

    @BeforeEach
    void describe() {
        described.withSpool(directory);
    }

    @Test
    void shouldLoseAndDoubleNothingWhenTheDiskFillsUpInTheMiddleOfABatch() {
        // Given
        described.with(RecorderSetting.DRAIN_INTERVAL_MS, 3_600_000).with(RecorderSetting.SPOOL_MAXBYTES, 8 << 20);
        AuditRecorder recorder = described.over(silent, disk);
        disk.freeBytes = 1_500_000;
        IntStream.range(0, 900)
                .forEach(i -> recorder.on(subject(i)).detail("x".repeat(2_000)).opened());
        assertThat(recorder.flush(Duration.ZERO)).isFalse();
        await().until(() -> described.metrics.gauges().spooledBytes() > 500_000);
        await().until(() -> described.metrics.retries() > 2);

        // When
        disk.freeBytes = Long.MAX_VALUE;
        recorder.on(subject(900)).urgent().opened();
        await().until(() -> silent.sent().size() == 901);
        while (silent.completeNext()) {
            // all that is under way
        }

        // Then
        assertThat(recorder.flush(SECONDS)).isTrue();
        // The urgent event may overtake the others.
        assertThat(silent.sentIds().filter(id -> !id.equals("900"))).containsExactlyElementsOf(ids(900));
        assertThat(silent.sent()).hasSize(901);
        assertThat(described.metrics.writtenEvents()).isEqualTo(901);
        assertThat(described.metrics.lostEvents()).isZero();
        recorder.close(LONG);
    }

    @Test
    void shouldLoseAndDoubleNothingWhenWritingFailsForWantOfMemory() {
        // Given
        AuditRecorder recorder = described.over(producer.away(true), disk);
        disk.hasNoMemory = true;
        IntStream.range(0, 3).forEach(i -> recorder.opened(subject(i)));
        await().until(() -> described.metrics.retries() > 1);

        // When
        disk.hasNoMemory = false;
        producer.away(false);

        // Then
        assertThat(recorder.flush(SECONDS)).isTrue();
        assertThat(producer.sentIds()).containsExactlyElementsOf(ids(3));
        assertThat(described.metrics.writtenEvents()).isEqualTo(3);
        recorder.close(LONG);
    }

    @Test
    void shouldHoldNoMoreHoweverOftenItTriesWhenTheSpoolIsFull() {
        // Given
        described.with(RecorderSetting.QUEUE_MAXSIZE, 10).with(RecorderSetting.QUEUE_BLOCK_MS, 0);
        AuditRecorder recorder = described.over(silent, disk);
        recordUntilTheQueueIsFull(recorder);
        long held = recordUntilTheQueueIsFull(recorder);

        for (int round = 0; round < 2; round++) {
            // When
            long heldNow = recordUntilTheQueueIsFull(recorder);

            // Then
            assertThat(heldNow).isEqualTo(held);
        }
        recorder.close(SHORT);
        assertThat(described.metrics.recordedEvents() - described.metrics.lostEvents())
                .isEqualTo(spooled());
    }

    @Test
    void shouldSendThoseBehindWhenAnEventCannotBeEncoded() {
        // Given
        AuditRecorder recorder = described.over(producer);
        CompletionStage<Ticket> before = recorder.opened(subject(0));
        CompletionStage<Ticket> poison = recorder.opened(new PoisonedSubject());
        CompletionStage<Ticket> behind = recorder.opened(subject(2));

        // Then
        assertThat(recorder.flush(SECONDS)).isTrue();
        assertThat(producer.sentIds()).containsExactly("0", "2");
        assertThat(before.toCompletableFuture()).isCompleted();
        assertThat(behind.toCompletableFuture()).isCompleted();
        assertThatThrownBy(() -> poison.toCompletableFuture().join()).hasRootCauseMessage("a bug of the service");
        assertThat(described.metrics.lostEvents(LossReason.FAILED)).isEqualTo(1);
        recorder.close(LONG);
    }

    @Test
    void shouldSendAgainFromTheFirstThatFailedWhenNotEvenTheAcknowledgementCanBeNoted() throws IOException {
        // Given
        AuditRecorder recorder = described.over(silent);
        List<CompletionStage<Ticket>> tickets =
                IntStream.range(0, 3).mapToObj(i -> recorder.opened(subject(i))).toList();
        await().until(() -> silent.sent().size() == 3);
        Files.createDirectory(directory.resolve("sent"));

        // When
        silent.completeNext();
        silent.errorNext(new TimeoutException("1 was not delivered"));
        silent.completeNext();
        await().until(() -> silent.sent().size() == 4);
        silent.completeNext();

        // Then
        assertThat(recorder.flush(SECONDS)).isTrue();
        assertThat(silent.sentIds()).containsExactly("0", "1", "2", "1");
        assertThat(tickets)
                .allSatisfy(ticket -> assertThat(ticket.toCompletableFuture()).isCompleted());
        recorder.close(SHORT);
    }

    @Test
    void shouldCatchUpAndRestWhenASendFailsInFrontOfATornTail() throws IOException {
        // Given
        AuditRecorder earlier = described.with(RecorderSetting.DURABLE, true).over(producer.away(true));
        IntStream.range(0, 3).forEach(i -> earlier.opened(subject(i)));
        earlier.close(SHORT);
        Files.write(segments().get(0), new byte[] {1, 2, 3, 4, 5}, StandardOpenOption.APPEND);
        TestRecorder again = new TestRecorder().withSpool(directory);
        AuditRecorder recorder = again.over(silent);
        await().until(() -> silent.sent().size() == 3);

        // When
        silent.errorNext(new TimeoutException("0 was not delivered"));
        silent.completeNext();
        silent.completeNext();
        await().until(() -> silent.sent().size() == 4);
        silent.completeNext();

        // Then
        await().until(() -> again.metrics.gauges().spooledBytes() == 0);
        AtomicLong before = new AtomicLong();
        await().during(Duration.ofMillis(300)).until(() -> before.getAndSet(wakeUps()) == wakeUps());
        assertThat(silent.sentIds()).containsExactly("0", "1", "2", "0");
        assertThat(again.metrics.lostEvents()).isZero();
        assertThat(recorder.close(LONG)).isZero();
        assertThat(segments()).isEmpty();
    }

    @Test
    void shouldEndTheTicketWhenTheLastFrameIsDamagedBeforeItIsRead() throws IOException {
        // Given
        AuditRecorder recorder = described.over(producer.away(true));
        CompletionStage<Ticket> damaged = damagedBehindTheFirst(recorder);

        // When
        producer.away(false);

        // Then
        assertThat(recorder.flush(SECONDS)).isTrue();
        assertThatThrownBy(() -> damaged.toCompletableFuture().join()).hasMessageContaining("SPOOL_DAMAGED");
        assertThat(described.metrics.lostEvents(LossReason.SPOOL_DAMAGED)).isEqualTo(1);
        assertThat(producer.sentIds()).containsExactly("0");
        recorder.close(LONG);
    }

    @Test
    void shouldNotSleepThroughAnEventWhenACallbackUsesUpTheWakeUp() throws IOException {
        // Given
        AuditRecorder recorder = described.over(producer.away(true));
        CompletableFuture<Ticket> slept = new CompletableFuture<>();
        damagedBehindTheFirst(recorder).whenComplete((ticket, lost) -> {
            recorder.opened(subject(2)).thenAccept(slept::complete);
            long end = System.nanoTime() + SHORT.toNanos();
            while (System.nanoTime() < end || described.metrics.gauges().queuedEvents() > 0) {
                LockSupport.parkNanos(SHORT.toNanos());
            }
        });

        // When
        producer.away(false);

        // Then
        assertThat(slept).succeedsWithin(SECONDS);
        recorder.close(LONG);
    }

    @Test
    void shouldCountWhatCannotBeReadAgain() throws IOException {
        for (int damaged : new int[] {1, 3}) {
            // Given
            FakeProducer quiet = FakeProducer.silent();
            TestRecorder each = new TestRecorder().withSpool(directory.resolve("spool" + damaged));
            AuditRecorder recorder = each.over(quiet);
            List<CompletionStage<Ticket>> tickets = underWay(recorder, quiet);
            damageTheLastByte(segments(directory.resolve("spool" + damaged)).get(damaged / 2));

            // When
            for (int i = 0; i < 4; i++) {
                if (i == 1 || i == damaged) {
                    quiet.errorNext(new TimeoutException("was not delivered"));
                } else {
                    quiet.completeNext();
                }
            }
            await().until(() -> quiet.sent().size() == 4 + (damaged == 1 ? 0 : 1));
            quiet.completeNext();

            // Then
            assertThat(recorder.flush(SECONDS)).isTrue();
            assertThatThrownBy(() -> tickets.get(damaged).toCompletableFuture().join())
                    .hasMessageContaining("SPOOL_DAMAGED");
            assertThat(each.metrics.lostEvents(LossReason.SPOOL_DAMAGED)).isEqualTo(1);
            assertThat(each.metrics.writtenEvents()).isEqualTo(3);
            await().until(() -> each.metrics.gauges().spooledBytes() == 0);
            recorder.close(LONG);
        }
    }

    @Test
    void shouldGoOnBehindAnEventThatCannotBeDecoded() throws IOException {
        // Given
        byte[] claimsToBeHuge = SpoolCodecTest.payloadWithLengthOf(Integer.MAX_VALUE - 16);
        try (Spool spool = disk.open(directory, 1 << 20, TestSpools.description())) {
            spool.add(claimsToBeHuge, 0, claimsToBeHuge.length);
            spool.write();
        }

        // When
        AuditRecorder recorder = described.over(producer);
        recorder.opened(subject(1));

        // Then
        assertThat(recorder.flush(SECONDS)).isTrue();
        await().until(() -> described.metrics.gauges().spooledBytes() == 0);
        assertThat(producer.sentIds()).containsExactly("1");
        assertThat(described.metrics.lostEvents()).isEqualTo(1);
        recorder.close(LONG);
    }

    @Test
    void shouldEndTheTicketWhenItIsClosedWhileTheProducerIsBeingMade() throws InterruptedException {
        // Given
        SlowFactory factory = new SlowFactory();
        AuditRecorder recorder = described.overMade(factory);
        CompletionStage<Ticket> ticket = recorder.opened(subject(0));
        factory.awaitCall();

        // When
        long lost = recorder.close(SHORT);
        factory.answer();

        // Then
        assertThat(lost).isZero();
        await().until(() -> ticket.toCompletableFuture().isDone());
        assertThatThrownBy(() -> ticket.toCompletableFuture().join()).hasCauseInstanceOf(EventSpooledException.class);
    }

    /** Returns how many events are held then, on disk too, after the disk was tried again. */
    private long recordUntilTheQueueIsFull(AuditRecorder recorder) {
        long tries = described.metrics.retries() + 1;
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            recorder.on(subject(0)).metadata("x".repeat(100_000), "").opened();
            return described.metrics.retries() > tries
                    && described.metrics.gauges().queuedEvents() == 10;
        });
        return described.metrics.recordedEvents() - described.metrics.lostEvents();
    }

    /** Returns the ticket of an event that is damaged on disk while the first one still waits for the broker. */
    private CompletionStage<Ticket> damagedBehindTheFirst(AuditRecorder recorder) throws IOException {
        recorder.opened(subject(0));
        await().until(() -> described.metrics.retries() > 0);
        long bytes = described.metrics.gauges().spooledBytes();
        CompletionStage<Ticket> damaged = recorder.opened(subject(1));
        await().until(() -> described.metrics.gauges().spooledBytes() > bytes);
        damageTheLastByte(segments().get(0));
        return damaged;
    }

    /** Returns the tickets of four events that the producer has: two in a first segment, two in a second. */
    private static List<CompletionStage<Ticket>> underWay(AuditRecorder recorder, FakeProducer producer) {
        List<CompletionStage<Ticket>> tickets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int count = i + 1;
            tickets.add(
                    recorder.on(subject(i)).metadata("x".repeat(200_000), "").opened());
            await().until(() -> producer.sent().size() == count);
        }
        return tickets;
    }

    private static void damageTheLastByte(Path segment) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 1] ^= 1;
        Files.write(segment, bytes);
    }

    private static long wakeUps() {
        return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
                .filter(thread -> thread.getThreadName().equals("audit-spool"))
                .mapToLong(ThreadInfo::getWaitedCount)
                .sum();
    }

    private long spooled() {
        try (Spool spool = disk.open(directory, 1 << 20, TestSpools.description())) {
            long frames = 0;
            while (spool.reader().next() instanceof SpoolEntry.Frame) {
                frames++;
            }
            return frames;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<Path> segments() throws IOException {
        return segments(directory);
    }

    private static List<Path> segments(Path spool) throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
