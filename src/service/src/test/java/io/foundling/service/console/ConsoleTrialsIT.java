package io.foundling.service.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.audit.AuditEvent;
import io.foundling.console.access.Caller;
import io.foundling.console.policies.InvalidPoliciesException;
import io.foundling.console.policies.TrialJson;
import io.foundling.console.policies.TrialLimits;
import io.foundling.console.policies.TrialReport;
import io.foundling.console.policies.TrialRun;
import io.foundling.console.policies.Trials;
import io.foundling.console.policies.Window;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.command.CommandRun;
import io.foundling.service.command.CommandStack;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import io.foundling.topology.harness.Events;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials of the console on a real broker. */
class ConsoleTrialsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String QUICK = "policies: [{name: quick, status: DEFERRED, window: 1s, grace: 1s}]";

    private static CommandStack stack;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startStack() throws Exception {
        stack = CommandStack.withTopics();
        Instant now = Instant.now();
        for (int number = 0; number < 20; number++) {
            send(Events.deferred("r" + number).at(now.minusSeconds(30)));
        }
        send(Events.completed("r0").at(Instant.now()));
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void shouldFindWhatTheCommandFinds() throws Exception {
        // Given
        Path inForce = Files.writeString(
                directory.resolve("in-force.yaml"), "lateArrivalGrace: 1s\nallowedLag: 100ms\npolicies: []\n");
        Instant until = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant since = until.minus(Duration.ofHours(1));
        CommandRun command = stack.run(
                "policies",
                "test",
                Files.writeString(directory.resolve("new.yaml"), QUICK).toString(),
                "--config",
                inForce.toString(),
                "--since",
                since.toString(),
                "--until",
                until.toString(),
                "--output",
                "json");
        assertThat(command.exitCode()).as(command.err()).isZero();

        // When
        TrialRun run;
        try (Trials trials = trials(Files.readString(inForce), stack.kafka())) {
            run = trials.begin(Caller.LOCAL, QUICK, new Window(since, until));
            await().atMost(PATIENCE).until(() -> run.state() != TrialRun.State.RUNNING);
        }

        // Then
        assertThat(run.ending().orElseThrow().problem()).isEmpty();
        TrialReport report = run.ending().orElseThrow().result().orElseThrow().report();
        JsonNode expected = new JsonMapper().readTree(command.out());
        JsonNode found = new JsonMapper()
                .readTree(TrialJson.of(report, run.changes(), List.of()).toString());
        assertThat(found.get("warnings")).hasSize(20);
        for (String part : List.of("policies", "trail", "stages", "warnings", "alerts", "reminders")) {
            assertThat(found.get(part)).as(part).isEqualTo(expected.get(part));
        }
    }

    @Test
    void shouldSayThatATopicIsMissingOrTheBrokerAway() {
        assertThat(failure("sources: [nowhere]", stack.kafka())).contains("nowhere");
        assertThat(failure("", Map.of("bootstrap.servers", "localhost:1"))).contains("localhost:1");
    }

    @Test
    void shouldSayThatTheRegistryIsAway() {
        assertThat(failure(trials("avro: {schema.registry.max.wait.ms: 100}", stack.kafka(), "http://localhost:1")))
                .contains("localhost:1")
                .doesNotContain("the log of the console has the reason");
    }

    private static String failure(String yaml, Map<String, Object> kafka) {
        return failure(trials(yaml, kafka));
    }

    private static String failure(Trials trials) {
        try (trials) {
            Instant now = Instant.now();
            TrialRun run = trials.begin(Caller.LOCAL, QUICK, new Window(now.minusSeconds(1), now));
            await().atMost(PATIENCE).until(() -> run.state() == TrialRun.State.FAILED);
            return run.ending().orElseThrow().problem().orElseThrow();
        }
    }

    @Test
    void shouldRefusePoliciesThatAreWrong() {
        try (Trials trials = trials("retention: {memory: 1d, completed: 1d, unsuccessful: 1d}", stack.kafka())) {
            Window window = new Window(Instant.EPOCH, Instant.EPOCH);
            assertThatThrownBy(() -> trials.begin(Caller.LOCAL, "policies: [{name: a, window: soon}]", window))
                    .isInstanceOf(InvalidPoliciesException.class)
                    .hasMessageContaining("line 1: policies[].window is 'soon'");
            assertThatThrownBy(() -> trials.begin(
                            Caller.LOCAL,
                            "policies: [{name: a, after: {stage: x}, expect: {stage: y, within: 3d}}]",
                            window))
                    .as("the retention in force counts")
                    .hasMessageContaining("policies[].expect.within is 3d, expected at most 2d");
        }
    }

    private static Trials trials(String yaml, Map<String, Object> kafka) {
        return trials(yaml, kafka, stack.avro().get(AvroConfig.REGISTRY_URL).toString());
    }

    private static Trials trials(String yaml, Map<String, Object> kafka, String registry) {
        ServiceConfig config = new ConfigReader(Map.of(
                        "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS",
                        kafka.get("bootstrap.servers").toString(),
                        "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL",
                        registry))
                .read("test", yaml);
        return new Trials(
                new ConsoleTrials(config, () -> config.ledger().policySet()),
                TrialLimits.of(256L << 20),
                InstantSource.system());
    }

    private static void send(Events event) throws Exception {
        AuditEvent built = event.build();
        stack.send(TopicNames.EVENTS, SubjectKey.of(built.getSubject()), built);
    }
}
