package io.foundling.client;

import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kafka-clients")
class CloseWhileConnectingTest {

    @Test
    void shouldNotWaitForANameServerWhenItIsClosed() throws InterruptedException {
        // Given
        SlowFactory factory = new SlowFactory();
        AuditRecorder recorder = new TestRecorder().withThread().overMade(factory);
        recorder.opened(subject(1));
        factory.awaitCall();

        try {
            // When
            long lost = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> recorder.close(SHORT));

            // Then
            assertThat(lost).isEqualTo(1);
            factory.answer();
            await().until(factory.producer()::closed);
        } finally {
            factory.answer();
        }
    }
}
