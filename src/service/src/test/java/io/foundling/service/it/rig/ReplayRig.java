package io.foundling.service.it.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Replays of one test: fresh topics and an application of its own on a stack that others share, the instances of the
 * service, and how far they are. Closing it kills what still runs.
 */
public final class ReplayRig implements AutoCloseable {

    private static final Path EXAMPLES = Path.of("../../deploy/examples");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> OUTPUTS =
            List.of(TopicNames.DISPOSITIONS, TopicNames.ORPHANS, TopicNames.VIOLATIONS, TopicNames.DEAD_LETTERS);

    private final LocalStack stack;
    private final Path directory;
    private final String application;
    private final Admin admin;
    private final List<Runnable> ends = new ArrayList<>();

    public ReplayRig(LocalStack stack, Path directory, String application) {
        this.stack = stack;
        this.directory = directory;
        this.application = application;
        this.admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
        deleteTopics();
        CommandRun topics = CommandRun.with(
                Map.of(
                        "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(),
                        "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", stack.registryUrl()),
                "topics",
                "apply");
        assertThat(topics.exitCode()).as(topics.err()).isZero();
    }

    private void deleteTopics() {
        try {
            Set<String> stale = admin.listTopics().names().get();
            admin.deleteTopics(stale).all().get();
            await().atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().isEmpty());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the topics of the test before cannot be deleted", e);
        }
    }

    /** Prepares an instance of the service with the configuration for these declarations; not started. */
    public ServiceProcess instance(String name, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("application", application);
        ServiceProcess service =
                ServiceProcess.of(stack, directory, name, EXAMPLES.resolve("domestic-declarations.yaml"), all);
        ends.add(service::close);
        return service;
    }

    public ServiceProcess instance(String name) {
        return instance(name, Map.of());
    }

    /** Starts to replay a log. */
    public FoundlingProcess replay(DeclarationLog log, String... options) {
        Map<String, String> settings = Map.of(
                "kafka.bootstrap.servers", stack.bootstrapServers(),
                "avro.schema.registry.url", stack.registryUrl());
        Path input = log.writeTo(directory.resolve("input.jsonl"));
        List<String> arguments = new ArrayList<>(List.of(
                "replay",
                "--strict",
                "--mapping",
                EXAMPLES.resolve("domestic-declarations.mapping.yaml").toString(),
                "--input",
                input.toString()));
        arguments.addAll(List.of(options));
        FoundlingProcess replay = FoundlingProcess.start(directory.resolve("replay.log"), settings, arguments);
        ends.add(replay::close);
        return replay;
    }

    /** Waits until a replay has sent everything. */
    public void awaitSent(FoundlingProcess replay) {
        assertThat(replay.awaitExit(PATIENCE)).as(replay.log()).isZero();
    }

    /** Waits until so many events have been processed and committed. */
    public void awaitCommitted(long events) {
        await("committed " + events)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> committed() >= events);
    }

    /** Waits until an instance has processed an event since its start. */
    public void awaitWork(ServiceProcess service) {
        await("work for another instance")
                .atMost(PATIENCE)
                .until(() -> service.metrics().sum("foundling_events_total", Map.of("result", "applied")) > 0);
    }

    /** Returns how many events have been processed and committed; the topic holds no markers, so offsets are counts. */
    public long committed() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get().values().stream()
                .filter(offset -> offset != null)
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    /** Waits until so many events are processed, so many warnings emitted, and nothing more is published. */
    public void awaitQuiet(long events, long warnings) {
        awaitCommitted(events);
        awaitWarnings(warnings);
        Map<TopicPartition, Long> last = new HashMap<>();
        await("quiet").atMost(PATIENCE).during(Duration.ofSeconds(2)).until(() -> {
            Map<TopicPartition, Long> now = endOffsets();
            boolean same = now.equals(last);
            last.putAll(now);
            return same;
        });
    }

    /** Waits until so many warnings were emitted. */
    public void awaitWarnings(long warnings) {
        await("warnings " + warnings)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> warnings() >= warnings);
    }

    /** Returns how many warnings were emitted. */
    public long warnings() {
        return topics().committed(TopicNames.ORPHANS).stream()
                .filter(record -> PublishedLedger.change(record).startsWith("ORPHANED"))
                .count();
    }

    private Map<TopicPartition, Long> endOffsets() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = admin.describeTopics(OUTPUTS).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin
                .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    public TopicReader topics() {
        return new TopicReader(stack.bootstrapServers());
    }

    public PublishedLedger published() {
        return PublishedLedger.read(topics(), Map.of("schema.registry.url", stack.registryUrl()));
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
        admin.close();
    }
}
