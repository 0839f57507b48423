package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.client.EventSpooledException;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.TestRecorder;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.client.internal.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The urgent lane has claimed an event, and the recorder is closed before the broker has it. */
@Timeout(60)
class LeftUrgentEventTest {

    @TempDir
    private Path home;

    @Test
    void shouldKeepTheEventInTheSpoolForTheNextProcess() throws IOException {
        // Given
        AuditEvent event = event();
        Sending urgent = new Sending(event, 1, new Epochs().enter(), false);
        urgent.number(1);
        urgent.claim(Sending.Way.LANE);
        try (Spool spool = Spool.open(home, 1 << 20, SpoolCodec.description("audit.events"))) {
            SpoolSender sender = sender(spool);
            sender.expect(urgent);
            byte[] payload = new SpoolCodec().payload(1, event);
            spool.add(payload, 0, payload.length);
            spool.write();
            sender.start();
            await().until(() -> spool.reader().position().equals(spool.written()));

            // When
            urgent.left(new EventSpooledException());
            sender.stop(Duration.ZERO);
            sender.end();

            // Then
            assertThat(spool.bytes()).isPositive();
        }
    }

    private static AuditEvent event() {
        InMemoryAuditRecorder source = new InMemoryAuditRecorder();
        source.opened(TestRecorder.subject(0));
        return source.last();
    }

    private static SpoolSender sender(Spool spool) {
        BrokerLink unused = new BrokerLink(
                "audit.events",
                () -> {
                    throw new IllegalStateException("nothing may be sent");
                },
                Optional.empty());
        RecorderSettings settings = RecorderSettings.fromProperties(Map.of(
                "audit.bootstrap.servers", "unused:1",
                "audit.schema.registry.url", "mock://unused",
                "audit.service", "declarations"));
        return new SpoolSender(
                spool, unused, new DeliveryCounts(settings, new InMemoryRecorderMetrics(), System::nanoTime));
    }
}
