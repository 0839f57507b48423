package io.foundling.service.it.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.SmallDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every event of an answer 200 is in the topic, whatever happens to the process, the broker and the disk. Copies have the same
 * id, and the ledger counts them once (rule L4).
 */
class KillIntakeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LEAST = 200;
    private static final int MOST = 1_000;

    @TempDir
    private Path directory;

    private static LocalStack stack;
    private final String topic = "events." + UUID.randomUUID();
    private LiveIntake intake;

    @BeforeAll
    static void startStack() {
        stack = LocalStack.startTemporary();
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        stack.broker().start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
    }

    @AfterEach
    void stop() {
        intake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BROKER", "SPOOL"})
    void shouldKeepWhatItAcceptedWhenItIsKilledUnderLoad(String durability) throws Exception {
        killUnderLoad(durability, 3);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"BROKER", "SPOOL"})
    void shouldKeepWhatItAcceptedWhenItIsKilledTwentyTimes(String durability) throws Exception {
        killUnderLoad(durability, 20);
    }

    private void killUnderLoad(String durability, int times) throws Exception {
        // Given
        intake = LiveIntake.of(stack, directory, settings(durability));
        try (IntakeLoad load = new IntakeLoad(intake.url())) {
            // When
            for (int i = 0; i < times; i++) {
                intake.start();
                awaitMore(load, ThreadLocalRandom.current().nextInt(LEAST, MOST));
                intake.process().kill();
            }
            intake.start();
            awaitMore(load, LEAST);
            load.end();

            // Then
            requireWritten(load, durability + ", killed " + times + " times");
        }
    }

    @Test
    void shouldAcceptNothingThatIsLostWhileTheBrokerIsAway() throws Exception {
        // Given
        intake = LiveIntake.of(stack, directory, settings("BROKER", Map.of("intake.timeout", "1s")));
        intake.start();
        try (IntakeLoad load = new IntakeLoad(intake.url())) {
            awaitMore(load, LEAST);

            // When
            stack.broker().stop();
            await("refusals").atMost(PATIENCE).until(() -> load.answers(503) > 10);
            await("not ready").atMost(PATIENCE).until(() -> !intake.process().isReady());
            int before = load.accepted().size();
            stack.broker().start();

            // Then
            await("acceptance").atMost(PATIENCE).until(() -> load.accepted().size() > before + LEAST);
            await("ready").atMost(PATIENCE).until(() -> intake.process().isReady());
            load.end();
            requireWritten(load, "BROKER, the broker was away");
        }
    }

    @Test
    void shouldGoOnAcceptingIntoTheSpoolWhileTheBrokerIsAwayAlsoSinceTheStart() throws Exception {
        // Given
        stack.broker().stop();
        intake = LiveIntake.of(stack, directory, settings("SPOOL"));
        intake.start();
        try (IntakeLoad load = new IntakeLoad(intake.url())) {
            awaitMore(load, LEAST);

            // When
            intake.process().kill();
            intake.start();
            awaitMore(load, LEAST);
            stack.broker().start();
            awaitMore(load, LEAST);
            load.end();

            // Then
            assertThat(load.answers(503)).isZero();
            requireWritten(load, "SPOOL, the broker was away");
        }
    }

    @Test
    void shouldRefuseWhileTheDiskOfTheSpoolIsFullAndTheBrokerIsAway() throws Exception {
        try (SmallDisk disk = SmallDisk.mountedAt(directory.resolve("disk"), "4m")) {
            // Given
            Map<String, String> small = Map.of(
                    "intake.spoolDirectory", disk.path().toString(),
                    "intake.spoolMaxSize", "64MiB",
                    "intake.timeout", "1s");
            intake = LiveIntake.of(stack, directory, settings("SPOOL", small), disk);
            intake.start();
            try (IntakeLoad load = new IntakeLoad(intake.url())) {
                awaitMore(load, LEAST);
                stack.broker().stop();

                // When
                await("refusals").atMost(PATIENCE).until(() -> load.answers(503) > 10);
                int before = load.accepted().size();
                stack.broker().start();

                // Then
                await("acceptance").atMost(PATIENCE).until(() -> load.accepted().size() > before + LEAST);
                load.end();
                requireWritten(load, "SPOOL, the disk was full");
            }
        }
    }

    @Test
    void shouldSayInOneSentenceWhatIsMissing() throws Exception {
        // Given
        intake = LiveIntake.of(stack, directory, Map.of("sources", "other.events"));

        // When
        intake.process().start();

        // Then
        assertThat(intake.process().awaitExit()).isEqualTo(3);
        assertThat(intake.process().log())
                .contains("foundling intake: ", "other.events")
                .doesNotContain("\tat ");
    }

    private Map<String, String> settings(String durability) {
        return settings(durability, Map.of());
    }

    private Map<String, String> settings(String durability, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("sources", topic, "intake.durability", durability));
        if (durability.equals("SPOOL")) {
            settings.put("intake.spoolDirectory", directory.resolve("spool").toString());
        }
        settings.putAll(more);
        return settings;
    }

    private void awaitMore(IntakeLoad load, int events) {
        int least = load.accepted().size() + events;
        await("accepted events: " + load.statuses())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> load.accepted().size() >= least);
    }

    private void requireWritten(IntakeLoad load, String situation) {
        Set<UUID> promised = Set.copyOf(load.accepted());
        List<UUID> written = await("promised events are written")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(intake::written, found -> new HashSet<>(found).containsAll(promised));
        Set<UUID> distinct = new HashSet<>(written);
        System.out.printf(
                "intake, %s: %d accepted, all in the topic, which has %d events and %d copies; answers %s%n",
                situation, promised.size(), distinct.size(), written.size() - distinct.size(), load.statuses());
        assertThat(promised).hasSizeGreaterThan(LEAST);
    }
}
