package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.SHORT;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded for one Kafka cluster is not sent to another. */
@Tag("kafka-clients")
class SpoolClusterTest {

    @TempDir
    private Path directory;

    private final FakeProducer first = FakeProducer.silent().of("first");

    @Test
    void shouldNotSendToAnotherClusterWhatWasLeftUntilAnOperatorSaysSo() throws IOException {
        // Given
        leave(directory, 5);
        FakeProducer other = FakeProducer.acknowledging().of("second");

        // When
        try (KafkaAuditRecorder recorder =
                new TestRecorder().withSpool(directory).over(other)) {
            recorder.opened(subject(5));

            // Then
            assertThat(recorder.flush(SHORT)).isFalse();
            assertThat(other.sent()).isEmpty();

            // When
            Files.delete(directory.resolve("cluster"));

            // Then
            assertThat(recorder.flush(LONG)).isTrue();
            assertThat(other.sentIds()).containsExactly("0", "1", "2", "3", "4", "5");
        }
        assertThat(directory.resolve("cluster")).hasContent("foundling spool cluster 1 second");
    }

    @Test
    void shouldSendWhatWasLeftToItsOwnCluster() {
        // Given
        leave(directory, 5);
        FakeProducer same = FakeProducer.acknowledging().of("first");

        // When
        KafkaAuditRecorder recorder = new TestRecorder().withSpool(directory).over(same);

        // Then
        await().until(() -> same.sent().size() == 5);
        assertThat(recorder.close(LONG)).isZero();
    }

    @Test
    void shouldGoOnWithAnotherClusterWhenNothingWasLeft() {
        // Given
        try (KafkaAuditRecorder recorder = new TestRecorder()
                .withSpool(directory)
                .over(FakeProducer.acknowledging().of("first"))) {
            recorder.opened(subject(0));
            assertThat(recorder.flush(LONG)).isTrue();
        }
        FakeProducer other = FakeProducer.acknowledging().of("second");

        // When
        try (KafkaAuditRecorder recorder =
                new TestRecorder().withSpool(directory).over(other)) {
            recorder.opened(subject(1));

            // Then
            assertThat(recorder.flush(LONG)).isTrue();
        }
        assertThat(other.sentIds()).containsExactly("1");
        assertThat(directory.resolve("cluster")).hasContent("foundling spool cluster 1 second");
    }

    @Test
    void shouldSendASpoolThatNamesNoClusterAsOlderVersionsLeftIt() throws IOException {
        // Given
        leave(directory, 5);
        Files.delete(directory.resolve("cluster"));
        FakeProducer any = FakeProducer.acknowledging().of("second");

        // When
        KafkaAuditRecorder recorder = new TestRecorder().withSpool(directory).over(any);

        // Then
        await().until(() -> any.sent().size() == 5);
        assertThat(recorder.close(LONG)).isZero();
    }

    @Test
    void shouldLeaveTheSpoolOfAnotherClusterToARecorderOfThatCluster() {
        // Given
        leave(directory.resolve("declarations/pod-1"), 5);
        FakeProducer other = FakeProducer.acknowledging().of("second");
        FakeProducer same = FakeProducer.acknowledging().of("first");

        // When
        try (KafkaAuditRecorder recorder =
                new TestRecorder().withSpoolBelow(directory, "pod-2").over(other)) {
            recorder.opened(subject(9));
            assertThat(recorder.flush(LONG)).isTrue();
        }
        try (KafkaAuditRecorder recorder =
                new TestRecorder().withSpoolBelow(directory, "pod-3").over(same)) {

            // Then
            await().until(() -> same.sent().size() == 5);
            assertThat(recorder.flush(LONG)).isTrue();
        }
        assertThat(other.sentIds()).containsExactly("9");
    }

    @Test
    void shouldSendNothingWhenALaterVersionNamedTheCluster() throws IOException {
        // Given
        leave(directory, 5);
        Files.writeString(directory.resolve("cluster"), "foundling spool cluster 2 anything\n");
        FakeProducer same = FakeProducer.acknowledging().of("first");

        // When
        try (KafkaAuditRecorder recorder = new TestRecorder()
                .withSpool(directory)
                .with(RecorderSetting.CLOSE_TIMEOUT_MS, 10)
                .over(same)) {

            // Then
            assertThat(recorder.flush(SHORT)).isTrue(); // It has recorded nothing.
            assertThat(same.sent()).isEmpty();
        }
    }

    /** A recorder of the first cluster, which gets no answer, leaves this many events. */
    private void leave(Path spool, int events) {
        KafkaAuditRecorder recorder = new TestRecorder().withSpool(spool).over(first);
        IntStream.range(0, events).forEach(i -> recorder.opened(subject(i)));
        await().until(() -> first.sent().size() == events);
        recorder.close(Duration.ZERO);
        assertThat(spool.resolve("cluster")).hasContent("foundling spool cluster 1 first");
    }
}
