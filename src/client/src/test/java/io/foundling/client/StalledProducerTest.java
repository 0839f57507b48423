package io.foundling.client;

import static io.foundling.client.TestRecorder.LONG;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A producer that never gets an answer for one partition, as after some restarts of a broker, while the others go on
 * (apache/kafka pull 23234).
 */
@Tag("kafka-clients")
class StalledProducerTest {

    @TempDir
    private Path directory;

    private final List<FakeProducer> made = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSendEverythingAgainInOrderWhenAPartitionMakesNoProgress(boolean spills) {
        // Given
        TestRecorder described = described(spills);
        try (KafkaAuditRecorder recorder = recorder(described, FakeProducer::acknowledging)) {

            // When
            IntStream.range(0, 1_000).forEach(i -> recorder.opened(subject(i)));

            // Then
            assertThat(recorder.flush(LONG)).isTrue();
            assertThat(made).hasSize(2);
            assertThat(made.get(0).closed()).isTrue();
            assertThat(made.stream().flatMap(FakeProducer::sentIds).filter(id -> !isEven(id)))
                    .containsExactly(ids(1));
            assertThat(made.get(1).sentIds().filter(StalledProducerTest::isEven))
                    .containsExactly(ids(0));
            assertThat(eventIds(made.get(1).sent()))
                    .startsWith(eventIds(made.get(0).stuck()).toArray(UUID[]::new));
            assertThat(described.metrics.writtenEvents()).isEqualTo(1_000);
            assertThat(described.metrics.lostEvents()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSendWhatIsLeftBeforeNewEventsWhenTheNextProducerFindsNoBrokerAtFirst(boolean spills) {
        // Given
        TestRecorder described = described(spills);
        try (KafkaAuditRecorder recorder =
                recorder(described, () -> FakeProducer.acknowledging().away(true))) {
            IntStream.range(0, 10).forEach(i -> recorder.opened(subject(i)));
            await().until(() -> made.size() == 2);

            // When
            recorder.opened(subject(10));
            made.get(1).away(false);

            // Then
            assertThat(recorder.flush(LONG)).isTrue();
            assertThat(made.get(1).sentIds()).containsExactly("0", "2", "4", "6", "8", "10");
            assertThat(described.metrics.lostEvents()).isZero();
        }
    }

    @Test
    void shouldCountWhatCouldNotBeSentAgainBeforeTheEnd() {
        // Given
        TestRecorder described = described(false);
        KafkaAuditRecorder recorder =
                recorder(described, () -> FakeProducer.acknowledging().away(true));
        IntStream.range(0, 10).forEach(i -> recorder.opened(subject(i)));
        await().until(() -> made.size() == 2);

        // When
        long lost = recorder.close(Duration.ZERO);

        // Then
        assertThat(lost).isEqualTo(5);
        assertThat(described.metrics.lostEvents(LossReason.CLOSED)).isEqualTo(5);
        assertThat(recorder.flush(LONG)).isTrue();
    }

    /** The first producer never answers for subjects with an even number. */
    private KafkaAuditRecorder recorder(TestRecorder described, Supplier<FakeProducer> later) {
        return described.overMade(() -> {
            FakeProducer producer =
                    made.isEmpty() ? FakeProducer.acknowledging().stuckOn(StalledProducerTest::isEven) : later.get();
            made.add(producer);
            return producer;
        });
    }

    private TestRecorder described(boolean spills) {
        TestRecorder described = new TestRecorder().withThread().with(RecorderSetting.STALLED_MS, 100);
        return spills ? described.withSpool(directory) : described;
    }

    private static List<UUID> eventIds(List<AuditEvent> events) {
        return events.stream()
                .filter(event -> isEven(event.getSubject().getId()))
                .map(AuditEvent::getEventId)
                .toList();
    }

    private static boolean isEven(String id) {
        return Integer.parseInt(id) % 2 == 0;
    }

    private static String[] ids(int remainder) {
        return IntStream.range(0, 1_000)
                .filter(id -> id % 2 == remainder)
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
    }
}
