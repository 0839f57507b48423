package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a producer that is of no use any more costs; without a thread, so that every step is ours. */
@Tag("kafka-clients")
class BrokenProducerTest {

    private final List<FakeProducer> made = new ArrayList<>();
    private final TestRecorder described = new TestRecorder();
    private final AuditRecorder recorder = described.overMade(() -> {
        FakeProducer producer = FakeProducer.silent();
        made.add(producer);
        return producer;
    });

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
        assertThat(made.get(1).sentIds()).containsExactly(ids(2, 12));
        assertThat(underWay.toCompletableFuture()).isCompletedExceptionally();
        assertThat(described.metrics.lostEvents()).isEqualTo(1);
    }

    @Test
    void shouldReplaceEveryProducerThatBreaks() {
        // Given
        sent(1);

        // When
        for (int i = 2; i < 5; i++) {
            made.get(made.size() - 1).errorNext(new KafkaException("the producer is in an error state"));
            sent(i);
        }

        // Then
        assertThat(made).hasSize(4);
        assertThat(made).extracting(FakeProducer::closed).containsExactly(true, true, true, false);
        assertThat(described.metrics.lostEvents(LossReason.REFUSED)).isEqualTo(3);
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

    private CompletionStage<Ticket> sent(int id) {
        CompletionStage<Ticket> ticket = recorder.opened(subject(id));
        recorder.flush(Duration.ZERO);
        return ticket;
    }

    private static String[] ids(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toArray(String[]::new);
    }
}
