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
                .containsPattern("ok +credentials +console.host is 127.0.0.1, which only this machine reaches")
                .doesNotContain("memory")
                .contains("errors: 0, ");
        assertThat(state.resolve("console.db")).doesNotExist();
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
