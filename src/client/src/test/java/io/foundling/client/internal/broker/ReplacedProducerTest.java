package io.foundling.client.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.client.LostEventException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of events while and after a link replaces its producer; a test is as fast as its clock. */
@Tag("kafka-clients")
class ReplacedProducerTest extends LinkHarness {

    @Test
    void shouldSendThroughTheNewProducerWhenAnotherThreadReplacesThePresentOne() throws InterruptedException {
        // Given
        hand(STUCK);
        AtomicBoolean refused = new AtomicBoolean();
        Thread other = new Thread(() -> {
            while (handed(0, PARTITIONS).isPresent()) {
                refused.set(true);
            }
        });
        made.get(0).whileClosing(() -> {
            other.start();
            await().until(() -> other.getState() == Thread.State.BLOCKED || refused.get());
        });

        // When
        pass(Watch.PATIENCE.plusSeconds(1), false);

        // Then
        other.join();
        assertThat(failures).hasSize(1).allMatch(SendFailures::isOfTheProducer);
        assertThat(made).hasSize(2);
        assertThat(made.get(1).underWay()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAnEventWhenItIsNotNextAnyMore() {
        // When
        Optional<Throwable> refusal = link.hand(event(STUCK, PARTITIONS), new Outcome() {
            @Override
            public boolean isNext() {
                return made.isEmpty();
            }
        });

        // Then
        assertThat(refusal).containsInstanceOf(KafkaException.class);
        assertThat(made.get(0).underWay()).isZero();
    }

    @Test
    void shouldReportAnEventOnceWhenTheProducerTakesItAndThrows() {
        // Given
        hand(0);
        made.get(0).takeNextAndThrow(new KafkaException("the producer is in an error state"));
        Optional<Throwable> refusal = handed(STUCK, PARTITIONS);

        // When
        link.replaceUseless();

        // Then
        assertThat(refusal).containsInstanceOf(KafkaException.class);
        assertThat(made.get(0).closed()).isTrue();
        assertThat(failures).hasSize(1);
    }

    @Test
    void shouldOfferAnEventAgainWhenItsProducerIsBeingReplacedDuringTheCall() throws InterruptedException {
        // Given
        hand(STUCK);
        CountDownLatch called = new CountDownLatch(1);
        Thread other = new Thread(link::replaceUseless);
        made.get(0).whileClosing(() -> await().until(() -> called.getCount() == 0));
        made.get(0).duringNextCall(() -> {
            made.get(0).refuseNext(new KafkaException("broken"));
            handed(STUCK, PARTITIONS);
            other.start();
            await().until(() -> made.get(0).closed());
        });

        // When
        Optional<Throwable> refusal = handed(STUCK, PARTITIONS);

        // Then
        called.countDown();
        other.join();
        assertThat(refusal).containsInstanceOf(KafkaException.class);
        assertThat(failures).hasSize(1).allMatch(SendFailures::isOfTheProducer);
    }

    @Test
    @Timeout(20)
    void shouldWaitForNobodyWhenTheProducerThatIsReplacedDoesNotEnd() throws InterruptedException {
        // Given
        hand(STUCK);
        CountDownLatch brokerAnswers = new CountDownLatch(1);
        made.get(0).whileClosing(() -> awaitUninterrupted(brokerAnswers));
        made.get(0).takeNextAndThrow(new KafkaException("broken"));
        handed(0, PARTITIONS);

        // When
        link.replaceUseless();
        Optional<Throwable> refusal = handed(0, PARTITIONS);

        // Then
        assertThat(refusal).get().matches(SendFailures::isTemporary);
        assertThat(made).hasSize(1);
        assertThat(failures).isEmpty();

        // When
        brokerAnswers.countDown();
        await().until(() -> handed(0, PARTITIONS).isEmpty());

        // Then
        assertThat(made).hasSize(2);
        assertThat(failures).hasSize(1);
        assertThat(made.get(1).underWay()).isEqualTo(1);
    }

    @Test
    @Timeout(20)
    void shouldCloseInTimeWhenTheProducerThatIsReplacedDoesNotEnd() {
        // Given
        hand(STUCK);
        CountDownLatch brokerAnswers = new CountDownLatch(1);
        made.get(0).whileClosing(() -> awaitUninterrupted(brokerAnswers));
        made.get(0).refuseNext(new KafkaException("broken"));
        handed(0, PARTITIONS);
        link.replaceUseless();

        // When
        link.close(Duration.ofMillis(10));

        // Then
        assertThat(handed(0, PARTITIONS)).isEmpty();
        assertThat(failures).hasSize(1).allMatch(LostEventException.class::isInstance);
        brokerAnswers.countDown();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
