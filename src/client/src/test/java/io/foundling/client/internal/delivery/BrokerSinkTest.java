package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.LossReason;
import io.foundling.client.TestRecorder;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.settings.RecorderSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the sink holds, sends again and loses when producers break. The thread of the test is that of the drain. */
@Tag("kafka-clients")
@Timeout(60)
class BrokerSinkTest {

    private static final int BUFFER = 1_000;

    private final List<BreakableProducer> made = new CopyOnWriteArrayList<>();
    private final InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
    private final BrokerLink link = new BrokerLink("audit.events", this::newProducer, Optional.empty());
    private final DeliveryCounts counts = new DeliveryCounts(
            RecorderSettings.fromProperties(Map.of(
                    "audit.bootstrap.servers", "unused:1",
                    "audit.schema.registry.url", "mock://unused",
                    "audit.service", "declarations")),
            metrics,
            System::nanoTime);
    private final BrokerSink sink = new BrokerSink(link, counts, BUFFER);
    private final Epochs epochs = new Epochs();
    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();

    @AfterEach
    void close() {
        link.close(Duration.ZERO);
    }

    @Test
    void shouldSendTheEarlierEventFirstWhenAnotherThreadReplacesTheProducer() throws InterruptedException {
        // Given
        Sending second = sending(2, 10);
        link.hand(recorder.last(), new OtherSender());
        sink.accept(sending(1, 10));
        made.get(0).errorNext(new KafkaException("the producer is in an error state"));
        Thread drain = new Thread(() -> {
            while (!sink.accept(second)) {
                Thread.onSpinWait();
            }
        });
        made.get(0).whileClosing = () -> {
            drain.start();
            await().until(() -> drain.getState() == Thread.State.BLOCKED || metrics.retries() > 0);
        };

        // When
        link.replaceUseless();

        // Then
        drain.join();
        assertThat(made).hasSize(2);
        assertThat(made.get(1).sentIds()).containsExactly("1", "2");
        assertThat(metrics.lostEvents()).isZero();
    }

    @Test
    void shouldTakeAnEventAgainWhenOneHasEndedAfterTwiceTheBufferWasUnderWay() {
        // Given
        List<Boolean> taken = IntStream.range(0, 3)
                .mapToObj(i -> sink.accept(sending(i, BUFFER)))
                .toList();

        // When
        made.get(0).completeNext();
        boolean takenAgain = sink.accept(sending(3, BUFFER));

        // Then
        assertThat(taken).containsExactly(true, true, false);
        assertThat(takenAgain).isTrue();
    }

    @Test
    void shouldEndEveryTicketWhenTheProducerDoesNotAnswerTheClose() {
        // Given
        List<Sending> sent = Stream.of(sending(1, 10), sending(2, 10)).toList();
        sent.forEach(sink::accept);
        Sending waitedFor = sending(3, 0);
        sink.hand(waitedFor, TimeLimit.of(Duration.ZERO));
        made.get(0).answersNothing = true;

        // When
        sink.close(TimeLimit.of(Duration.ZERO), true);

        // Then
        assertThat(sent).allMatch(Sending::isCompletedExceptionally);
        assertThat(waitedFor).isCompletedExceptionally();
        assertThat(metrics.lostEvents(LossReason.CLOSED)).isEqualTo(3);
    }

    @Test
    void shouldWaitLongerEachTimeWhenOneProducerAfterTheOtherBreaks() {
        // Given
        sink.accept(sending(1, 10));
        long end = System.nanoTime() + Duration.ofMillis(300).toNanos();

        // When
        while (System.nanoTime() < end) {
            made.get(made.size() - 1).errorNext(new KafkaException("the producer is in an error state"));
            sink.roundOver(false);
        }

        // Then: at once and after 10, 20, 40, 80 and 160 ms
        assertThat(made).hasSizeBetween(2, 7);
        assertThat(metrics.lostEvents()).isZero();
    }

    @Test
    void shouldNotWaitWhenTheProducerThatBreaksHasWrittenEvents() {
        for (int i = 1; i <= 100; i++) {
            // Given
            sink.accept(sending(i, 10));
            sink.accept(sending(i, 10));
            made.get(i - 1).completeNext();
            made.get(i - 1).errorNext(new KafkaException("the producer is in an error state"));

            // When
            int all = i + 1;
            await().pollInterval(Duration.ofMillis(1)).until(() -> sink.roundOver(false) && made.size() == all);
            made.get(i).completeNext();
        }

        // Then
        assertThat(metrics.writtenEvents()).isEqualTo(200);
    }

    @Test
    void shouldLoseWhatTheProducerHadWhenTheServiceHasNoRightsOnTheCluster() {
        // Given
        sink.accept(sending(1, 10));

        // When
        made.get(0).errorNext(new ClusterAuthorizationException("Cluster authorization failed."));
        sink.accept(sending(2, 10));

        // Then
        assertThat(metrics.lostEvents(LossReason.REFUSED)).isEqualTo(1);
        assertThat(made).hasSize(2);
        assertThat(made.get(1).sentIds()).containsExactly("2");
    }

    private Sending sending(int id, int bytes) {
        recorder.opened(TestRecorder.subject(id));
        return new Sending(recorder.last(), bytes, epochs.enter(), false);
    }

    private BreakableProducer newProducer() {
        BreakableProducer producer = new BreakableProducer();
        made.add(producer);
        return producer;
    }
}
