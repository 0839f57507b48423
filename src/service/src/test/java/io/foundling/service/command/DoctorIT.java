package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.FakeReceiver;
import io.foundling.local.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor before and after the topics are made, without a broker, and with wrong settings. */
class DoctorIT {

    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    private static Path home;

    private static LocalBroker broker;

    @TempDir
    private Path state;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void start() {
        broker = LocalBroker.startIn(home);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldFindNothingWrongWhenTopicsAndSchemasAreThere() {
        // Given
        run("topics", "apply");

        // When
        CommandRun doctor = run("doctor");

        // Then
        assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isEqualTo(ExitCode.OK);
        assertThat(doctor.out())
                .containsPattern("ok +configuration +can be read")
                .containsPattern("warning +policies +no policy covers RECORD")
                .containsPattern("ok +broker +1 broker answers")
                .containsPattern("ok +topics +12 topics are as declared, 6 partitions each source")
                .containsPattern("ok +access +nothing that is needed is denied")
                .containsPattern("ok +clock +the clock of this machine is \\d+ ms")
                .containsPattern("skipped +access +the right to transactional ids that begin with \\S+- cannot")
                .containsPattern("ok +registry +the registry knows the schemas of 11 topics")
                .contains("errors: 0, warnings: ");
        assertThat(doctor.err()).isEmpty();
    }

    @Test
    void shouldExamineTheDatabaseAndTheTopicsOfAConsoleWhenAskedTo() {
        // Given
        run("topics", "apply");
        environment.put("FOUNDLING_CONSOLE_DATABASE", "jdbc:sqlite:" + state.resolve("console.db"));

        // When
        CommandRun doctor = run("doctor", "--for", "console");

        // Then
        assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isEqualTo(ExitCode.OK);
        assertThat(doctor.out())
                .containsPattern("ok +console +console.database jdbc:sqlite:\\S+: the file \\S+ is not there yet")
                .containsPattern("ok +reading +console may read all topics, and join its group")
                .containsPattern("ok +intake +callers are answered once the broker has acknowledged: there is no spool")
                .containsPattern("ok +reporting +console may write into audit.events")
                .containsPattern("ok +credentials +console.host is 127.0.0.1, which only this machine reaches")
                .doesNotContain("memory")
                .contains("errors: 0, ");
        assertThat(state.resolve("console.db")).doesNotExist();
    }

    @Test
    void shouldExamineTheIntakeOfAConsoleThatTakesEvents() throws IOException {
        // Given
        Path file = Files.writeString(state.resolve("spool"), "not a directory");
        environment.put("FOUNDLING_CONSOLE_DATABASE", "jdbc:sqlite:" + state.resolve("console.db"));
        environment.put("FOUNDLING_SOURCES", "absent.events");
        environment.put("FOUNDLING_INTAKE_DURABILITY", "SPOOL");
        environment.put("FOUNDLING_INTAKE_SPOOL_DIRECTORY", file.toString());

        // When
        CommandRun taking = run("doctor", "--for", "console");
        environment.put("FOUNDLING_INTAKE_ENABLED", "false");
        CommandRun reading = run("doctor", "--for", "console");

        // Then
        assertThat(taking.out())
                .containsPattern("error +intake +intake.spoolDirectory \\S+ cannot be written: .+; mount it")
                .containsPattern("error +reporting +for console, topic absent.events does not exist; ");
        assertThat(reading.out()).doesNotContain(" intake ", " reporting ");
    }

    @Test
    void shouldGoOnAndSayWhatMendsItWhenTheBrokerIsAway() {
        // When
        environment.put("FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", NOBODY);
        CommandRun doctor = CommandRun.with(environment, "doctor", "--schema-registry-url", "mock://empty");

        // Then
        assertThat(doctor.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(doctor.out())
                .containsPattern("error +broker +no broker answered at 127.0.0.1:1 .* kafka.bootstrap.servers")
                .containsPattern("skipped +topics +needs the broker")
                .containsPattern(
                        "warning +registry +the registry does not know this version of Disposition for audit.dispositions")
                .contains("errors: 1, ");
    }

    @Test
    void shouldSayWhichSettingIsTooLargeForTheCluster() {
        // Given
        environment.put("FOUNDLING_REPLICATION_FACTOR", "3");

        // When
        CommandRun doctor = run("doctor");

        // Then
        assertThat(doctor.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(doctor.out())
                .containsPattern("error +broker +replicationFactor is 3, but the cluster has 1 brokers");
        assertThat(run("doctor", "--for", "notify").out()).containsPattern("ok +broker +1 broker answers");
    }

    @Test
    void shouldSayThatTheRegistryIsAway() {
        // Given
        environment.put("FOUNDLING_AVRO_SCHEMA_REGISTRY_MAX_WAIT_MS", "300");
        environment.put("FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());

        // When
        CommandRun doctor = CommandRun.with(environment, "doctor", "--schema-registry-url", "http://" + NOBODY);

        // Then
        assertThat(doctor.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(doctor.out()).containsPattern("error +registry +.*http://127.0.0.1:1");
    }

    @Test
    void shouldExamineReceiversAndWhatNotifyNeedsWhenThereAreReceivers() throws IOException {
        // Given
        run("topics", "apply");
        try (FakeReceiver hook = new FakeReceiver()) {
            Path config = Files.writeString(
                    state.resolve("foundling.yaml"),
                    "receivers: [{name: hook, kind: WEBHOOK, url: \"%s\"}]%n".formatted(hook.uri()));

            // When
            CommandRun both = run("doctor", "--config", config.toString());
            CommandRun notify = run("doctor", "--for", "notify", "--config", config.toString());
            CommandRun serve = run("doctor", "--for", "serve", "--config", config.toString());

            // Then
            assertThat(both.exitCode()).as(both.out() + both.err()).isEqualTo(ExitCode.OK);
            assertThat(both.out())
                    .containsPattern("ok +delivery +notify may read alerts, and write what receivers have got")
                    .containsPattern("ok +receivers +hook at 127.0.0.1:\\d+ answers 200 to HEAD")
                    .containsPattern("ok +topics ");
            assertThat(notify.out())
                    .contains(" delivery ", " receivers ")
                    .containsPattern("skipped +delivery +the right to transactional ids that begin with \\S+-notify- ")
                    .containsPattern("registry +the registry knows the schemas of 2 topics")
                    .doesNotContain(" disk ", " topics  ");
            assertThat(serve.out()).contains(" disk ", " topics ").doesNotContain(" delivery ", " receivers ");
        }
    }

    @Test
    void shouldNameTheMissingTopicWhenNotifyIsExaminedBeforeTheTopicsAreMade() {
        // Given
        environment.put("FOUNDLING_TOPICS_PREFIX", "absent.");

        // When
        CommandRun doctor = run("doctor", "--for", "NOTIFY");

        // Then
        assertThat(doctor.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(doctor.out())
                .containsPattern("error +delivery +for notify, topic absent.deliveries does not exist")
                .containsPattern("error +receivers +receivers is missing");
    }

    @Test
    void shouldFindNothingWrongWithAnIntakeThatCanWork() throws IOException {
        // Given
        run("topics", "apply");
        Path config = Files.writeString(
                state.resolve("foundling.yaml"),
                "intake: {durability: SPOOL, spoolDirectory: %s, spoolMaxSize: 1MiB}"
                        .formatted(state.resolve("spool")));

        // When
        CommandRun spooling = run("doctor", "--for", "intake", "--config", config.toString());
        CommandRun waiting = run("doctor", "--for", "intake");

        // Then
        assertThat(spooling.exitCode()).as(spooling.out() + spooling.err()).isEqualTo(ExitCode.OK);
        assertThat(spooling.out())
                .containsPattern("ok +credentials +console.host is 127.0.0.1, .* so the intake asks for no credentials")
                .contains("intake.spoolDirectory " + state.resolve("spool") + " can be written")
                .containsPattern("ok +reporting +intake may write into audit.events")
                .containsPattern("ok +registry +the registry knows the schemas of 1 topic\\R")
                .doesNotContain(" memory ", " topics ", " disk ")
                .contains("errors: 0, ");
        assertThat(state.resolve("spool")).doesNotExist();
        assertThat(waiting.out())
                .containsPattern(
                        "ok +intake +callers are answered once the broker has acknowledged: there is no spool");
    }

    @Test
    void shouldSayWhatKeepsAnIntakeFromWorking() throws IOException {
        // Given
        Path file = Files.writeString(state.resolve("spool"), "not a directory");
        environment.put("FOUNDLING_TOPICS_PREFIX", "absent.");
        environment.put("FOUNDLING_INTAKE_DURABILITY", "SPOOL");
        environment.put("FOUNDLING_INTAKE_SPOOL_DIRECTORY", file.toString());
        environment.put(
                "FOUNDLING_CONSOLE_TOKENS_FILE", state.resolve("absent.yaml").toString());

        // When
        CommandRun doctor = run("doctor", "--for", "intake");

        // Then
        assertThat(doctor.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(doctor.out())
                .containsPattern("error +credentials +console.tokensFile \\S+absent.yaml: does not exist")
                .containsPattern("error +intake +intake.spoolDirectory \\S+ cannot be written: .+; mount it")
                .containsPattern("error +reporting +for intake, topic absent.events does not exist; ")
                .containsPattern("warning +registry +the registry does not know this version of AuditEvent for"
                        + " absent.events; register it with 'foundling topics apply'")
                .contains("errors: 3, ");
    }

    @Test
    void shouldExamineTheMappingsAndTheTopicsOfBridges() throws Exception {
        // Given
        run("topics", "apply");
        Path mapping = Files.writeString(state.resolve("orders.mapping.yaml"), """
                subject: {kind: RECORD, source: shop, stage: order, id: {field: id}}
                time: {field: at}
                eventId: [id]
                facts: {rules: [{body: Opened}]}
                """);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("shop.orders", 1, (short) 1)))
                    .all()
                    .get();
        }
        Path good = Files.writeString(
                state.resolve("good.yaml"),
                "bridges: [{name: orders, input: shop.orders, mappingFile: %s}]".formatted(mapping));
        Path wrong = Files.writeString(
                state.resolve("wrong.yaml"),
                "bridges: [{name: orders, input: shop.absent, mappingFile: %s}]"
                        .formatted(state.resolve("absent.yaml")));

        // When
        CommandRun working = run("doctor", "--for", "bridge", "--config", good.toString());
        CommandRun broken = run("doctor", "--for", "bridge", "--config", wrong.toString());
        Files.writeString(mapping, "subject: {kind: RECORD}\nfacts: {rules: []}\n");
        CommandRun unreadable = run("doctor", "--for", "bridge", "--config", good.toString());

        // Then
        assertThat(working.exitCode()).as(working.out() + working.err()).isEqualTo(ExitCode.OK);
        assertThat(working.out())
                .containsPattern("ok +mappings +mapping \\S+ of bridge orders can be read")
                .containsPattern("ok +bridges +bridge may read its topics, and write events and dead letters")
                .containsPattern("ok +registry +the registry knows the schemas of 1 topic\\R")
                .doesNotContain(" memory ", " topics ", " disk ", " credentials ")
                .contains("errors: 0, ");
        assertThat(broken.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(broken.out())
                .containsPattern(
                        "error +mappings +bridges\\[].mappingFile of 'orders', \\S+absent.yaml, does not exist; ")
                .containsPattern(
                        "error +bridges +for bridge, topic shop.absent, which bridge orders reads, does not exist");
        assertThat(unreadable.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(unreadable.out().lines().filter(line -> line.contains(" mappings ")))
                .as("each problem is a finding")
                .hasSizeGreaterThan(1)
                .allSatisfy(line -> assertThat(line)
                        .matches("error +mappings +mapping orders.mapping.yaml cannot be used: line \\d+: .+"));
    }

    private CommandRun run(String... command) {
        environment.put("FOUNDLING_STATE_DIRECTORY", state.toString());
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--schema-registry-url",
                "mock://" + home.getFileName()));
        return CommandRun.with(environment, arguments.toArray(String[]::new));
    }
}
