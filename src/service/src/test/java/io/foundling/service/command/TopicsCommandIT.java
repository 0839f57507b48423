package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalBroker;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCheck;
import io.foundling.service.topics.TopicReport;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics on a real broker: made as declared, and every difference reported. */
class TopicsCommandIT {

    @TempDir
    private Path directory;

    private LocalBroker broker;

    @BeforeEach
    void startBroker() {
        broker = LocalBroker.startIn(directory);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void shouldCreateEverythingOnceAndFindItAsDeclared() {
        // When
        CommandRun first = topics("apply");
        CommandRun second = topics("apply");
        CommandRun check = topics("check");

        // Then
        int declared = TopicContracts.declared().all().size();
        assertThat(first.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(first.out().lines().filter(line -> line.contains(" created ")))
                .hasSize(declared);
        assertThat(first.out()).containsPattern("audit\\.events +created +AuditEvent is schema \\d+");
        assertThat(second.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(second.out().lines().filter(line -> line.contains(" exists ")))
                .hasSize(declared);
        assertThat(check.exitCode()).as(check.out()).isEqualTo(ExitCode.OK);
        assertThat(check.out()).contains(declared + " topics are as declared, 6 partitions each source");
        assertThat(first.err() + second.err() + check.err()).isEmpty();
    }

    @Test
    void shouldNameEveryTopicThatIsMissing() {
        // When
        CommandRun check = topics("check");

        // Then
        assertThat(check.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(check.out())
                .contains("error: topic audit.closures does not exist; create it with 'foundling topics apply'")
                .hasLineCount(TopicContracts.declared().all().size());
    }

    @Test
    void shouldTakeAnotherPartitionCountForAllAndCheckIt() {
        // When
        CommandRun apply = topics("apply", "--partitions", "3", "--replication-factor", "1");
        CommandRun free = topics("check");
        CommandRun strict = topics("check", "--partitions", "6");

        // Then
        assertThat(apply.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(free.exitCode()).as(free.out()).isEqualTo(ExitCode.OK);
        assertThat(free.out()).contains("3 partitions each source");
        assertThat(strict.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(strict.out())
                .contains("error: topic audit.events has 3 partitions, expected 6")
                .contains("error: topic audit.closures has 3 partitions, expected 6")
                .contains("warning: topic audit.dispositions has 3 partitions, expected 6");
    }

    @Test
    void shouldNameTheTopicWhosePartitionCountIsNotThatOfTheSources() throws Exception {
        // Given
        topics("apply");
        admin(admin -> admin.createPartitions(Map.of(TopicNames.CLOSURES, NewPartitions.increaseTo(7)))
                .all()
                .get());

        // When
        TopicReport report = await().until(() -> check(Duration.ofDays(7)), found -> !found.asDeclared());
        CommandRun apply = topics("apply");

        // Then
        assertThat(report.errors())
                .singleElement()
                .asString()
                .contains("topic audit.closures has 7 partitions, expected 6");
        assertThat(report.partitions()).isEqualTo(6);
        assertThat(apply.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(apply.out()).containsPattern("audit\\.closures +differs");
    }

    @Test
    void shouldTellEachSettingThatDiffersAndLetTheServiceStart() throws Exception {
        // Given
        topics("apply");
        alter(TopicNames.EVENTS, TopicContract.TIMESTAMP_TYPE, "CreateTime");
        alter(TopicNames.DISPOSITIONS, TopicContract.CLEANUP, "delete");
        alter(TopicNames.VIOLATIONS, TopicContract.RETENTION, "1000");
        alter(TopicNames.DEAD_LETTERS, TopicContract.MAX_MESSAGE_BYTES, "1000000");

        // When
        TopicReport report = await().until(
                        () -> check(Duration.ofDays(7)),
                        found -> found.findings().size() == 4);
        CommandRun check = topics("check");

        // Then
        assertThat(report.errors()).isEmpty();
        assertThat(report.logAppendTimeSources()).isEmpty();
        assertThat(check.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(check.out())
                .contains(
                        "topic audit.events has message.timestamp.type=CreateTime, expected LogAppendTime; set it with")
                .contains("topic audit.dispositions has cleanup.policy=delete, expected compact")
                .contains("topic audit.violations has retention.ms=1000, expected 2592000000")
                .contains("topic audit.dead-letters has max.message.bytes=1000000, expected 2162688")
                .hasLineCount(4);
    }

    @Test
    void shouldAdviseWhenStonesAreForgottenBeforeTheSourceIs() {
        // Given
        topics("apply");

        // When
        TopicReport equal = check(Duration.ofDays(7));
        TopicReport shorter = check(Duration.ofDays(7).minusMillis(1));

        // Then
        assertThat(equal.findings()).isEmpty();
        assertThat(equal.logAppendTimeSources()).containsExactly(TopicNames.EVENTS);
        assertThat(shorter.asDeclared()).isTrue();
        assertThat(shorter.warnings()).singleElement().asString().contains("audit.events", "retention.memory");
    }

    @Test
    void shouldSayWhenTheReplicationFactorIsBeyondTheCluster() {
        // When
        CommandRun apply = topics("apply", "--replication-factor", "3");

        // Then
        assertThat(apply.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(apply.err()).contains("cannot be created", "replication").hasLineCount(1);
    }

    @Test
    void shouldNotWaitForeverForARegistryThatIsAway() throws Exception {
        // Given
        Path config = Files.writeString(directory.resolve("foundling.yaml"), """
                kafka:
                  bootstrap.servers: %s
                avro:
                  schema.registry.url: http://127.0.0.1:1
                  schema.registry.max.wait.ms: 300
                """.formatted(broker.bootstrapServers()));

        // When
        CommandRun apply = CommandRun.of("topics", "apply", "--config", config.toString());

        // Then
        assertThat(apply.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(apply.err())
                .contains("schema registry", "http://127.0.0.1:1")
                .hasLineCount(1);
    }

    @Test
    void shouldSayThatTheTopicIsMissingRatherThanCreateItByAccident() throws Exception {
        // When
        CommandRun tail = run(List.of("tail", "orphans"));
        CommandRun replay = run(List.of(
                "replay",
                "--mapping",
                "../../deploy/examples/domestic-declarations.mapping.yaml",
                "--input",
                "../../README.md"));

        // Then
        assertThat(tail.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(tail.err()).contains("topic audit.orphans does not exist; create it with 'foundling topics apply'");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(replay.err()).contains("topic audit.events does not exist");
        admin(admin -> assertThat(admin.listTopics().names().get()).isEmpty());
    }

    @Test
    void shouldKeepATopicThatHadExistedAndTellHowItDiffers() throws Exception {
        // Given
        NewTopic plain = new NewTopic(TopicNames.ORPHANS, Optional.of(2), Optional.empty());
        admin(admin -> admin.createTopics(List.of(plain)).all().get());

        // When
        CommandRun apply = topics("apply");

        // Then
        assertThat(apply.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(apply.out())
                .containsPattern("audit\\.orphans +differs")
                .contains("topic audit.orphans has 2 partitions, expected 6")
                .contains("topic audit.orphans has cleanup.policy=delete, expected compact");
    }

    private CommandRun topics(String what, String... more) {
        List<String> arguments = new ArrayList<>(List.of("topics", what));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private CommandRun run(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of(
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--schema-registry-url",
                "mock://" + directory.getFileName()));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private TopicReport check(Duration memory) {
        try (Broker connected = Broker.connect(settings(), Broker.PATIENCE)) {
            return new TopicCheck(connected, TopicContracts.declared(), memory).run();
        }
    }

    private void alter(String topic, String setting, String value) throws Exception {
        AlterConfigOp operation = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        admin(admin -> admin.incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(operation)))
                .all()
                .get());
    }

    private void admin(Use use) throws Exception {
        try (Admin admin = Admin.create(settings())) {
            use.with(admin);
        }
    }

    private Map<String, Object> settings() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private interface Use {
        void with(Admin admin) throws Exception;
    }
}
