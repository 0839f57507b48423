package io.foundling.bench.model;

import io.foundling.audit.Status;
import io.foundling.bench.Report;
import io.foundling.console.model.ReadModel;
import io.foundling.console.model.ReadModelSettings;
import io.foundling.console.model.database.DatabaseSettings;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.reading.ReaderSettings;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.TopicContracts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How fast a console reads what is there when it starts: three events of each subject, and a disposition after each, from a
 * real broker in the same process.
 */
final class ModelCatchUp {

    private static final int PARTITIONS = 6;
    private static final int PAUSE_MS = 50;
    private static final int FACTS = 3;
    private static final long HOUR_S = 3_600;
    private static final Duration KEPT = Duration.ofDays(30);

    private final DatabaseSettings database;
    private final ModelLoad load;
    private final Report report;

    ModelCatchUp(DatabaseSettings database, ModelLoad load, Report report) {
        this.database = database;
        this.load = load;
        this.report = report;
    }

    /** @param directory of broker and registry */
    void run(Path directory) throws ExecutionException, InterruptedException {
        try (LocalStack stack = LocalStack.startIn(directory)) {
            List<ModelTopic<?>> topics = ModelTopic.of(TopicContracts.declared());
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
                admin.createTopics(topics.stream()
                                .map(topic -> new NewTopic(topic.name(), PARTITIONS, (short) 1)
                                        .configs(Map.of("message.timestamp.type", "LogAppendTime")))
                                .toList())
                        .all()
                        .get();
            }
            write(stack);
            ReaderSettings reader = new ReaderSettings(
                    "bench-console",
                    "one",
                    Map.of("bootstrap.servers", stack.bootstrapServers()),
                    Map.of(AvroConfig.REGISTRY_URL, stack.registryUrl()),
                    topics);
            read(new ReadModelSettings(reader, database, KEPT, KEPT, Duration.ofSeconds(10)));
        }
    }

    private void write(LocalStack stack) {
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "compression.type", "lz4", "linger.ms", "20"),
                new StringSerializer(),
                AvroSerdes.serializer(Map.of(AvroConfig.REGISTRY_URL, stack.registryUrl()), false))) {
            for (int fact = 0; fact < FACTS; fact++) {
                Status status = List.of(Status.DEFERRED, Status.PENDING, Status.COMPLETED)
                        .get(fact);
                for (int i = 0; i < load.subjects(); i++) {
                    producer.send(new ProducerRecord<>(TopicNames.EVENTS, load.key(i), load.event(i)));
                    producer.send(
                            new ProducerRecord<>(TopicNames.DISPOSITIONS, load.key(i), load.disposition(i, status)));
                }
            }
        }
    }

    private void read(ReadModelSettings settings) throws InterruptedException {
        long begunNs = System.nanoTime();
        try (ReadModel model = new ReadModel(settings, (topic, records, passedOver) -> {}, InstantSource.system())) {
            while (!model.problems().isEmpty()) {
                Thread.sleep(PAUSE_MS);
            }
        }
        double seconds = (System.nanoTime() - begunNs) / 1e9;
        double events = FACTS * (double) load.subjects();
        report.paragraph(
                "A console that starts has read %,.0f events and as many dispositions after %.1f s: %,.0f events/s. An hour of"
                        + " 1,000 events/s is made up in %.0f s.",
                events, seconds, events / seconds, HOUR_S * 1_000 / (events / seconds));
    }
}
