package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Promises;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.rebuild.InternalTopics;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code foundling rebuild} makes of the output topics on a real broker, and how the service goes on with it. */
class RebuildIT {

    private static final String APPLICATION = "foundling";
    private static final InternalTopics INTERNAL = new InternalTopics(APPLICATION);

    @TempDir
    private Path directory;

    private LocalStack stack;
    private Promises promises;
    private ServiceProcess service;
    private Admin admin;
    private SettledBatch batch;

    @BeforeEach
    void start() throws Exception {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 3, TopicNames.EVENTS);
        promises = stack.closeFirst(new Promises(stack));
        batch = new SettledBatch(stack);
        admin = stack.closeFirst(Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers())));
        Path config = Files.writeString(
                directory.resolve("foundling.yaml"), "allowedLag: 1s\nsettleGrace: 1s\nlateArrivalGrace: 2s\n");
        service = stack.closeFirst(ServiceProcess.of(stack, directory, "rebuild", config, Map.of()));
        service.start().awaitReady();
        promises.make(200);
        promises.breakAt(Instant.now(), 10);
        promises.awaitWarnings();
        batch.settleWithOneMissing();
        service.terminate();
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void shouldGoOnAfterTheChangelogsWereLost() throws Exception {
        // Given
        admin.deleteTopics(INTERNAL.changelogs()).all().get();
        service.start();
        assertThat(service.awaitExit()).as(service.log()).isEqualTo(ExitCode.STATE);
        assertThat(service.log()).contains("foundling rebuild");
        CommandRun refused = rebuild();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(refused.err()).contains("stop all instances");
        removeMembers();
        CommandRun tried = rebuild("--dry-run");
        assertThat(tried.err() + tried.out()).contains("(awaiting 211, orphans 11), settlements 1, ");
        assertThat(admin.listTopics().names().get()).doesNotContainAnyElementsOf(INTERNAL.changelogs());

        // When
        CommandRun rebuilt = rebuild();
        assertThat(rebuilt.exitCode()).as(rebuilt.err()).isZero();
        service.start().awaitReady();
        promises.breakAt(Instant.now(), 10);
        promises.keep();

        // Then
        assertThat(service.log()).contains("was made anew: the stores in");
        assertGoesOn();

        // When: a rebuild was not finished
        service.terminate();
        admin.createTopics(List.of(new NewTopic(INTERNAL.unfinished(), 1, (short) 1)))
                .all()
                .get();
        service.start();

        // Then
        assertThat(service.awaitExit()).isEqualTo(ExitCode.STATE);
        assertThat(service.log()).contains("was begun and not finished");
    }

    @Test
    void shouldGoOnWithMorePartitions() throws Exception {
        // Given
        removeMembers();
        addPartitions();

        // When
        CommandRun rebuilt = rebuild();
        assertThat(rebuilt.exitCode()).as(rebuilt.err()).isZero();
        service.start().awaitReady();
        promises.breakAt(Instant.now(), 10);
        promises.keep();

        // Then
        assertGoesOn();
    }

    @Test
    void shouldRefuseMorePartitionsWhileEventsAreUnread() throws Exception {
        // Given
        removeMembers();
        promises.make(20);
        addPartitions();

        // When
        CommandRun refused = rebuild();

        // Then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(refused.err()).contains("holds events that were sent before and not read");
    }

    @Test
    void shouldReadAgainWithoutConsequencesIfTheGroupIsGone() throws Exception {
        // Given
        removeMembers();
        admin.deleteConsumerGroups(List.of(APPLICATION)).all().get();
        admin.deleteTopics(INTERNAL.changelogs()).all().get();
        CommandRun refused = rebuild();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(refused.err()).contains("--from");

        // When
        CommandRun rebuilt = rebuild("--from", "earliest");
        assertThat(rebuilt.exitCode()).as(rebuilt.err()).isZero();
        service.start().awaitReady();
        promises.breakAt(Instant.now(), 10);
        promises.keep();

        // Then
        assertGoesOn();
    }

    /** Nothing is lost, emitted twice or false, and what comes back corrects the settlement of before. */
    private void assertGoesOn() {
        promises.assertKept();
        batch.assertSettledOnce();
        batch.returnTheMissing();
        batch.awaitAlert(AlertStatus.RESOLVED);
    }

    private void addPartitions() throws Exception {
        NewPartitions six = NewPartitions.increaseTo(6);
        admin.createPartitions(Map.of(TopicNames.EVENTS, six, TopicNames.CLOSURES, six, TopicNames.EXPECTATIONS, six))
                .all()
                .get();
    }

    private void removeMembers() throws Exception {
        admin.removeMembersFromConsumerGroup(APPLICATION, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
    }

    private CommandRun rebuild(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "rebuild",
                "--config",
                directory.resolve("foundling.yaml").toString(),
                "--bootstrap-servers",
                stack.bootstrapServers(),
                "--schema-registry-url",
                stack.registryUrl()));
        arguments.addAll(Arrays.asList(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
