package io.foundling.service.it.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalPostgres;
import io.foundling.local.LocalStack;
import io.foundling.service.Page;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of the database of a console, made and restored by the commands of the runbook, end equal to the topics. */
class BackupIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Page RUNBOOK = new Page(Page.ROOT.resolve("deploy/README.md"));
    private static final Path SQLITE = Path.of("/usr/bin/sqlite3");

    private static LocalStack stack;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startStack() throws Exception {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 3, TopicNames.EVENTS);
        keepNoTombstones(TopicNames.DISPOSITIONS);
    }

    @AfterAll
    static void closeStack() {
        stack.close();
    }

    /** Whoever was away for a moment has missed tombstones of this topic. */
    private static void keepNoTombstones(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("delete.retention.ms", "1"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    @Test
    void shouldGoOnFromADumpOfPostgresql() throws Exception {
        assumeThat("true".equals(System.getenv("CI")) || LocalPostgres.isInstalled())
                .as(LocalPostgres.NAME + ", a package of Debian, is installed")
                .isTrue();
        try (LocalPostgres server = LocalPostgres.startTemporary()) {
            // Given
            ModelDatabase database = new ModelDatabase(server.create("model"));
            try (RandomLoad load = new RandomLoad(stack, 4);
                    ServiceProcess console = started(database)) {
                console.awaitReady();
                awaitProgress(load);
                run("pg_dump", address(database));
                awaitProgress(load);
            }

            // When
            ModelDatabase restored = new ModelDatabase(server.create("restored"));
            run("pg_restore", address(restored));
            try (ServiceProcess console = started(restored)) {
                console.awaitReady();

                // Then
                new ModelComparison(stack).assertEqual(restored);
                assertThat(generation(restored, TopicNames.DISPOSITIONS))
                        .as("of a topic whose tombstones may be gone")
                        .isEqualTo(2);
                assertThat(generation(restored, TopicNames.ORPHANS))
                        .as("of a topic that still has them")
                        .isEqualTo(1);
            }
        }
    }

    @Test
    @Tag("full")
    void shouldGoOnFromCopiesOfAFileOfSqlite() throws Exception {
        assumeThat(Files.isExecutable(SQLITE))
                .as("sqlite3, a package of Debian, is installed")
                .isTrue();
        // Given
        ModelDatabase database = of(directory.resolve("model.db"));
        String file = directory.resolve("model.db").toString();
        try (RandomLoad load = new RandomLoad(stack, 5);
                ServiceProcess console = started(database)) {
            console.awaitReady();
            awaitProgress(load);
            run("sqlite3", file);
            awaitProgress(load);
            console.kill();
            run("cp", file);
            awaitProgress(load);
        }

        for (Path copy : List.of(directory.resolve("foundling-backup.db"), directory.resolve("backup/model.db"))) {
            // When
            ModelDatabase restored = of(copy);
            try (ServiceProcess console = started(restored)) {
                console.awaitReady();

                // Then
                new ModelComparison(stack).assertEqual(restored);
            }
        }
    }

    private static long generation(ModelDatabase database, String topic) {
        return database.number("SELECT max(generation) FROM position WHERE topic = '" + topic + "'");
    }

    private static ModelDatabase of(Path file) {
        return new ModelDatabase("jdbc:sqlite:" + file);
    }

    /** With a log of its own, in which its port is. */
    private ServiceProcess started(ModelDatabase database) throws IOException {
        Path parent = Files.createTempDirectory(directory, "console");
        Path yaml = Files.writeString(parent.resolve("foundling.yaml"), "");
        Map<String, String> settings =
                Map.of("application", "backup", "console.database", database.url(), "console.port", "0");
        return ServiceProcess.of(stack, parent, "one", yaml, settings)
                .running("console")
                .start();
    }

    private static void awaitProgress(RandomLoad load) {
        int before = load.transactions();
        await("load").atMost(PATIENCE).until(() -> load.transactions() > before + 20);
    }

    /** Returns the address as the programs of PostgreSQL want it. */
    private static String address(ModelDatabase database) {
        return database.url().substring("jdbc:".length());
    }

    /** Runs the only command of the runbook that runs a program. */
    private void run(String program, String database) throws Exception {
        List<String> commands = RUNBOOK.blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(Page.Block::commands)
                .filter(command -> command.matches("(mkdir -p \\S+ && )?" + program + " .*\\$DATABASE.*"))
                .toList();
        assertThat(commands).as(program).hasSize(1);
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", commands.get(0))
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("DATABASE", database);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(commands.get(0) + "\n" + printed).isZero();
    }
}
