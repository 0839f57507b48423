package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic that all contenders read. It is written once, as services write it, before the first contender starts. */
final class SourceTopic {

    static final String NAME = "audit.events";

    private static final Map<String, String> CONFIG = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", "604800000",
            "message.timestamp.type", "LogAppendTime",
            "max.message.bytes", "1048588");

    private SourceTopic() {}

    /** Writes the load, and returns the naive count of it. */
    static NaiveCount write(LedgerLab lab, LedgerPlan plan) throws ExecutionException, InterruptedException {
        return write(lab, sink -> new LedgerLoad(plan, sink).make());
    }

    /** Writes what a load gives to its sink, and returns the naive count of it. */
    static NaiveCount write(LedgerLab lab, Consumer<Consumer<AuditEvent>> load)
            throws ExecutionException, InterruptedException {
        NewTopic topic = new NewTopic(NAME, LedgerLab.PARTITIONS, (short) 1).configs(CONFIG);
        lab.admin().createTopics(List.of(topic)).all().get();
        NaiveCount count = new NaiveCount();
        try (Writer writer = new Writer(lab)) {
            load.accept(event -> {
                count.add(event);
                writer.accept(event);
            });
        }
        return count;
    }

    /** Writes events. */
    static final class Writer implements Consumer<AuditEvent>, AutoCloseable {

        private final AtomicReference<Exception> failure = new AtomicReference<>();
        private final KafkaProducer<String, AuditEvent> producer;

        Writer(LedgerLab lab) {
            producer = producer(lab);
        }

        @Override
        public void accept(AuditEvent event) {
            producer.send(
                    new ProducerRecord<>(NAME, SubjectKey.of(event.getSubject()), event),
                    (written, failed) -> failure.compareAndSet(null, failed));
        }

        /** Waits until everything is written. */
        @Override
        public void close() {
            producer.close();
            if (failure.get() != null) {
                throw new BenchFailure("The load could not be written: " + failure.get());
            }
        }
    }

    /** With the settings that a recorder gives its producer. */
    private static KafkaProducer<String, AuditEvent> producer(LedgerLab lab) {
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, lab.bootstrapServers(),
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, "5");
        return new KafkaProducer<>(
                config,
                new StringSerializer(),
                AvroSerdes.serializer(Map.of(AvroConfig.REGISTRY_URL, lab.registryUrl()), false));
    }
}
