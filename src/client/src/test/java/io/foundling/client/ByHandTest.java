package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A recorder without a thread, which several threads flush and close while the broker is away. */
@Timeout(30)
class ByHandTest {

    private final FakeProducer producer = FakeProducer.acknowledging().away(true);
    private final TestRecorder described = new TestRecorder();
    private final AuditRecorder recorder = described.over(producer);
    private final AtomicReference<Boolean> flushed = new AtomicReference<>();
    private final Thread other = new Thread(() -> flushed.set(recorder.flush(LONG)));
    private CompletionStage<Ticket> ticket;

    @BeforeEach
    void flushOnAnotherThread() {
        ticket = recorder.opened(subject(1));
        other.setDaemon(true);
        other.start();
        await().until(() -> described.metrics.retries() > 0);
    }

    @Test
    void shouldNotFlushLongerThanItMayBehindTheFlushOfAnother() {
        // Given
        long start = System.nanoTime();

        // When
        boolean done = recorder.flush(SHORT);

        // Then
        assertThat(done).isFalse();
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(10).toNanos());
        producer.away(false);
        await().until(() -> Boolean.TRUE.equals(flushed.get()));
        assertThat(producer.sentIds()).containsExactly("1");
    }

    @Test
    void shouldCloseAndEndTheFlushOfAnother() throws InterruptedException {
        // Given
        long start = System.nanoTime();

        // When
        long lost = recorder.close(SHORT);
        other.join();

        // Then
        assertThat(lost).isEqualTo(1);
        assertThat(ticket.toCompletableFuture()).isCompletedExceptionally();
        assertThat(flushed.get()).isTrue();
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(10).toNanos());
    }
}
