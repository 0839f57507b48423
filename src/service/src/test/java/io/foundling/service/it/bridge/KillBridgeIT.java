package io.foundling.service.it.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Outbox;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exactly once: {@code kill -9} while records flow leaves no trace in what a consumer with read_committed sees. */
class KillBridgeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PARTITIONS = 3;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    private LocalStack stack;
    private Outbox outbox;
    private TopicReader reader;

    @BeforeEach
    void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
        outbox = stack.closeFirst(new Outbox(stack, 4));
        reader = new TopicReader(stack.bootstrapServers());
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void shouldWriteEveryEventOnceWhenKilledThreeTimes() throws Exception {
        kill(3);
    }

    @Test
    @Tag("full")
    void shouldWriteEveryEventOnceWhenKilledTwentyTimes() throws Exception {
        kill(20);
    }

    /** The other process knows nothing of the killed one but how far it has read. */
    @Test
    @Tag("full")
    void shouldWriteEveryEventOnceWhenOneOfTwoProcessesIsKilled() throws Exception {
        // Given
        ServiceProcess killed = bridge("one").start();
        ServiceProcess other = bridge("other").start();
        ShopFlow flow = ShopFlow.start(outbox);
        await("a share for each").atMost(PATIENCE).until(() -> read(killed) > 0 && read(other) > 0);

        // When
        awaitFurther(1 + random.nextInt(500));
        killed.kill();
        awaitFurther(1_000);
        int rows = flow.stop();

        // Then
        new WrittenEvents(stack, PARTITIONS).awaitEachOnce(rows);
    }

    private void kill(int times) throws Exception {
        // Given
        ServiceProcess bridge = bridge("one");

        // When
        ShopFlow flow = ShopFlow.start(outbox);
        bridge.start();
        for (int kill = 0; kill < times; kill++) {
            awaitFurther(1 + random.nextInt(500));
            bridge.kill();
            bridge.start();
        }
        bridge.awaitReady();
        int rows = flow.stop();

        // Then
        new WrittenEvents(stack, PARTITIONS).awaitEachOnce(rows);
        assertThat(reader.written(TopicNames.EVENTS))
                .as("written, with what the kills left of transactions; seed %d", seed)
                .hasSizeGreaterThan(reader.committed(TopicNames.EVENTS).size());
    }

    private void awaitFurther(int events) {
        int enough = reader.committed(TopicNames.EVENTS).size() + events;
        await("more events; seed " + seed)
                .atMost(PATIENCE)
                .until(() -> reader.committed(TopicNames.EVENTS).size() >= enough);
    }

    private static long read(ServiceProcess bridge) {
        return bridge.metrics().sum("foundling_bridge_records_total");
    }

    /** Lets records of a transaction reach the broker before its commit: by default they linger until then. */
    private ServiceProcess bridge(String instance) throws IOException {
        Path config = Files.writeString(directory.resolve("foundling.yaml"), Outbox.bridge(directory));
        return stack.closeFirst(ServiceProcess.of(stack, directory, instance, config, Map.of("kafka.linger.ms", "2"))
                .running("bridge"));
    }
}
