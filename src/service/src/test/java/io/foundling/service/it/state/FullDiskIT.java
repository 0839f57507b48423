package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Promises;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.SmallDisk;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state directory on a disk that is full or read-only: a sentence and an exit code, and nothing lost once it is mended. */
class FullDiskIT {

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static Promises promises;
    private static ServiceProcess service;
    private static SmallDisk disk;

    @BeforeAll
    static void start() throws IOException {
        disk = SmallDisk.mountedAt(directory.resolve("disk"), "192m");
        stack = LocalStack.startTemporary();
        stack.closeFirst(disk);
        LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
        promises = stack.closeFirst(new Promises(stack));
        Path config =
                Files.writeString(directory.resolve("foundling.yaml"), "{allowedLag: 1s, rocksdb: {memory: 8MiB}}\n");
        service = stack.closeFirst(ServiceProcess.of(
                        stack,
                        directory,
                        "cramped",
                        config,
                        Map.of("stateDirectory", disk.path().resolve("state").toString()))
                .within(disk));
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void shouldStopWithASentenceWhenTheDiskIsFullAndGoOnWhenThereIsSpace() {
        // Given
        service.start().awaitReady();
        promises.make(300);
        promises.breakAt(Instant.now(), 10);
        promises.awaitWarnings();

        // When
        disk.fill();
        Instant full = Instant.now();
        promises.makeLarge(200);
        int exitCode = service.awaitExit();
        String ended = Promises.secondsSince(full);

        // Then
        assertThat(exitCode).as(service.log()).isEqualTo(ExitCode.STATE);
        assertThat(service.log())
                .contains(
                        "foundling serve: no space is left in " + service.stateDirectory(),
                        "KiB free",
                        "stateDirectory")
                .doesNotContain("\tat ", "Exception in thread");

        // When: it is started again as it is
        disk.fill();
        assertThat(service.start().awaitExit()).as(service.log()).isEqualTo(ExitCode.STATE);
        assertThat(service.log()).contains("no space is left in ");

        // Then
        disk.makeSpace();
        Instant started = Instant.now();
        service.start().awaitReady();
        promises.keep();
        promises.assertKept("disk full: exit code " + exitCode + " after " + ended, started);

        // When: the disk has become read-only
        service.terminate();
        disk.remount("ro");
        promises.make(100);
        assertThat(service.start().awaitExit()).as(service.log()).isEqualTo(ExitCode.STATE);
        assertThat(service.log())
                .contains(
                        "foundling serve: " + service.stateDirectory() + " cannot be written to (",
                        "Read-only file system")
                .doesNotContain("\tat ", "Exception in thread");

        // Then
        disk.remount("rw");
        started = Instant.now();
        service.start().awaitReady();
        promises.keep();
        promises.assertKept("disk read-only: exit code 4", started);
        assertThat(service.metrics().sum("foundling_state_repairs_total")).isZero();
    }
}
