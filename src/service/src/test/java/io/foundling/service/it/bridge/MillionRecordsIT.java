package io.foundling.service.it.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Outbox;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million rows through a bridge, and how long its transactions hide what is written. Prints the figures. */
@Tag("full")
class MillionRecordsIT {

    private static final int RECORDS = 1_000_000;
    private static final int PARTITIONS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @TempDir
    private Path directory;

    @Test
    void shouldTurnAMillionRecordsIntoEvents() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
            Outbox outbox = stack.closeFirst(new Outbox(stack, PARTITIONS));
            Instant now = Instant.now();
            for (int i = 0; i < RECORDS; i++) {
                outbox.placed("order-" + i, now, now.plusSeconds(86_400));
            }
            outbox.flush();
            Path config = Files.writeString(directory.resolve("foundling.yaml"), Outbox.bridge(directory));
            ServiceProcess bridge = stack.closeFirst(ServiceProcess.of(stack, directory, "one", config, Map.of())
                    .running("bridge")
                    .large());

            // When
            bridge.start().awaitReady();
            long start = System.nanoTime();
            long before = events(bridge);
            String loaded;
            try (HiddenTimes hidden =
                    new HiddenTimes(stack.bootstrapServers(), new TopicPartition(TopicNames.EVENTS, 0))) {
                await("every event").atMost(PATIENCE).until(() -> events(bridge) == RECORDS);
                loaded = hidden.stop();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "bridge: %d records in %.1f s, %.0f records/s on one thread; hidden under load: %s%n",
                    RECORDS - before, seconds, (RECORDS - before) / seconds, loaded);
            ShopFlow flow = ShopFlow.start(outbox);
            try (HiddenTimes hidden =
                    new HiddenTimes(stack.bootstrapServers(), new TopicPartition(TopicNames.EVENTS, 0))) {
                await("a steady flow").atMost(PATIENCE).until(() -> events(bridge) > RECORDS + 20_000);
                System.out.printf("bridge: hidden at 1,000 records/s: %s%n", hidden.stop());
            }
            flow.stop();

            // Then
            assertThat(List.of(before)).allMatch(count -> count < RECORDS);
            assertThat(bridge.isReady()).isTrue();
        }
    }

    private static long events(ServiceProcess bridge) {
        return bridge.metrics().sum("foundling_bridge_events_total");
    }
}
