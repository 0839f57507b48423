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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that come, go, are killed and come back while events arrive: nothing is lost, and no warning is emitted twice or falsely. */
class RollingRestartIT {

    private static final int PARTITIONS = 6;
    private static final Duration SESSION = Duration.ofSeconds(45);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static Promises promises;
    private static Path config;
    private static final List<ServiceProcess> ALL = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
        promises = stack.closeFirst(new Promises(stack));
        config = Files.writeString(directory.resolve("foundling.yaml"), "allowedLag: 1s\nmetrics: {kafka: ALL}\n");
        List.of("one", "two", "three").forEach(name -> ALL.add(instance(name).start()));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static ServiceProcess instance(String name) {
        ServiceProcess service = stack.closeFirst(ServiceProcess.of(
                stack, directory, name, config, Map.of("kafka.session.timeout.ms", Long.toString(SESSION.toMillis()))));
        return service;
    }

    @BeforeEach
    void startAll() {
        ALL.stream().filter(each -> !each.isAlive()).forEach(ServiceProcess::start);
        awaitTasks(ALL);
        AtomicLong last = new AtomicLong();
        await("no further rebalance")
                .atMost(PATIENCE)
                .during(Duration.ofSeconds(3))
                .until(() -> {
                    long now = rebalances(null);
                    return last.getAndSet(now) == now;
                });
    }

    @Test
    void shouldComeBackOneAfterTheOtherWithoutMovingATask() {
        try (Promises.Load load = promises.underLoad()) {
            // When
            for (ServiceProcess each : ALL) {
                long rebalances = rebalances(each);
                assertThat(rebalances).as("rebalances so far").isPositive();
                each.terminate();
                back(each, "restarted");
                assertThat(rebalances(each))
                        .as("rebalances of the others; it printed: %s", each.log())
                        .isEqualTo(rebalances);
            }
            ServiceProcess killed = ALL.get(1);
            long rebalances = rebalances(killed);
            killed.kill();
            back(killed, "killed");

            // Then
            assertThat(rebalances(killed)).as("rebalances of the others").isEqualTo(rebalances);
            assertThat(load.isAlive()).isTrue();
        }
        assertKept("rolling restart and kill -9");
    }

    @Test
    void shouldLoseAndInventNothingWhenInstancesAreTakenAwayAndAdded() {
        try (Promises.Load load = promises.underLoad()) {
            // When
            Instant scaled = Instant.now();
            ALL.subList(1, ALL.size()).forEach(ServiceProcess::terminate);
            awaitTasks(ALL.subList(0, 1));
            System.out.printf(
                    "from 3 to 1 instances, with a session of %d s: after %s%n",
                    SESSION.toSeconds(), Promises.secondsSince(scaled));
            scaled = Instant.now();
            ALL.subList(1, ALL.size()).forEach(ServiceProcess::start);
            awaitTasks(ALL);
            System.out.printf("from 1 to 3 instances: after %s%n", Promises.secondsSince(scaled));

            // Then
            assertThat(load.isAlive()).isTrue();
        }
        assertKept("3 to 1 to 3 instances");
    }

    private static void assertKept(String what) {
        Instant loadEnded = Instant.now();
        promises.keep();
        promises.assertKept(what + " under load", loadEnded);
        ALL.forEach(each -> assertThat(each.log()).doesNotContain("\tat ", "Exception in thread"));
    }

    /** Each ledger task has a clock. */
    private static void awaitTasks(List<ServiceProcess> instances) {
        await("every partition has a clock")
                .atMost(PATIENCE)
                .until(() -> instances.stream().allMatch(ServiceProcess::isReady)
                        && instances.stream().mapToLong(ServiceProcess::clocks).sum() == PARTITIONS);
    }

    private static void back(ServiceProcess service, String how) {
        Instant started = Instant.now();
        service.start();
        await("it listens").atMost(PATIENCE).until(() -> service.port().isPresent());
        String listening = Promises.secondsSince(started);
        service.awaitReady();
        await("its tasks").atMost(PATIENCE).until(() -> service.clocks() > 0 && service.isReady());
        System.out.printf(
                "%s: back after %s, of which the JVM took %s%n", how, Promises.secondsSince(started), listening);
        assertThat(Duration.between(started, Instant.now())).isLessThan(SESSION);
    }

    /** How often the group was rebalanced, as the other members have seen it: each generation is one for all. */
    private static long rebalances(ServiceProcess but) {
        return ALL.stream()
                .filter(each -> each != but)
                .mapToLong(each -> each.metrics().sum("kafka_consumer_coordinator_rebalance_total"))
                .sum();
    }
}
