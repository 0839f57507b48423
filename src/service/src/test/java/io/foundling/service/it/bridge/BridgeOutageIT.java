package io.foundling.service.it.bridge;

import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.LiveProcess;
import io.foundling.service.it.rig.Outbox;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is away for longer than the clients of a bridge wait, while rows come in. */
class BridgeOutageIT {

    private static final int PARTITIONS = 3;
    private static final Duration OUTAGE = Duration.ofSeconds(30);
    private static final String IMPATIENT = "kafka: {producer.max.block.ms: 2000, task.timeout.ms: 2000}\n";

    @TempDir
    private Path directory;

    private LocalStack stack;
    private Outbox outbox;

    @BeforeEach
    void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
        outbox = stack.closeFirst(new Outbox(stack, 4));
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void shouldWriteEveryEventOnceWhenTheBrokerIsAwayForAWhile() throws Exception {
        try (LiveBridge bridge =
                LiveBridge.start(stack, Outbox.bridge(directory) + IMPATIENT).awaitReady()) {
            // Given
            ShopFlow flow = ShopFlow.start(outbox);
            await("events").atMost(LiveProcess.PATIENCE).until(() -> bridge.events() > 500);

            // When
            stack.broker().stop();
            await("alive without a broker")
                    .during(OUTAGE)
                    .atMost(OUTAGE.plusSeconds(10))
                    .until(() -> bridge.probes().isAlive());
            stack.broker().start();
            bridge.awaitReady();
            int rows = flow.stop();

            // Then
            new WrittenEvents(stack, PARTITIONS).awaitEachOnce(rows);
        }
    }
}
