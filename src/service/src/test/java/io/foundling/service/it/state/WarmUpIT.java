package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Promises;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second instance gets its tasks only when it has copies of their state: with much state that is how every one is added. */
@Tag("full")
class WarmUpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** Much state is more than one record; the shortest interval that Kafka Streams allows. */
    private static final Map<String, String> WARM_UP =
            Map.of("kafka.acceptable.recovery.lag", "5", "kafka.probing.rebalance.interval.ms", "60000");

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static Promises promises;
    private static Path config;

    @BeforeAll
    static void start() throws IOException {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
        promises = stack.closeFirst(new Promises(stack));
        config = Files.writeString(directory.resolve("foundling.yaml"), "allowedLag: 1s\n");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static ServiceProcess instance(String name) {
        ServiceProcess service = stack.closeFirst(ServiceProcess.of(stack, directory, name, config, WARM_UP));
        return service.start();
    }

    @Test
    void shouldMoveATaskToAnInstanceThatHasWarmedUp() {
        // Given
        ServiceProcess first = instance("first").awaitReady();
        promises.make(500);
        promises.awaitSeen();

        // When
        Instant added = Instant.now();
        ServiceProcess second = instance("second");
        await("a task on the second").atMost(PATIENCE).until(() -> !second.isAlive() || second.clocks() > 0);

        // Then
        assertThat(second.isAlive()).as(second.log()).isTrue();
        System.out.printf("warmed up: a task moved after %s%n", Promises.secondsSince(added));
        second.awaitReady();
        promises.keep();
        promises.assertKept();
        assertThat(first.isReady()).isTrue();
        assertThat(second.log()).doesNotContain("\tat ", "Exception in thread");
    }
}
