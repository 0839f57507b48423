package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalBroker;
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
                .containsPattern("ok +topics +10 topics are as declared, 6 partitions each source")
                .containsPattern("ok +access +nothing that is needed is denied")
                .containsPattern("ok +clock +the clock of this machine is \\d+ ms")
                .containsPattern("ok +registry +the registry knows the schemas of 9 topics")
                .contains("errors: 0, warnings: ");
        assertThat(doctor.err()).isEmpty();
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
