package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Promises;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is stopped for longer than a transaction may take, and shorter than its session. */
class StallIT {

    private static final long STALL_MS = 30_000;

    @TempDir
    private static Path directory;

    @Test
    void shouldGoOnWhenTheProcessStoodStillForLongerThanATransactionMayTake() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
            Promises promises = new Promises(stack);
            stack.closeFirst(promises);
            ServiceProcess service = service(stack).start().awaitReady();
            promises.make(500);
            promises.breakAt(Instant.now(), 10);
            promises.awaitSeen();

            // When
            Instant woken;
            try (Promises.Load load = promises.underLoad()) {
                service.suspend();
                // Nothing answers meanwhile that could be waited for: the length of the stall is what is tested.
                Thread.sleep(STALL_MS);
                service.resume();
                woken = Instant.now();
                assertThat(load.isAlive()).isTrue();
            }
            promises.keep();

            // Then
            promises.assertKept("stood still for " + STALL_MS + " ms", woken);
            assertThat(service.isAlive()).as(service.log()).isTrue();
            service.awaitReady();
        }
    }

    private static ServiceProcess service(LocalStack stack) throws IOException {
        Path config = Files.writeString(directory.resolve("foundling.yaml"), "allowedLag: 1s\n");
        ServiceProcess service =
                ServiceProcess.of(stack, directory, "one", config, Map.of("kafka.session.timeout.ms", "45000"));
        stack.closeFirst(service);
        return service;
    }
}
