package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderBuilder;
import io.foundling.local.LocalBroker;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.runtime.LedgerService;
import io.foundling.topology.topics.TopicContracts;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The service on a broker that denies everything, with exactly the rights of the chart's KafkaUser. */
class KafkaRightsIT {

    private static final String ADMIN = "admin";
    private static final String USER = "foundling";
    private static final String REGISTRY = "mock://kafka-rights";
    /** With all rights it takes five seconds. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private static final List<KafkaRight> RIGHTS =
            KafkaRight.of(Chart.with("values-secured.yaml").only(KafkaUser.class));

    private static final List<String> WRITTEN = List.of(
            "audit.dispositions",
            "audit.orphans",
            "audit.closures",
            "audit.settlements",
            "audit.alerts",
            "audit.clocks",
            "audit.violations",
            "audit.dead-letters");

    @TempDir
    private static Path directory;

    private static LocalBroker broker;
    private static Admin admin;
    private static int applications;

    private final Map<String, Long> before = new HashMap<>();
    private LedgerService service;
    private CompletableFuture<String> ended;

    @BeforeAll
    static void start() throws Exception {
        broker = LocalBroker.startIn(
                directory.resolve("broker"),
                Map.ofEntries(
                        Map.entry("listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT"),
                        Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                        Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                        Map.entry("sasl.enabled.mechanisms", "PLAIN"),
                        Map.entry("listener.name.plaintext.plain.sasl.jaas.config", login(ADMIN, ADMIN, USER)),
                        Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                        // Broker and controller of the one node talk to each other without a name.
                        Map.entry("super.users", "User:" + ADMIN + ";User:ANONYMOUS")));
        admin = Admin.create(client(ADMIN));
        List<NewTopic> topics = TopicContracts.declared().all().stream()
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.<Short>empty())
                        .configs(topic.config()))
                .toList();
        admin.createTopics(topics).all().get();
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @AfterEach
    void end() throws Exception {
        if (service != null) {
            service.close();
        }
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }

    @Test
    void shouldSufficeForEverythingTheServiceDoes() throws Exception {
        // Given
        String application = "allowed";
        grant(application, RIGHTS);

        // When
        run(application);

        // Then
        assertThat(worksWithin(Duration.ofSeconds(90), application)).isTrue();
    }

    /** Each right taken away in turn: one that is not missed should not be given. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("rights")
    void shouldAllBeNeeded(KafkaRight right) throws Exception {
        // Given
        String application = "denied-" + ++applications;
        grant(application, RIGHTS.stream().filter(other -> !other.equals(right)).toList());

        // When
        run(application);

        // Then
        assertThat(worksWithin(LONG_ENOUGH, application)).isFalse();
    }

    private boolean worksWithin(Duration patience, String application) {
        try {
            await().atMost(patience).until(() -> ended.isDone() || everythingWorks(application));
            return !ended.isDone();
        } catch (ConditionTimeoutException never) {
            return false;
        }
    }

    private static Stream<KafkaRight> rights() {
        return RIGHTS.stream();
    }

    /** The same rights for another application: its name is part of group, transactions and internal topics. */
    private static void grant(String application, Collection<KafkaRight> rights) throws Exception {
        admin.createAcls(rights.stream()
                        .map(right -> new KafkaRight(
                                right.type(),
                                right.pattern(),
                                right.name().replaceFirst("^foundling(?=-?$)", application),
                                right.operation()))
                        .map(right -> right.grantedTo(USER))
                        .toList())
                .all()
                .get();
    }

    private void run(String application) throws Exception {
        Path password = Files.writeString(directory.resolve("jaas"), login(USER));
        ServiceConfig config = new ConfigReader(Map.of("FOUNDLING_KAFKA_SASL_JAAS_CONFIG_FILE", password.toString()))
                .read("the test's settings", """
                        application: %s
                        instance: %s-0
                        stateDirectory: %s
                        kafka:
                          bootstrap.servers: %s
                          security.protocol: SASL_PLAINTEXT
                          sasl.mechanism: PLAIN
                          repartition.purge.interval.ms: 1000
                        avro: {schema.registry.url: "%s"}
                        http: {host: 127.0.0.1, port: 0}
                        allowedLag: 0s
                        settleGrace: 0s
                        """.formatted(
                        application, application, directory.resolve(application), broker.bootstrapServers(), REGISTRY));
        for (String topic : WRITTEN) {
            before.put(topic, total(topic, OffsetSpec.latest()));
        }
        service = new LedgerService(config, "test");
        ended = CompletableFuture.supplyAsync(this::untilItEnds);
        reportABatchThatLosesAll(application);
    }

    private String untilItEnds() {
        try {
            service.run();
            return "stopped";
        } catch (RuntimeException refused) {
            return refused.toString();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Something for every topic: members that never come back, a contradiction, and what is no event at all. */
    private static void reportABatchThatLosesAll(String batchId) {
        Subject batch = new Subject(SubjectKind.BATCH, "rights", "batch", batchId);
        try (AuditRecorder recorder = recorder()) {
            IntStream.range(0, 20)
                    .forEach(member -> recorder.on(
                                    new Subject(SubjectKind.RECORD, "rights", "member", batchId + '-' + member))
                            .parent(batch)
                            .deferred());
            recorder.on(batch).completed();
            recorder.on(batch).cancelled("contradicts the outcome", "nobody");
        }
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(client(ADMIN), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("audit.events", new byte[] {1}, new byte[] {1}));
        }
    }

    private static AuditRecorder recorder() {
        RecorderBuilder builder = KafkaAuditRecorder.builder()
                .bootstrapServers(broker.bootstrapServers())
                .schemaRegistryUrl(REGISTRY)
                .service("rights");
        client(ADMIN).forEach((key, value) -> builder.kafka(key, value.toString()));
        return builder.build();
    }

    /** Whether every topic was written to, and what was passed on between the sub-topologies was deleted after it. */
    private boolean everythingWorks(String application) throws Exception {
        for (String topic : WRITTEN) {
            if (total(topic, OffsetSpec.latest()) <= before.get(topic)) {
                return false;
            }
        }
        String between = application + "-accounts-repartition";
        return admin.listTopics().names().get().contains(between) && total(between, OffsetSpec.earliest()) > 0;
    }

    private static long total(String topic, OffsetSpec which) throws Exception {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .forEach(found -> partitions.put(new TopicPartition(topic, found.partition()), which));
        return admin.listOffsets(partitions).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    private static Map<String, Object> client(String user) {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(user));
    }

    private static String login(String user, String... known) {
        StringBuilder login = new StringBuilder(PlainLoginModule.class.getName())
                .append(" required username=\"%s\" password=\"%s-secret\"".formatted(user, user));
        for (String other : known) {
            login.append(" user_%s=\"%s-secret\"".formatted(other, other));
        }
        return login.append(';').toString();
    }
}
