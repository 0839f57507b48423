package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads close one recorder: a service often closes in a finally block, and its container closes too. */
@Timeout(30)
class ConcurrentCloseTest {

    private final FakeProducer producer = FakeProducer.acknowledging().frozen();
    private final TestRecorder described = new TestRecorder().withThread();
    private final AuditRecorder recorder = described.over(producer);

    @Test
    void shouldWaitForTheFirstCloseWhenItIsClosedAgain() {
        // Given
        recorder.opened(subject(1));
        List<CompletableFuture<Long>> closes =
                Stream.generate(() -> closing(LONG)).limit(3).toList();
        await().during(SHORT).until(() -> closes.stream().noneMatch(CompletableFuture::isDone));

        // When
        producer.thaw();

        // Then
        assertThat(closes).extracting(CompletableFuture::join).containsOnly(0L);
        assertThat(producer.sentIds()).containsExactly("1");
    }

    @Test
    void shouldWaitNoLongerThanItsOwnTimeWhenItIsClosedAgain() {
        // Given
        recorder.opened(subject(1));
        CompletableFuture<Long> first = closing(LONG);
        await().until(() -> isClosed());

        // When
        long lost = recorder.close(SHORT);

        // Then
        assertThat(lost).isZero();
        assertThat(first).isNotDone();
        producer.thaw();
        assertThat(first.join()).isZero();
    }

    @Test
    void shouldReturnTheSameCountWhenItIsClosedAgain() {
        // Given
        recorder.opened(subject(1));

        // Then
        assertThat(recorder.close(SHORT)).isEqualTo(1);
        assertThat(recorder.close(SHORT)).isEqualTo(1);
    }

    @Test
    void shouldNotWaitForItselfWhenACallbackClosesDuringTheClose() {
        // Given
        AtomicReference<Long> inCallback = new AtomicReference<>();
        recorder.opened(subject(1)).thenRun(() -> inCallback.set(recorder.close(LONG)));
        CompletableFuture<Long> first = closing(LONG);
        await().until(() -> isClosed());

        // When
        producer.thaw();

        // Then
        assertThat(first.join()).isZero();
        assertThat(inCallback).hasValue(0L);
    }

    private CompletableFuture<Long> closing(Duration timeout) {
        CompletableFuture<Long> lost = new CompletableFuture<>();
        new Thread(() -> lost.complete(recorder.close(timeout))).start();
        return lost;
    }

    private boolean isClosed() {
        try {
            recorder.opened(subject(2));
            return false;
        } catch (IllegalStateException closed) {
            return true;
        }
    }
}
