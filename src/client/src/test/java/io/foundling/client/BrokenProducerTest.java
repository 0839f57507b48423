package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.client.internal.spool.FailingDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a producer that is of no use any more costs: nothing but time. Without a thread, so that every step is ours. */
@Tag("kafka-clients")
class BrokenProducerTest {

    private final List<FakeProducer> made = new CopyOnWriteArrayList<>();
    private final TestRecorder described = new TestRecorder();
    private final KafkaAuditRecorder recorder = recorder(described);

    @TempDir
    private Path directory;

    @Test
    void shouldBreakOnceWhenWhatTheBrokenOneHadFailsAfterItWasReplaced() {
        // Given
        CompletionStage<Ticket> underWay = sent(1);
        made.get(0).failing(new KafkaException("the producer is in an error state"));

        // When
        IntStream.rangeClosed(2, 12).forEach(this::sent);

        // Then
        assertThat(made).hasSize(2);
        assertThat(made.get(0).closed()).isTrue();
        assertThat(made.get(1).closed()).isFalse();
        assertThat(made.get(1).sentIds()).containsExactly(ids(1, 12));
        assertThat(made.get(1).sent()).first().isEqualTo(made.get(0).sent().get(0));
        assertThat(underWay.toCompletableFuture()).isNotDone();
        assertThat(described.metrics.lostEvents()).isZero();
    }

    @Test
    void shouldReplaceEveryProducerThatBreaks() {
        // Given
        sent(1);

        // When
        for (int i = 2; i < 5; i++) {
            int broken = made.size();
            made.get(broken - 1).errorNext(new KafkaException("the producer is in an error state"));
            sent(i);
            await().until(() -> !recorder.flush(Duration.ZERO) && made.size() > broken);
        }

        // Then
        assertThat(made).hasSize(4);
        assertThat(made).extracting(FakeProducer::closed).containsExactly(true, true, true, false);
        await().until(() -> !recorder.flush(Duration.ZERO) && made.get(3).sent().size() == 4);
        assertThat(made.get(3).sentIds()).containsExactly(ids(1, 4));
        assertThat(described.metrics.lostEvents()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSendAgainInOrderWhatHasNoOutcomeWhenTheProducerIsReplaced(boolean spills) {
        // Given
        TestRecorder threaded = spills ? described.withSpool(directory) : described.withThread();
        try (KafkaAuditRecorder other = recorder(threaded)) {
            IntStream.rangeClosed(1, 500).forEach(i -> other.opened(subject(i)));
            await().until(() -> made.size() == 1 && made.get(0).sent().size() == 500);
            IntStream.range(0, 100).forEach(i -> made.get(0).completeNext());

            // When
            made.get(0).failing(new KafkaException("the producer is in an error state"));
            IntStream.rangeClosed(501, 510).forEach(i -> other.opened(subject(i)));

            // Then
            await().until(() -> made.size() == 2 && made.get(1).sent().size() == 410);
            assertThat(made.get(1).sentIds()).containsExactly(ids(101, 510));
            assertThat(eventIds(made.get(1).sent()))
                    .startsWith(eventIds(made.get(0).sent()).subList(100, 500).toArray(UUID[]::new));
            IntStream.range(0, 410).forEach(i -> made.get(1).completeNext());
            assertThat(other.flush(LONG)).isTrue();
            assertThat(threaded.metrics.writtenEvents()).isEqualTo(510);
            assertThat(threaded.metrics.lostEvents()).isZero();
        }
    }

    @Test
    void shouldCountWhatCouldNotBeSentAgainBeforeTheEnd() {
        // Given
        IntStream.rangeClosed(1, 5).forEach(this::sent);
        made.get(0).errorNext(new KafkaException("the producer is in an error state"));

        // When
        long lost = recorder.close(Duration.ZERO);

        // Then
        assertThat(lost).isEqualTo(5);
        assertThat(described.metrics.lostEvents(LossReason.CLOSED)).isEqualTo(5);
    }

    @Test
    void shouldWriteToTheDiskAgainWhenWhatWasSentPastItCannotBeSentAgain() {
        // Given
        FakeProducer broken = FakeProducer.silent();
        FakeProducer next = FakeProducer.acknowledging().away(true);
        Deque<FakeProducer> producers = new ArrayDeque<>(List.of(broken, next));
        FailingDisk disk = new FailingDisk();
        disk.hasNoMemory = true;
        try (KafkaAuditRecorder other = described.withSpool(directory).overMade(producers::remove, disk)) {
            other.opened(subject(0));
            await().until(() -> broken.sent().size() == 1);
            broken.errorNext(new KafkaException("the producer is in an error state"));
            await().until(broken::closed);

            // When
            disk.hasNoMemory = false;
            other.opened(subject(1));

            // Then
            await().until(() -> described.metrics.gauges().spooledBytes() > 0);
            next.away(false);
            assertThat(other.flush(LONG)).isTrue();
            assertThat(next.sentIds()).containsExactlyInAnyOrder("0", "1");
        }
    }

    @Test
    void shouldLoseWhatTheBrokerRefusesForGoodWhenTheProducerGoesOn() {
        // Given
        CompletionStage<Ticket> refused = sent(1);

        // When
        made.get(0).errorNext(new TopicAuthorizationException("audit.events"));

        // Then
        assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
        assertThat(described.metrics.lostEvents(LossReason.REFUSED)).isEqualTo(1);
    }

    @Test
    void shouldKeepTheProducerAndWhatItHasWhenTheServiceMayNotWriteToTheTopic() {
        // Given
        IntStream.range(0, 100).forEach(i -> recorder.opened(subject(i)));
        recorder.flush(Duration.ZERO);
        made.get(0).failing(new TopicAuthorizationException("audit.events"));
        recorder.opened(subject(100));

        // When
        recorder.flush(SHORT);
        assertThat(made).hasSize(1);
        IntStream.range(0, 101).forEach(i -> made.get(0).completeNext());

        // Then
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(described.metrics.lostEvents()).isZero();
        assertThat(described.metrics.writtenEvents()).isEqualTo(101);
    }

    private KafkaAuditRecorder recorder(TestRecorder of) {
        return of.overMade(() -> {
            FakeProducer producer = FakeProducer.silent();
            made.add(producer);
            return producer;
        });
    }

    private static List<UUID> eventIds(List<AuditEvent> events) {
        return events.stream().map(AuditEvent::getEventId).toList();
    }

    private CompletionStage<Ticket> sent(int id) {
        CompletionStage<Ticket> ticket = recorder.opened(subject(id));
        recorder.flush(Duration.ZERO);
        return ticket;
    }

    private static String[] ids(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toArray(String[]::new);
    }
}
