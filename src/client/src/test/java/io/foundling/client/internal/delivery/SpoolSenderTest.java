package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.TestRecorder;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.client.internal.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread of the spool, while the lane or the adoption replaces the producer. */
@Tag("kafka-clients")
@Timeout(60)
class SpoolSenderTest {

    @TempDir
    private Path home;

    private final SpoolCodec codec = new SpoolCodec();
    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();
    private final InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
    private final List<BreakableProducer> made = new CopyOnWriteArrayList<>();
    private final BrokerLink link = new BrokerLink("audit.events", this::newProducer, Optional.empty());

    @Test
    void shouldSendTheEarlierEventFirstWhenAnotherThreadReplacesTheProducer() throws IOException {
        // Given
        link.hand(event(0), new OtherSender());
        try (Spool spool = Spool.open(home, 1 << 20, SpoolCodec.description("audit.events"))) {
            SpoolSender sender = sender(spool);
            write(spool, 1);
            sender.start();
            await().until(() -> made.get(0).history().size() == 2);
            made.get(0).errorNext(new KafkaException("the producer is in an error state"));
            made.get(0).whileClosing = () -> {
                write(spool, 2);
                sender.wake();
                await().until(() -> isBlocked("audit-spool") || metrics.retries() > 0);
            };

            // When
            link.replaceUseless();

            // Then
            await().until(() -> made.size() == 2 && made.get(1).history().size() == 2);
            assertThat(made.get(1).sentIds()).containsExactly("1", "2");
            assertThat(metrics.lostEvents()).isZero();
            sender.stop(Duration.ZERO);
            link.close(Duration.ZERO);
            sender.end();
        }
    }

    private static boolean isBlocked(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().equals(thread) && each.getState() == Thread.State.BLOCKED);
    }

    private void write(Spool spool, int id) {
        byte[] payload = codec.payload(id, event(id));
        spool.add(payload, 0, payload.length);
        try {
            spool.write();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private AuditEvent event(int id) {
        recorder.opened(TestRecorder.subject(id));
        return recorder.last();
    }

    private SpoolSender sender(Spool spool) {
        RecorderSettings settings = RecorderSettings.fromProperties(Map.of(
                "audit.bootstrap.servers", "unused:1",
                "audit.schema.registry.url", "mock://unused",
                "audit.service", "declarations"));
        return new SpoolSender(spool, link, new DeliveryCounts(settings, metrics, System::nanoTime));
    }

    private BreakableProducer newProducer() {
        BreakableProducer producer = new BreakableProducer();
        made.add(producer);
        return producer;
    }
}
