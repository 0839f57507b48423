package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Promises;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes that take themselves for the same instance, and one that was stalled while another did its work. */
class IdentityIT {

    private static final Map<String, String> SHORT_SESSION = Map.of("kafka.session.timeout.ms", "6000");

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static Promises promises;
    private static Path config;
    private static ServiceProcess one;

    @BeforeAll
    static void start() throws IOException {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
        promises = stack.closeFirst(new Promises(stack));
        config = Files.writeString(directory.resolve("foundling.yaml"), "allowedLag: 1s\n");
        one = instance("one", Map.of()).start().awaitReady();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static ServiceProcess instance(String directoryName, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(SHORT_SESSION);
        all.putAll(settings);
        ServiceProcess service = stack.closeFirst(ServiceProcess.of(stack, directory, directoryName, config, all));
        return service;
    }

    @ParameterizedTest
    @ValueSource(strings = {"two", "one"})
    void shouldRefuseToShareAStateDirectory(String name) {
        // Given
        promises.make(100);
        promises.awaitSeen();

        // When
        ServiceProcess second = instance(
                "sharing-as-" + name,
                Map.of("instance", name, "stateDirectory", one.stateDirectory().toString()));
        Instant started = Instant.now();
        int exitCode = second.start().awaitExit();
        String ended = Promises.secondsSince(started);
        promises.keep();

        // Then
        assertThat(exitCode).as(second.log()).isEqualTo(ExitCode.STATE);
        assertThat(second.log())
                .contains(one.stateDirectory().toAbsolutePath() + " is in use by another process")
                .doesNotContain("\tat ", "Exception in thread");
        promises.assertKept(
                "one directory, as instance %s: exit code %d after %s".formatted(name, exitCode, ended), started);
        assertThat(one.isAlive()).isTrue();
    }

    @Test
    void shouldGiveWayToAnotherProcessOfItsName() {
        // Given
        ServiceProcess first = one;
        promises.make(500);
        promises.awaitSeen();

        // When
        ServiceProcess second = instance("impostor", Map.of("instance", "one"));
        promises.breakAt(Instant.now(), 10);
        Instant started = Instant.now();
        second.start();
        promises.keep();
        int exitCode = first.awaitExit();
        String ended = Promises.secondsSince(started);
        second.awaitReady();

        // Then
        promises.assertKept("one name: the first gave way with exit code " + exitCode + " after " + ended, started);
        assertThat(exitCode).as(first.log()).isEqualTo(ExitCode.STATE);
        assertThat(first.log())
                .contains("another process joined under the name of this instance")
                .doesNotContain("\tat ", "Exception in thread");
        second.terminate();
        one.start().awaitReady();
        promises.assertKept();
    }

    @Test
    void shouldDoNothingTwiceWhenItWakesUpAfterAnotherTookOver() {
        // Given
        ServiceProcess sleeper = instance("sleeper", Map.of()).start().awaitReady();
        await("a task of its own").atMost(LiveLedger.PATIENCE).until(() -> sleeper.clocks() > 0);
        promises.make(500);
        promises.breakAt(Instant.now(), 10);
        promises.awaitSeen();

        // When
        promises.keep();
        sleeper.suspend();
        Instant asleep = Instant.now();
        promises.make(500);
        promises.breakAt(Instant.now(), 10);
        promises.awaitSeen();
        promises.awaitWarnings();
        String takenOver = Promises.secondsSince(asleep);
        Instant woken = Instant.now();
        sleeper.resume();
        promises.keep();

        // Then
        promises.assertKept("stalled and woken: taken over within " + takenOver, woken);
        sleeper.awaitReady();
        assertThat(sleeper.log()).doesNotContain("\tat ", "Exception in thread");
        sleeper.terminate();
        one.awaitReady();
        promises.assertKept();
    }
}
