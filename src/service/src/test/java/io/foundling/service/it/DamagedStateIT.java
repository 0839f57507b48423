package io.foundling.service.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.command.ExitCode;
import io.foundling.topology.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of a store that are damaged while the service is down or running: the task is restored once, and nothing is lost. */
class DamagedStateIT {

    private static final int PROMISES = 1_000;
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
        LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
        promises = new Promises(stack);
        stack.closeFirst(promises);
        Path config =
                Files.writeString(directory.resolve("foundling.yaml"), "{allowedLag: 1s, rocksdb: {memory: 8MiB}}\n");
        service = ServiceProcess.of(stack, directory, "damaged", config, Map.of());
        stack.closeFirst(service);
        service.start().awaitReady();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("MANIFEST garbled", StoreFiles::garbleManifest),
                damage("table truncated", StoreFiles::truncateTable),
                damage("bits flipped in tables", StoreFiles::flipBits));
    }

    static Stream<Arguments> furtherDamages() {
        return Stream.of(
                damage("CURRENT garbled", StoreFiles::garbleCurrent),
                damage("MANIFEST lost", StoreFiles::loseManifest),
                damage("table lost", StoreFiles::loseTable));
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
        Duration ready = Duration.between(started, Instant.now());
        promises.awaitTold();
        promises.keep();

        // Then
        promises.assertKept();
        System.out.printf("directory lost: ready after %s%n", ready);
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
        promises.assertKept();
        System.out.printf("directory lost while running: all kept after %s%n", Duration.between(lost, Instant.now()));
        assertThat(service.metrics().sum("foundling_state_repairs_total")).isGreaterThan(repairs);
        assertThat(service.log()).doesNotContain("\tat ", "Exception in thread");
    }

    private static Arguments damage(String name, Consumer<StoreFiles> way) {
        return Arguments.of(name, way);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void shouldRestoreTheTaskWhenItsStoreIsDamaged(String name, Consumer<StoreFiles> damage) {
        restoreAfter(name, damage);
    }

    @Tag("full")
    @ParameterizedTest(name = "{0}")
    @MethodSource("furtherDamages")
    void shouldRestoreTheTaskWhenItsStoreIsDamagedInAnotherWay(String name, Consumer<StoreFiles> damage) {
        restoreAfter(name, damage);
    }

    private static void restoreAfter(String name, Consumer<StoreFiles> damage) {
        // Given: what falls due is found by a scan only
        promises.make(PROMISES);
        promises.breakAt(Instant.now().plusSeconds(4), 20);
        promises.awaitSeen();
        service.terminate();

        // When
        damage.accept(StoreFiles.of(service, TASK));
        Instant started = Instant.now();
        service.start().awaitReady();
        Duration ready = Duration.between(started, Instant.now());
        promises.awaitTold();
        promises.keep();

        // Then
        promises.assertKept();
        System.out.printf(
                "%s: ready after %s, all kept after %s%n", name, ready, Duration.between(started, Instant.now()));
        assertThat(service.metrics().sum("foundling_state_repairs_total")).isEqualTo(1);
        assertThat(service.log())
                .containsOnlyOnce(
                        "the state of task " + TASK + " is damaged; it is wiped and restored from its changelog")
                .doesNotContain("\tat ", "Exception in thread");
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
        promises.keep();
        promises.assertKept();
        int violations = new TopicReader(stack.bootstrapServers())
                .committed(TopicNames.VIOLATIONS)
                .size();
        Duration restored = Duration.between(first, Instant.now());
        long repairs = service.metrics().sum("foundling_state_repairs_total");
        writeTables(files);
        files.flipBits();
        promises.keep();
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
                        "the disk is not to be trusted")
                .doesNotContain("\tat ", "Exception in thread");
        Instant second = Instant.now();
        service.start().awaitReady();
        // The member of the thread that was replaced would hold the tasks until its session times out, after 45 s.
        assertThat(Duration.between(second, Instant.now())).isLessThan(Duration.ofSeconds(40));
        promises.assertKept();
        System.out.printf(
                "damaged in use: restored after %s, after the end and a start %s%n",
                restored, Duration.between(second, Instant.now()));
    }

    private static void writeTables(StoreFiles files) {
        promises.makeLarge(150);
        promises.awaitSeen();
        await("tables on disk").atMost(SOON).until(files::hasTables);
    }
}
