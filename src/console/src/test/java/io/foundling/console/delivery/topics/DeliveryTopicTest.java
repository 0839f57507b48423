package io.foundling.console.delivery.topics;

import static io.foundling.console.delivery.Changes.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Delivery;
import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Changes;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.LogLines;
import io.foundling.console.delivery.NoLongerOwnerException;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Progress;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Transport;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTopicTest {

    private static final Map<String, Object> AVRO = Map.of(AvroConfig.REGISTRY_URL, "mock://delivery-topic");
    private static final Progress PROGRESS = Progress.of(
            Changes.firing(7, 4),
            new Progress.Outcome(DeliveryResult.REFUSED, 3, "400 unknown team", FakeClock.START.plusSeconds(9)));

    private final Receiver receiver =
            new Receiver("tickets", Transport.open(Duration.ofSeconds(1)), new Receiver.Alertmanager(List.of()));
    private final DeliverySettings settings = new DeliverySettings(
            "a",
            new Presentation("ledger", Optional.empty()),
            List.of(receiver),
            Map.of(),
            AVRO,
            TopicNames.ALERTS,
            TopicNames.DELIVERIES);
    private final CommittingProducer producer = new CommittingProducer();
    private final LogLines log = new LogLines(DeliveryTopic.class);

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void shouldWriteWhatCanBeReadAsItWas() throws InterruptedException {
        // Given
        DeliveryTopic topic = new DeliveryTopic(settings, receiver, producer);

        // When
        topic.write(Map.of(KEY, Optional.of(PROGRESS)));

        // Then
        assertThat(producer.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo(TopicNames.DELIVERIES);
            assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("tickets/" + KEY);
            assertThat(DeliveryTopic.progress(delivery(record))).isEqualTo(PROGRESS);
            assertThat(record.headers().lastHeader(Headers.APPLICATION).value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("ledger");
        });
    }

    @Test
    void shouldWriteThatAnAlertFiresNoLonger() throws InterruptedException {
        // Given
        DeliveryTopic topic = new DeliveryTopic(settings, receiver, producer);
        Progress ended = Progress.of(Changes.resolved(8, FakeClock.START), PROGRESS.outcome());

        // When
        topic.write(Map.of(KEY, Optional.of(ended)));

        // Then
        assertThat(DeliveryTopic.progress(delivery(producer.history().get(0)))).isEqualTo(ended);
    }

    @Test
    void shouldReadProgressThatHasNoStart() {
        // Given: as a former version wrote it
        Delivery former = Delivery.newBuilder()
                .setReceiver("tickets")
                .setAlert(KEY)
                .setResult(DeliveryResult.DELIVERED)
                .setAt(FakeClock.START)
                .build();

        // Then
        assertThat(DeliveryTopic.progress(former).startsAt()).isEqualTo(FakeClock.START);
    }

    @Test
    void shouldWriteThatTheReceiverIsServedAndWhatIsDoneInOneStep() throws InterruptedException {
        // Given
        DeliveryTopic topic = new DeliveryTopic(settings, receiver, producer);
        Instant since = FakeClock.START;

        // When
        topic.begin(since, Map.of(KEY, Optional.empty()));

        // Then
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history())
                .satisfiesExactly(
                        begun -> {
                            assertThat(begun.key())
                                    .asString(StandardCharsets.UTF_8)
                                    .isEqualTo("tickets");
                            assertThat(delivery(begun).getAt()).isEqualTo(since);
                        },
                        gone -> {
                            assertThat(gone.key())
                                    .asString(StandardCharsets.UTF_8)
                                    .isEqualTo("tickets/" + KEY);
                            assertThat(gone.value()).isNull();
                        });
    }

    @Test
    void shouldOpenNoTransactionWhenThereIsNothingToWrite() throws InterruptedException {
        // When
        new DeliveryTopic(settings, receiver, producer).write(Map.of());

        // Then
        assertThat(producer.commitCount()).isZero();
        assertThat(producer.transactionInFlight()).isFalse();
    }

    @Test
    void shouldRepeatACommitThatGotNoAnswerAndSaySoOnce() throws InterruptedException {
        // Given
        DeliveryTopic topic = new DeliveryTopic(settings, receiver, producer);
        producer.failures.add(new TimeoutException("no answer"));
        producer.failures.add(new TimeoutException("no answer"));

        // When
        topic.write(Map.of(KEY, Optional.of(PROGRESS)));

        // Then
        assertThat(producer.history()).hasSize(1);
        assertThat(log.all())
                .containsExactly(
                        "what tickets has got cannot be written to audit.deliveries at present, trying again; a webhook is"
                                + " sent nothing meanwhile: no answer",
                        "what tickets has got is written again, after 2 failures");
    }

    @ParameterizedTest
    @ValueSource(classes = {ProducerFencedException.class, InvalidProducerEpochException.class})
    void shouldSayThatAnotherProcessServesTheReceiverWhenItIsShutOut(Class<? extends RuntimeException> taken)
            throws Exception {
        // Given
        DeliveryTopic topic = new DeliveryTopic(settings, receiver, producer);
        producer.failures.add(taken.getConstructor(String.class).newInstance("fenced"));

        // Then
        assertThatThrownBy(() -> topic.write(Map.of(KEY, Optional.of(PROGRESS))))
                .isInstanceOf(NoLongerOwnerException.class)
                .hasMessageContaining("tickets");
    }

    @Test
    void shouldEndWhenItIsStoppedDuringACommit() {
        // Given
        DeliveryTopic topic = new DeliveryTopic(settings, receiver, producer);
        producer.failures.add(new InterruptException("stopping"));

        // Then
        assertThatThrownBy(() -> topic.write(Map.of(KEY, Optional.of(PROGRESS))))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldCloseItsProducerWhenItCannotTakeTheReceiverOver() {
        // Given
        producer.initTransactionException = new KafkaException("denied");

        // When
        assertThatThrownBy(() -> new DeliveryTopic(settings, receiver, producer))
                .hasMessage("denied");

        // Then
        assertThat(producer.closed()).isTrue();
    }

    @Test
    @Timeout(60)
    void shouldNotWaitForAProducerThatDoesNotClose() {
        // Given
        producer.mayClose = new CountDownLatch(1);
        DeliveryTopic topic = new DeliveryTopic(settings, receiver, producer);

        // When
        topic.close();

        // Then
        assertThat(producer.closed()).isFalse();
        producer.mayClose.countDown();
        await().atMost(Duration.ofSeconds(50)).until(producer::closed);
    }

    private static Delivery delivery(ProducerRecord<byte[], byte[]> record) {
        try (Deserializer<Delivery> deliveries = AvroSerdes.deserializer(AVRO, Delivery.class)) {
            return deliveries.deserialize(record.topic(), record.headers(), record.value());
        }
    }

    /** Its commits fail in this order before one succeeds. */
    private static final class CommittingProducer extends MockProducer<byte[], byte[]> {

        private final Queue<RuntimeException> failures = new ArrayDeque<>();
        private volatile CountDownLatch mayClose = new CountDownLatch(0);

        CommittingProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void commitTransaction() {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            super.commitTransaction();
        }

        @Override
        public void close(Duration timeout) {
            try {
                mayClose.await();
            } catch (InterruptedException stopping) {
                throw new InterruptException(stopping);
            }
            super.close(timeout);
        }
    }
}
