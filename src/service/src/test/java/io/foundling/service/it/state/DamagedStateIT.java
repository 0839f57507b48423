package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Promises;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.StoreFiles;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of a store that are damaged while the service is down or running: the task is restored once, and nothing is lost. */
class DamagedStateIT {

    private static final int PROMISES = 1_000;
    private static final List<String> TASKS = List.of("0_0", "0_1", "0_2", "0_3");
    private static final String TASK = "0_1";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static Promises promises;
    private static ServiceProcess service;

    @BeforeAll
    static void start() throws IOException {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, TASKS.size(), TopicNames.EVENTS);
        promises = stack.closeFirst(new Promises(stack));
        Path config =
                Files.writeString(directory.resolve("foundling.yaml"), "{allowedLag: 1s, rocksdb: {memory: 8MiB}}\n");
        service = stack.closeFirst(ServiceProcess.of(stack, directory, "damaged", config, Map.of()));
        service.start().awaitReady();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    /** What is met when a store is opened. */
    static Stream<Map<String, Consumer<StoreFiles>>> damages() {
        return Stream.of(
                Map.of(
                        "MANIFEST garbled", StoreFiles::garbleManifest,
                        "MANIFEST lost", StoreFiles::loseManifest,
                        "CURRENT garbled", StoreFiles::garbleCurrent),
                Map.of(
                        "table truncated", StoreFiles::truncateTable,
                        "table lost", StoreFiles::loseTable));
    }

    @Test
    void shouldRestoreEverythingWhenTheDirectoryIsLost() {
        // Given
        promises.make(PROMISES);
        promises.breakAt(Instant.now().plusSeconds(4), 20);
        promises.awaitSeen();
        service.kill();

        // When
        service.deleteState();
        Instant started = Instant.now();
        service.start().awaitReady();
        String ready = Promises.secondsSince(started);
        promises.awaitWarnings();
        promises.keep();

        // Then
        promises.assertKept("killed, directory lost: ready after " + ready, started);
    }

    @Test
    void shouldRestoreEverythingWhenTheDirectoryIsLostWhileItRuns() {
        // Given
        promises.make(PROMISES);
        promises.awaitSeen();
        long repairs = service.metrics().sum("foundling_state_repairs_total");

        // When
        service.deleteState();
        Instant lost = Instant.now();
        promises.makeLarge(150);
        promises.keep();

        // Then
        promises.assertKept("directory lost while running", lost);
        assertThat(service.metrics().sum("foundling_state_repairs_total")).isGreaterThan(repairs);
        assertThat(service.log()).doesNotContain("\tat ", "Exception in thread");
    }

    @ParameterizedTest
    @MethodSource("damages")
    void shouldRestoreOnlyTheTasksWhoseStoresAreDamaged(Map<String, Consumer<StoreFiles>> damages) {
        // Given: what falls due is found by a scan only
        promises.make(PROMISES);
        promises.breakAt(Instant.now().plusSeconds(4), 20);
        promises.awaitSeen();
        service.terminate();
        List<StoreFiles> stores =
                TASKS.stream().map(task -> StoreFiles.of(service, task)).toList();
        List<String> identities = stores.stream().map(StoreFiles::identity).toList();

        // When: the others are left as they are
        Iterator<StoreFiles> damaged = stores.iterator();
        damages.values().forEach(damage -> damage.accept(damaged.next()));
        Instant started = Instant.now();
        service.start().awaitReady();
        String ready = Promises.secondsSince(started);
        promises.awaitWarnings();
        promises.keep();

        // Then
        promises.assertKept(damages.keySet() + ": ready after " + ready, started);
        assertThat(service.metrics().sum("foundling_state_repairs_total")).isEqualTo(damages.size());
        TASKS.subList(0, damages.size())
                .forEach(task -> assertThat(service.log())
                        .containsOnlyOnce("the state of task " + task
                                + " is damaged; it is wiped and restored from its changelog"));
        assertThat(service.log()).doesNotContain("\tat ", "Exception in thread");
        for (int i = 0; i < stores.size(); i++) {
            assertThat(stores.get(i).identity().equals(identities.get(i)))
                    .as("store of %s is the same", TASKS.get(i))
                    .isEqualTo(i >= damages.size());
        }
    }

    @Test
    void shouldRestoreARunningTaskOnceAndStopWithASentenceWhenItIsDamagedAgain() {
        // Given
        StoreFiles files = StoreFiles.of(service, TASK);
        service.terminate();
        service.start().awaitReady();
        writeTables(files);

        // When
        files.flipBits();
        Instant first = Instant.now();
        // Each of these is written again if what the task had written before it failed is committed.
        promises.reportWithoutId(1, 100);
        writeUntil(() -> service.metrics().sum("foundling_state_repairs_total") > 0);
        promises.assertKept();
        int violations = new TopicReader(stack.bootstrapServers())
                .committed(TopicNames.VIOLATIONS)
                .size();
        String restored = Promises.secondsSince(first);
        long repairs = service.metrics().sum("foundling_state_repairs_total");
        writeTables(files);
        files.flipBits();
        writeUntil(() -> !service.isAlive());
        int exitCode = service.awaitExit();

        // Then
        assertThat(repairs).isEqualTo(1);
        assertThat(violations).isEqualTo(100);
        assertThat(exitCode).as(service.log()).isEqualTo(ExitCode.STATE);
        assertThat(service.log())
                .contains(
                        "the state of task " + TASK + " in "
                                + service.stateDirectory().toAbsolutePath()
                                + " was damaged again after it had been restored",
                        "the disk does not keep its data")
                .doesNotContain("\tat ", "Exception in thread");
        Instant second = Instant.now();
        service.start().awaitReady();
        // The member of the thread that was replaced would hold the tasks until its session times out, after 45 s.
        assertThat(Duration.between(second, Instant.now())).isLessThan(Duration.ofSeconds(40));
        promises.assertKept("bits flipped in use: kept after " + restored + "; again: exit code " + exitCode, second);
    }

    /** Writes on until damage is met: what is read may still be in memory, and tables are read when they are merged. */
    private static void writeUntil(Callable<Boolean> met) {
        await("damage met").atMost(SOON).pollInterval(Duration.ofMillis(500)).until(() -> {
            promises.keep();
            promises.makeLarge(20);
            return met.call();
        });
        promises.keep();
    }

    private static void writeTables(StoreFiles files) {
        promises.makeLarge(150);
        promises.awaitSeen();
        await("tables on disk").atMost(SOON).until(files::hasTables);
    }
}
