package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Promises;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is lost together with a changelog is said before it is forgotten, and read again from the source topics. */
class ChangelogIT {

    private static final String APPLICATION = "foundling";
    private static final String CHANGELOG = APPLICATION + "-ledger-store-changelog";
    private static final int PARTITIONS = 2;
    private static final List<TopicPartition> SOURCES =
            List.of(new TopicPartition(TopicNames.EVENTS, 0), new TopicPartition(TopicNames.EVENTS, 1));

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static Promises promises;
    private static ServiceProcess service;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
        promises = stack.closeFirst(new Promises(stack));
        admin = stack.closeFirst(Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers())));
        // Retention has deleted the oldest events, as anywhere.
        promises.reportWithoutId(0, 1);
        promises.reportWithoutId(1, 1);
        promises.keep();
        Map<TopicPartition, RecordsToDelete> oldest = new HashMap<>();
        SOURCES.forEach(source -> oldest.put(source, RecordsToDelete.beforeOffset(1)));
        admin.deleteRecords(oldest).all().get();
        Path config = Files.writeString(directory.resolve("foundling.yaml"), "allowedLag: 1s\n");
        service = stack.closeFirst(ServiceProcess.of(stack, directory, "changelog", config, Map.of()));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldSayWhatCannotBeRestoredAndReadItAgainWhenAskedTo() throws Exception {
        // Given: the changelog has lost its beginning, and the state on the disk is complete
        service.start().awaitReady();
        promises.make(300);
        promises.breakAt(Instant.now(), 10);
        promises.awaitWarnings();
        service.terminate();
        truncateChangelog(0.5);

        // When
        Instant begin = Instant.now();
        service.start().awaitReady();
        promises.keep();

        // Then
        promises.assertKept("changelog cut off before what the disk holds", begin);
        assertThat(service.log()).contains("the changelog " + CHANGELOG + "-0 begins at offset ");

        // When: it has lost even what the disk does not hold
        service.terminate();
        truncateChangelog(1);
        endsWith("the changelog " + CHANGELOG + "-", ", where the state on this disk ends");
        assertThat(service.stateDirectory().resolve(APPLICATION + "/0_0")).isNotEmptyDirectory();

        // When: the disk is lost too
        service.deleteState();
        endsWith("the changelog " + CHANGELOG + "-", ", expected 0");

        // Then: the way that the sentence names leads out
        promises.make(100);
        readAgain();
        Instant started = Instant.now();
        service.start().awaitReady();
        promises.keep();
        promises.assertKeptInTheEnd();
        System.out.printf(
                "changelog and disk lost, events read again: all %d promises right after %s%n",
                promises.size(), Promises.secondsSince(started));

        // When: the changelog is gone
        service.terminate();
        admin.deleteTopics(List.of(CHANGELOG)).all().get();
        endsWith("the changelog " + CHANGELOG + " does not exist, although group " + APPLICATION + " has read events");
        assertThat(service.stateDirectory().resolve(APPLICATION + "/0_0")).isNotEmptyDirectory();
    }

    private static void endsWith(String... sentences) {
        service.start();
        assertThat(service.awaitExit()).as(service.log()).isEqualTo(ExitCode.STATE);
        assertThat(service.log())
                .contains(sentences)
                .contains("kafka-streams-application-reset.sh")
                .doesNotContain("\tat ", "Exception in thread");
    }

    /** What a retention, given to it by mistake, does to a changelog. */
    private static void truncateChangelog(double share) throws Exception {
        Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            TopicPartition changelog = new TopicPartition(CHANGELOG, partition);
            long end = admin.listOffsets(Map.of(changelog, OffsetSpec.latest()))
                    .partitionResult(changelog)
                    .get()
                    .offset();
            deleted.put(changelog, RecordsToDelete.beforeOffset((long) (end * share)));
        }
        cleanup("delete");
        // A broker answers before it applies the setting, and deletes nothing of a compacted topic.
        await("records can be deleted")
                .atMost(LiveLedger.PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> admin.deleteRecords(deleted).all().get());
        cleanup("compact");
    }

    private static void cleanup(String policy) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, CHANGELOG);
        admin.incrementalAlterConfigs(Map.of(
                        topic,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    /** As kafka-streams-application-reset.sh does with --to-earliest, and the state directory is deleted. */
    private static void readAgain() throws Exception {
        Set<String> internal = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(APPLICATION + "-"))
                .collect(Collectors.toSet());
        admin.removeMembersFromConsumerGroup(APPLICATION, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        Map<TopicPartition, OffsetAndMetadata> earliest = new HashMap<>();
        SOURCES.forEach(source -> earliest.put(source, new OffsetAndMetadata(1)));
        admin.alterConsumerGroupOffsets(APPLICATION, earliest).all().get();
        admin.deleteTopics(internal).all().get();
        service.deleteState();
    }
}
