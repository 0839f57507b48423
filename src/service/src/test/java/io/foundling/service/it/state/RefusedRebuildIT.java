package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a rebuild refuses on a real broker: it says why in one sentence, and leaves all topics and offsets as they are. Each
 * test has an application and topics of its own.
 */
class RefusedRebuildIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static Admin admin;
    private static EventFeed feed;

    @BeforeAll
    static void start() {
        stack = LocalStack.startTemporary();
        admin = stack.closeFirst(Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers())));
        feed = stack.closeFirst(EventFeed.into(stack));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldRefuseRecordsThatCannotBeRead() throws Exception {
        // Given
        createTopics("unreadable");
        feed.send(record("unreadable", TopicNames.DISPOSITIONS, "unreadable"));

        // When and then
        assertRefused("unreadable", ExitCode.UNAVAILABLE, "1 record cannot be read, and nothing was written");
    }

    @Test
    void shouldRefuseWhileATransactionIsOpen() throws Exception {
        // Given
        createTopics("open");
        try (EventFeed writer = EventFeed.transactional(stack, "open")) {
            writer.producer().beginTransaction();
            writer.send(record("open", TopicNames.ALERTS, "open"));

            // When and then
            assertRefused("open", ExitCode.UNAVAILABLE, "open.alerts-", "a transaction that is not complete");
            writer.producer().abortTransaction();
        }
        await("the end of the transaction")
                .atMost(PATIENCE)
                .until(() -> rebuild("open").exitCode() == ExitCode.OK);
    }

    @Test
    void shouldRefuseTheTopicsOfAnotherApplication() throws Exception {
        // Given
        createTopics("foreign");
        feed.send(record("foreign", TopicNames.DISPOSITIONS, "somebody-else"));

        // When and then
        assertRefused("foreign", ExitCode.OTHER_APPLICATION, "somebody-else");
    }

    @Test
    void shouldRefuseWhileAnInstanceRuns() throws Exception {
        // Given
        createTopics("running");
        Path config = Files.writeString(
                directory.resolve("running.yaml"),
                "application: running\nsources: [running.events]\ntopics:\n  prefix: running.\n");
        ServiceProcess service = stack.closeFirst(ServiceProcess.of(stack, directory, "running", config, Map.of()));
        service.start().awaitReady();

        // When and then
        assertRefused("running", ExitCode.UNAVAILABLE, "group running has 1 member;", "stop all instances");
        service.terminate();
    }

    private static void assertRefused(String application, int exitCode, String... sentence) throws Exception {
        Map<String, String> before = touchable(application);

        CommandRun refused = rebuild(application);

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(exitCode);
        assertThat(refused.err()).contains(sentence);
        assertThat(refused.err().lines()).hasSize(1);
        await("nothing touched")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(touchable(application)).isEqualTo(before));
    }

    /** Returns the ids of all topics of an application, and the offsets of its group. */
    private static Map<String, String> touchable(String application) throws Exception {
        Map<String, String> found = new TreeMap<>();
        Set<String> topics = admin.listTopics().names().get();
        topics.removeIf(topic -> !topic.startsWith(application));
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, topic) -> found.put(name, topic.topicId().toString()));
        admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> found.put(partition.toString(), offset.toString()));
        return found;
    }

    private static void createTopics(String application) {
        CommandRun apply = CommandRun.with(environment(application), "topics", "apply", "--partitions", "1");
        assertThat(apply.exitCode()).as(apply.err()).isZero();
    }

    private static CommandRun rebuild(String application) {
        return CommandRun.with(environment(application), "rebuild", "--from", "earliest");
    }

    private static Map<String, String> environment(String application) {
        Map<String, String> environment = new HashMap<>(LiveLedger.environment(stack));
        environment.put("FOUNDLING_APPLICATION", application);
        environment.put("FOUNDLING_SOURCES", application + ".events");
        environment.put("FOUNDLING_TOPICS_PREFIX", application + '.');
        return environment;
    }

    /** Returns a record that nobody can read, under the signature of a writer. */
    private static ProducerRecord<byte[], byte[]> record(String application, String topic, String writer) {
        String name = new TopicPrefix(application + '.').name(topic);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(name, "record/s/t/1".getBytes(StandardCharsets.UTF_8), new byte[] {1});
        record.headers().add(Headers.APPLICATION, writer.getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
