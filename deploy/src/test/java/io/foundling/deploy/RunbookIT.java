package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.local.LocalStack;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.runtime.LedgerService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.tools.StreamsResetter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the runbook that need Kafka but no Kubernetes, run as they are written there but for addresses. */
class RunbookIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String DISPOSITIONS = "audit.dispositions";

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static Admin admin;
    private static String applied;
    private static Path file;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.startTemporary();
        admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
        file = Files.writeString(directory.resolve("foundling.yaml"), """
                instance: foundling-0
                stateDirectory: %s
                kafka: {bootstrap.servers: "%s", session.timeout.ms: 6000}
                avro: {schema.registry.url: "%s"}
                http: {host: 127.0.0.1, port: 0}
                """.formatted(
                        directory.resolve("state"), stack.bootstrapServers(), stack.registryUrl()));
        // The broker of the test is alone.
        applied = foundling(command("./foundling topics").replace("--replication-factor 3", "--replication-factor 1"));
    }

    @AfterAll
    static void stop() {
        admin.close();
        stack.close();
    }

    @Test
    void shouldCreateWhatTheDoctorThenFindsInOrder() throws Exception {
        // Given
        assertThat(applied).startsWith("0\n");

        // Then
        assertThat(foundling(command("./foundling doctor"))).startsWith("0\n");
    }

    @Test
    void shouldShowDeadLettersAndRebuildAndReadEverythingAgainAfterAReset() throws Exception {
        // Given
        report();
        try (LedgerService service = running()) {
            await("a disposition").atMost(PATIENCE).until(() -> total(DISPOSITIONS) > 0);
            await("a dead letter").atMost(PATIENCE).until(() -> total("audit.dead-letters") > 0);

            // Then
            awaitReady(service);
            assertThat(foundling(command("./foundling tail dead-letters")))
                    .startsWith("0\n")
                    .contains("NOT_AVRO_MESSAGE");
        }

        // When
        long before = total(DISPOSITIONS);
        await("the sessions of the members have ended")
                .atMost(PATIENCE)
                .until(() -> admin.describeConsumerGroups(List.of("foundling"))
                                .all()
                                .get()
                                .get("foundling")
                                .groupState()
                        == GroupState.EMPTY);
        for (String rebuild : Runbook.commands("./foundling rebuild").toList()) {
            assertThat(foundling(rebuild)).startsWith("0\n").contains("subjects 1 (awaiting 1, orphans 0)");
        }
        deleteState();
        String reset = Programs.run(
                directory,
                Programs.java(
                        StreamsResetter.class.getName(),
                        command("kafka-streams-application-reset.sh").replace("BROKER:9092", stack.bootstrapServers())),
                Map.of());

        // Then
        assertThat(reset).startsWith("0\n");
        try (LedgerService again = running()) {
            await("what was emitted before").atMost(PATIENCE).until(() -> total(DISPOSITIONS) > before);
            awaitReady(again);
        }
    }

    private static void report() throws Exception {
        try (AuditRecorder recorder = KafkaAuditRecorder.builder()
                .bootstrapServers(stack.bootstrapServers())
                .schemaRegistryUrl(stack.registryUrl())
                .service("runbook")
                .build()) {
            recorder.on(new Subject(SubjectKind.RECORD, "runbook", "page", "1")).deferred();
        }
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("audit.events", new byte[] {1}, new byte[] {1}))
                    .get();
        }
    }

    private static LedgerService running() {
        LedgerService service = new LedgerService(new ConfigReader(Map.of()).read(file), "test");
        CompletableFuture.runAsync(() -> {
            try {
                service.run();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        return service;
    }

    private static void awaitReady(LedgerService service) {
        URI probe = URI.create("http://127.0.0.1:" + service.httpPort() + "/readyz");
        HttpClient http = HttpClient.newHttpClient();
        await("ready")
                .atMost(PATIENCE)
                .until(() -> http.send(HttpRequest.newBuilder(probe).build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    private static String foundling(String line) throws Exception {
        return Programs.run(directory, Programs.java("io.foundling.service.command.Foundling", line), Map.of());
    }

    private static String command(String beginning) throws IOException {
        return Runbook.commands(beginning).findFirst().orElseThrow();
    }

    private static void deleteState() throws IOException {
        try (Stream<Path> found = Files.walk(directory.resolve("state"))) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static long total(String topic) throws Exception {
        TopicDescription described =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        described
                .partitions()
                .forEach(found -> ends.put(new TopicPartition(topic, found.partition()), OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }
}
