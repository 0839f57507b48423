package io.foundling.client.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.client.LostEventException;
import io.foundling.client.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The close of a link whose producer does not end, because its thread waits for a broker that does not answer. */
@Tag("kafka-clients")
@Timeout(30)
class LinkCloseTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final ScriptedProducer producer = new ScriptedProducer(1);
    private final BrokerLink link = new BrokerLink("audit.events", () -> producer, Optional.empty());
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch brokerAnswers = new CountDownLatch(1);
    private final AtomicReference<Thread> closing = new AtomicReference<>();

    @AfterEach
    void endProducer() {
        brokerAnswers.countDown();
    }

    @Test
    void shouldReturnInTimeWhenTheProducerDoesNotEnd() {
        // Given
        neverEnding();
        hand();

        // When
        link.close(Duration.ofMillis(10));

        // Then
        assertThat(failures).isEmpty();
        hand();
        assertThat(failures).hasSize(1).allMatch(LostEventException.class::isInstance);
    }

    @Test
    void shouldEndTheSendingWhenTheCloseIsInterrupted() throws InterruptedException {
        // Given
        neverEnding();
        hand();
        Thread closer = new Thread(() -> link.close(LONG));
        closer.start();
        await().until(() -> closing.get() != null);

        // When
        closer.interrupt();

        // Then
        closer.join();
        assertThat(failures).hasSize(1);
    }

    @Test
    void shouldReturnWhileAnotherThreadWaitsForTheProducerThatIsReplaced() throws InterruptedException {
        // Given
        neverEnding();
        hand();
        producer.takeNextAndThrow(new KafkaException("broken"));
        handed();
        Thread other = new Thread(link::replaceUseless);
        other.start();
        await().until(producer::closed);

        // When
        link.closeInCallback(Duration.ZERO);

        // Then
        assertThat(other.isAlive()).isTrue();
        other.join();
    }

    @Test
    void shouldCloseOnTheThreadOfACallbackBecauseTheProducerWouldWaitForIt() {
        // Given
        producer.whileClosing(() -> closing.set(Thread.currentThread()));
        hand();

        // When
        link.closeInCallback(LONG);

        // Then
        assertThat(closing).hasValue(Thread.currentThread());
    }

    private void neverEnding() {
        producer.whileClosing(() -> {
            closing.set(Thread.currentThread());
            try {
                brokerAnswers.await();
            } catch (InterruptedException interrupted) {
                // Kafka's close goes on too.
            }
        });
    }

    private void hand() {
        assertThat(handed()).isEmpty();
    }

    private Optional<Throwable> handed() {
        return link.hand(LinkHarness.event(0, 1), new BrokerLink.Outcome() {
            @Override
            public void written(Ticket ticket) {
                // no broker
            }

            @Override
            public void failed(Throwable failure) {
                failures.add(failure);
            }
        });
    }
}
