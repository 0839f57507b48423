package io.foundling.service.it.console;

import static org.awaitility.Awaitility.await;

import io.foundling.audit.Alert;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Subject;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to every topic at random on a thread of its own until it is closed: records, tombstones, bytes that are no
 * record, in transactions of which some are aborted. It outlives a broker that goes away.
 */
final class RandomLoad implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RandomLoad.class);

    private final LocalStack stack;
    private final Random random;
    private final RandomRecords records;
    private final Serializer<SpecificRecord> serializer;
    private final Thread thread = new Thread(this::run, "random-load");
    private Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();
    private volatile boolean closing;
    private volatile int transactions;

    RandomLoad(LocalStack stack, long seed) {
        this.stack = stack;
        random = new Random(seed);
        records = new RandomRecords(random);
        serializer = AvroSerdes.serializer(Map.of("schema.registry.url", stack.registryUrl()), false);
        thread.start();
    }

    int transactions() {
        return transactions;
    }

    private void run() {
        while (!closing) {
            try {
                transact(opened());
                transactions++;
            } catch (KafkaException away) {
                LOG.info("the load goes on with another producer: {}", away.getMessage());
                producer.ifPresent(failed -> failed.close(Duration.ZERO));
                producer = Optional.empty();
            }
        }
        producer.ifPresent(KafkaProducer::close);
    }

    private KafkaProducer<byte[], byte[]> opened() {
        if (producer.isEmpty()) {
            KafkaProducer<byte[], byte[]> opened = new KafkaProducer<>(
                    Map.of("bootstrap.servers", stack.bootstrapServers(), "transactional.id", "random-load"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer = Optional.of(opened);
            opened.initTransactions();
        }
        return producer.get();
    }

    private void transact(KafkaProducer<byte[], byte[]> writer) {
        writer.beginTransaction();
        int count = 1 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            writer.send(record());
        }
        if (random.nextInt(8) == 0) {
            writer.abortTransaction();
        } else {
            writer.commitTransaction();
        }
    }

    private ProducerRecord<byte[], byte[]> record() {
        Subject subject = records.subject();
        String key = SubjectKey.of(subject);
        return switch (random.nextInt(11)) {
            case 0 -> record(TopicNames.DISPOSITIONS, key, records.disposition(subject), 5);
            case 1 -> {
                Subject scope = records.scope();
                yield record(TopicNames.DISPOSITIONS, SubjectKey.of(scope), records.scope(scope), 5);
            }
            case 2 -> record(TopicNames.ORPHANS, key, records.warning(subject), 2);
            case 3 -> {
                Subject batch = records.batch();
                yield record(TopicNames.SETTLEMENTS, SubjectKey.of(batch) + "/1", records.settlement(batch), 9);
            }
            case 4 -> {
                Alert alert = records.alert();
                yield record(TopicNames.ALERTS, "orphaned/university/" + random.nextInt(5), alert, 9);
            }
            case 5 -> record(TopicNames.RECONCILIATIONS, key + "/COUNT", records.reconciliation(subject), 9);
            case 6 -> {
                ClockReport clock = records.clock();
                yield record(TopicNames.CLOCKS, clock.getTask() + "/university", clock, 9);
            }
            case 7 -> record(TopicNames.VIOLATIONS, key, records.violation(subject), 0);
            case 8 -> deadLetter(key);
            default -> {
                AuditEvent event = records.event(subject);
                yield record(TopicNames.EVENTS, key, event, 0);
            }
        };
    }

    /** @param tombstones one of how many has no value; 0: none */
    private ProducerRecord<byte[], byte[]> record(String topic, String key, SpecificRecord value, int tombstones) {
        byte[] bytes = random.nextInt(40) == 0 ? new byte[] {1, 2, 3} : serializer.serialize(topic, value);
        boolean isTombstone = tombstones > 0 && random.nextInt(tombstones) == 0;
        return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), isTombstone ? null : bytes);
    }

    private ProducerRecord<byte[], byte[]> deadLetter(String key) {
        byte[] value = new byte[random.nextInt(200)];
        random.nextBytes(value);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(TopicNames.DEAD_LETTERS, key.getBytes(StandardCharsets.UTF_8), value);
        record.headers().add(Headers.REASON, "UNREADABLE_VALUE".getBytes(StandardCharsets.UTF_8));
        return record;
    }

    /** Ends the load; everything is on the broker then. */
    @Override
    public void close() {
        closing = true;
        await("the end of the load").atMost(Duration.ofMinutes(2)).until(() -> !thread.isAlive());
        serializer.close();
    }
}
