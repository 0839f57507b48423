package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.access.Access;
import io.foundling.console.api.Api;
import io.foundling.console.model.ReadModel;
import io.foundling.console.model.ReadModelSettings;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.reading.ReaderSettings;
import io.foundling.console.web.Callers;
import io.foundling.console.web.Operation;
import io.foundling.console.web.WebLimits;
import io.foundling.console.web.WebServer;
import io.foundling.console.web.WebSettings;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.topics.TopicContracts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of a console that reads a real broker. */
class LiveBrokerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Callers CALLERS = Callers.of(Access.local());
    private static final SessionKey KEY = SessionKey.random();
    private static final PagesSettings SETTINGS = new PagesSettings(() -> KEY, Duration.ofHours(12), false);
    private static final LedgerSettings LEDGER = LedgerSettings.defaults(TopicNames.EVENTS, 1);
    private static final List<ModelTopic<?>> TOPICS = ModelTopic.of(TopicContracts.declared()).stream()
            .filter(topic -> topic.name().equals(TopicNames.DISPOSITIONS))
            .toList();

    @TempDir
    private Path directory;

    @TempDir
    private Path profile;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private LocalStack stack;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        stack = opened(LocalStack.startTemporary());
        try (Admin admin = Admin.create(kafka())) {
            admin.createTopics(List.of(new NewTopic(TopicNames.DISPOSITIONS, 1, (short) 1)
                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        ReadModelSettings settings = new ReadModelSettings(
                new ReaderSettings("console", "one", kafka(), avro(), TOPICS),
                TestDatabase.SQLITE.settings(directory),
                Duration.ofDays(30),
                Duration.ofDays(7),
                Duration.ofSeconds(10));
        ReadModel model = opened(new ReadModel(settings, (topic, records, passedOver) -> {}, InstantSource.system()));
        Api api = new Api(model.queries(), TOPICS, () -> LEDGER, Set.of(), Optional.empty());
        Pages pages = new Pages(api.operations(), CALLERS, () -> PolicySet.NONE, SETTINGS, InstantSource.system());
        List<Operation> operations = new ArrayList<>(api.operations());
        operations.addAll(pages.operations());
        WebServer server = opened(new WebServer(
                new WebSettings("127.0.0.1", 0, WebSettings.LOOPBACK, Optional.empty(), WebLimits.DEFAULTS),
                CALLERS,
                operations,
                Optional.of(pages.problemPage()),
                (operation, status) -> {},
                InstantSource.system()));
        await("the read model").atMost(PATIENCE).until(() -> model.problems().isEmpty());
        browser = opened(new Browser(server.port(), profile));
        browser.look(false, 1_280);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.add(part);
        return part;
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }

    @Test
    void shouldShowWhatIsReadAfterARestartOfTheBrokerWithoutBeingLoadedAnew() throws Exception {
        // Given
        browser.open("/awaiting");
        await().atMost(PATIENCE).until(() -> browser.texts(".live.on").contains("live"));
        browser.mark();
        send("before");
        await().atMost(PATIENCE).until(() -> browser.texts(".rows .id").contains("before"));

        // When
        stack.broker().stop();
        stack.broker().start();
        send("after");

        // Then
        await().atMost(PATIENCE).until(() -> browser.texts(".rows .id").contains("after"));
        assertThat(browser.isMarked()).isTrue();
        assertThat(browser.texts(".live.on")).contains("live");
        browser.checkLog("a page whose broker was restarted");
    }

    private void send(String id) throws Exception {
        Subject subject = new Subject(SubjectKind.RECORD, "university", "declaration", id);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Disposition disposition = Disposition.newBuilder()
                .setSubject(subject)
                .setStatus(Status.DEFERRED)
                .setAttempt(1)
                .setEnteredAt(now)
                .setFirstOccurredAt(now)
                .setLastOccurredAt(now)
                .build();
        try (Serializer<SpecificRecord> serializer = AvroSerdes.serializer(avro(), false);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            TopicNames.DISPOSITIONS,
                            SubjectKey.of(subject).getBytes(StandardCharsets.UTF_8),
                            serializer.serialize(TopicNames.DISPOSITIONS, disposition)))
                    .get();
        }
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", stack.bootstrapServers());
    }

    private Map<String, Object> avro() {
        return Map.of("schema.registry.url", stack.registryUrl());
    }
}
