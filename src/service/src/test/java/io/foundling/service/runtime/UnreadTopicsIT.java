package io.foundling.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.audit.Deferred;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.local.LocalBroker;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.rocksdb.RocksDbMemory;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCreation;
import io.foundling.topology.FoundlingTopology;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.BrokerTime;
import io.foundling.topology.clock.ProofTime;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.store.Restoring;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.topics.TopicContracts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While no fetch returns what the ledger sent to itself, neither the events of a task wait for it nor its audit clock. */
class UnreadTopicsIT {

    private static final Set<String> OWN_TOPICS = Set.of(TopicNames.CLOSURES, TopicNames.EXPECTATIONS);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Subject SUBJECT = new Subject(SubjectKind.RECORD, "university", "declaration", "4711");

    private final AtomicInteger warnings = new AtomicInteger();
    private final LedgerListener listener = new LedgerListener() {
        @Override
        public void warningEmitted() {
            warnings.incrementAndGet();
        }
    };

    @Test
    void shouldReadEventsAndEmitWarningsWhileClosuresAndExpectationsWait(@TempDir Path directory) {
        try (LocalBroker broker = LocalBroker.startIn(directory.resolve("broker"))) {
            // Given
            ServiceConfig config = new ConfigReader(Map.of())
                    .read("the test's settings", """
                            instance: alone
                            stateDirectory: %s
                            allowedLag: 1s
                            kafka: {bootstrap.servers: '%s'}
                            avro: {schema.registry.url: 'mock://unread-closures'}
                            """.formatted(directory.resolve("state"), broker.bootstrapServers()));
            createTopics(config);
            OWN_TOPICS.forEach(topic -> send(config, topic, overdue()));

            // When
            send(config, TopicNames.EVENTS, overdue());

            // Then
            UnreadTopics clients = new UnreadTopics();
            runLedger(
                    config, clients, () -> await("the warning").atMost(PATIENCE).until(() -> warnings.get() == 1));
            assertThat(clients.assigned).isTrue();
        }
    }

    private void runLedger(ServiceConfig config, UnreadTopics clients, Runnable whileItRuns) {
        BrokerTime brokers = new BrokerTime(System::nanoTime);
        AuditClocks clocks = new AuditClocks(config.ledger().time().allowedLag());
        try (RocksDbMemory memory = new RocksDbMemory(config.instance().rocksdbMemoryInBytes());
                Admin admin = Admin.create(Map.copyOf(config.kafka().values()));
                BrokerProber prober = new BrokerProber(
                        new AdminQuestions(admin, config.instance().application()),
                        new ReplacedTopics(config.instance().application()),
                        Set.of(),
                        clocks,
                        new ProofTime(System::currentTimeMillis, brokers),
                        brokers,
                        why -> {},
                        Optional.empty());
                KafkaStreams streams = new KafkaStreams(
                        FoundlingTopology.of(
                                config.ledgerSettings(1, Set.copyOf(config.sources())),
                                () -> config.ledger().policySet(),
                                clocks,
                                listener,
                                () -> AvroSerdes.deserializer(config.avro().values(), AuditEvent.class),
                                () -> AvroSerdes.deserializer(config.avro().values(), Closure.class),
                                () -> AvroSerdes.serializer(config.avro().values(), false),
                                Stores::persistentKeyValueStore,
                                System::nanoTime,
                                Restoring.NEVER),
                        StreamsProperties.of(config, clocks, brokers, memory),
                        clients)) {
            streams.start();
            prober.start(config.ledger().proofInterval());
            whileItRuns.run();
        }
    }

    private static void createTopics(ServiceConfig config) {
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            new TopicCreation(broker, TopicContracts.declared().withPartitions(1)).create(1);
        }
    }

    private static void send(ServiceConfig config, String topic, AuditEvent event) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.copyOf(config.kafka().values()), new ByteArraySerializer(), new ByteArraySerializer());
                Serializer<SpecificRecord> serializer =
                        AvroSerdes.serializer(config.avro().values(), false)) {
            byte[] key = SubjectKey.of(event.getSubject()).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic, key, serializer.serialize(TopicNames.EVENTS, event)));
        }
    }

    private static AuditEvent overdue() {
        Instant happened = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return AuditEvent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setSubject(SUBJECT)
                .setOccurredAt(happened)
                .setProducer(new Producer("feed", "feed-1", "1", 0L))
                .setBody(new Deferred(happened, null))
                .build();
    }

    /** Kafka's own clients, but the consumer of the tasks never fetches what the ledger sent to itself. */
    private static final class UnreadTopics implements KafkaClientSupplier {

        private volatile boolean assigned;

        @Override
        public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
            return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
                @Override
                public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                    List<TopicPartition> unread = assignment().stream()
                            .filter(partition -> OWN_TOPICS.contains(partition.topic()))
                            .toList();
                    pause(unread);
                    assigned |= !unread.isEmpty();
                    return super.poll(timeout);
                }
            };
        }

        @Override
        public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
            return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
            throw new AssertionError("there is no global store");
        }

        @Override
        public org.apache.kafka.clients.producer.Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
            return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Admin getAdmin(Map<String, Object> config) {
            return Admin.create(config);
        }
    }
}
