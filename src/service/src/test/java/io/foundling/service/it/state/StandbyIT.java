package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.MetricsPage;
import io.foundling.service.it.rig.Promises;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of two instances is killed and does not come back: the other takes its tasks over. With a standby it has their
 * state already, and reads only what the killed one wrote last.
 */
class StandbyIT {

    private static final int PARTITIONS = 2;
    private static final int OPEN = 3_000;
    private static final int BROKEN = 100;

    /** How long the group waits for a member that is gone; the least a broker allows. */
    private static final String SESSION_MS = "6000";

    @TempDir
    private Path directory;

    @Test
    void shouldTakeOverWithoutReadingTheStateAgainWhenThereIsAStandby() throws Exception {
        // When
        long withStandby = restoredByATakeOver("1");
        long without = restoredByATakeOver("0");

        // Then
        System.out.printf(
                "records that a take-over reads of changelogs: %,d with a standby, %,d without%n",
                withStandby, without);
        assertThat(without).isGreaterThan(OPEN / 3);
        assertThat(withStandby).isLessThan(without / 5);
    }

    /** Returns how many records of changelogs the instance that stays reads from the kill until it has all tasks. */
    private long restoredByATakeOver(String standbys) throws IOException {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
            Promises promises = stack.closeFirst(new Promises(stack));
            List<ServiceProcess> both =
                    List.of(instance(stack, "stays", standbys), instance(stack, "killed", standbys));
            both.forEach(ServiceProcess::start);
            await("a task for each")
                    .atMost(LiveLedger.PATIENCE)
                    .until(() -> both.stream().allMatch(each -> each.isReady() && each.clocks() == PARTITIONS / 2));
            promises.make(OPEN);
            promises.breakAt(Instant.now(), BROKEN);
            promises.awaitSeen();
            promises.awaitWarnings();
            awaitFigures(both, BROKEN);
            assertFigures(both, BROKEN, OPEN + BROKEN);
            ServiceProcess stays = both.get(0);
            long restored = awaitCaughtUp(stays);
            assertThat(restored > OPEN / 3)
                    .as("has a copy of the other's state")
                    .isEqualTo(!standbys.equals("0"));

            // When
            promises.breakAt(Instant.now().plusSeconds(5), BROKEN);
            promises.awaitSeen();
            Instant killed = Instant.now();
            both.get(1).kill();
            await("all tasks").atMost(LiveLedger.PATIENCE).until(() -> stays.clocks() == PARTITIONS && stays.isReady());
            String takenOver = Promises.secondsSince(killed);
            promises.breakAt(Instant.now(), BROKEN);
            promises.awaitWarnings();

            // Then
            System.out.printf("taken over with %s standbys, ready after %s%n", standbys, takenOver);
            awaitFigures(List.of(stays), 3 * BROKEN);
            assertFigures(List.of(stays), 3 * BROKEN, OPEN + 3 * BROKEN);
            long readAgain = restored(stays) - restored;
            promises.keep();
            promises.assertKept();
            assertThat(stays.log()).doesNotContain("\tat ", "Exception in thread");
            return readAgain;
        }
    }

    private ServiceProcess instance(LocalStack stack, String name, String standbys) throws IOException {
        Path parent = Files.createDirectories(directory.resolve(standbys));
        Path config = Files.writeString(parent.resolve("foundling.yaml"), "allowedLag: 1s\nmetrics: {kafka: ALL}\n");
        Map<String, String> settings =
                Map.of("kafka.session.timeout.ms", SESSION_MS, "kafka.num.standby.replicas", standbys);
        return stack.closeFirst(ServiceProcess.of(stack, parent, name, config, settings));
    }

    /** Returns what was read of changelogs so far, once no more comes. */
    private static long awaitCaughtUp(ServiceProcess service) {
        AtomicLong last = new AtomicLong(-1);
        await("no more of changelogs")
                .atMost(LiveLedger.PATIENCE)
                .during(Duration.ofSeconds(3))
                .until(() -> {
                    long now = restored(service);
                    return last.getAndSet(now) == now;
                });
        return last.get();
    }

    /** Records that the consumers of changelogs have read, of tasks and of standbys. */
    private static long restored(ServiceProcess service) {
        return service.metrics().samples().stream()
                .filter(sample -> sample.name().equals("kafka_consumer_fetch_manager_records_consumed_total"))
                .filter(sample -> sample.labels().get("client_id").endsWith("-restore-consumer"))
                .mapToLong(sample -> Math.round(sample.value()))
                .sum();
    }

    private static void awaitFigures(List<ServiceProcess> instances, long orphans) {
        await("figures of " + orphans + " orphans")
                .atMost(LiveLedger.PATIENCE)
                .until(() -> sum(instances, page -> page.sum("foundling_orphans")) >= orphans
                        && sum(instances, page -> page.sum("foundling_alerts_firing")) >= 1);
    }

    /** A standby has the same entries as its task, and counts none of them. */
    private static void assertFigures(List<ServiceProcess> instances, long orphans, long subjects) {
        assertThat(sum(instances, page -> page.sum("foundling_orphans"))).isEqualTo(orphans);
        assertThat(sum(instances, page -> page.sum("foundling_subjects"))).isEqualTo(subjects);
        assertThat(sum(instances, page -> page.sum("foundling_known_subjects"))).isEqualTo(subjects);
        assertThat(sum(instances, page -> page.sum("foundling_alerts_firing"))).isEqualTo(1);
        assertThat(instances.stream().mapToLong(ServiceProcess::clocks).sum()).isEqualTo(PARTITIONS);
        assertThat(instances).allMatch(ServiceProcess::isReady);
    }

    private static long sum(List<ServiceProcess> instances, ToLongFunction<MetricsPage> figure) {
        return instances.stream().map(ServiceProcess::metrics).mapToLong(figure).sum();
    }
}
