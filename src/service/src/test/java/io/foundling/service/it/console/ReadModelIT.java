package io.foundling.service.it.console;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalPostgres;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The read model equals the topics, whatever dies. */
class ReadModelIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int ROUNDS = 4;

    private static LocalStack stack;

    @TempDir
    private Path directory;

    private final List<ServiceProcess> consoles = new ArrayList<>();

    @BeforeAll
    static void startStack() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 3, TopicNames.EVENTS);
    }

    @AfterAll
    static void closeStack() {
        stack.close();
    }

    @Test
    void shouldEqualTheTopicsInSqliteAfterKillsOfConsoleAndBroker() throws Exception {
        // Given
        ModelDatabase database = new ModelDatabase("jdbc:sqlite:" + directory.resolve("model.db"));
        start("sqlite", "one", database);
        Random random = new Random(7);

        // When
        try (RandomLoad load = new RandomLoad(stack, 7)) {
            for (int round = 0; round < ROUNDS; round++) {
                awaitProgress(load);
                killOne(random);
                if (round == 1) {
                    restartBroker();
                }
            }
        }

        // Then
        assertEqualsTheTopics(database);

        // When
        ModelDatabase anew = new ModelDatabase("jdbc:sqlite:" + directory.resolve("anew.db"));
        start("sqlite-anew", "one", anew);

        // Then
        assertEqualsTheTopics(anew);
        close();
    }

    @Test
    void shouldEqualTheTopicsInPostgresqlWithTwoConsolesAfterKillsOfAll() throws Exception {
        assumeThat("true".equals(System.getenv("CI")) || LocalPostgres.isInstalled())
                .as(LocalPostgres.NAME + ", a package of Debian, is installed")
                .isTrue();
        try (LocalPostgres server = LocalPostgres.startTemporary()) {
            // Given
            ModelDatabase database = new ModelDatabase(server.create("model"));
            start("postgres", "one", database);
            start("postgres", "two", database);
            Random random = new Random(11);

            // When
            try (RandomLoad load = new RandomLoad(stack, 11)) {
                for (int round = 0; round < ROUNDS; round++) {
                    awaitProgress(load);
                    killOne(random);
                    if (round == 1) {
                        restartBroker();
                    } else {
                        server.crash();
                        server.start();
                    }
                }
            }

            // Then
            assertEqualsTheTopics(database);
            close();
        }
    }

    private void start(String application, String instance, ModelDatabase database) throws Exception {
        Path parent = Files.createDirectories(directory.resolve(application));
        Path yaml = Files.writeString(parent.resolve("foundling.yaml"), "");
        Map<String, String> settings =
                Map.of("application", application, "console.database", database.url(), "console.port", "0");
        consoles.add(stack.closeFirst(ServiceProcess.of(stack, parent, instance, yaml, settings)
                        .running("console"))
                .start()
                .awaitReady());
    }

    private void close() {
        consoles.forEach(ServiceProcess::close);
    }

    private void awaitProgress(RandomLoad load) {
        int before = load.transactions();
        await("load").atMost(PATIENCE).until(() -> load.transactions() > before + 20);
    }

    private void killOne(Random random) {
        ServiceProcess victim = consoles.get(random.nextInt(consoles.size()));
        victim.kill();
        victim.start();
    }

    private void restartBroker() {
        stack.broker().stop();
        stack.broker().start();
    }

    private void assertEqualsTheTopics(ModelDatabase database) {
        consoles.forEach(ServiceProcess::awaitReady);
        new ModelComparison(stack).assertEqual(database);
    }
}
