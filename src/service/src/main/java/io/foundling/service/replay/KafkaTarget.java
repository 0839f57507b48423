package io.foundling.service.replay;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.schemas.registry.SchemaRejectedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends events to a source topic, keyed by subject and partitioned as the ledger expects. */
public final class KafkaTarget implements ReplayTarget {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final String topic;
    private final Producer<String, byte[]> producer;
    private final Serializer<AuditEvent> serializer;
    private final AtomicReference<Exception> lost = new AtomicReference<>();

    private KafkaTarget(String topic, Producer<String, byte[]> producer, Serializer<AuditEvent> serializer) {
        this.topic = topic;
        this.producer = producer;
        this.serializer = serializer;
    }

    /**
     * Opens a producer.
     *
     * @param kafka settings of Kafka clients; those that a correct replay needs override them
     * @param avro settings of the serializer
     */
    public static KafkaTarget open(String topic, Map<String, ?> kafka, Map<String, ?> avro) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 10);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.putAll(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // The built-in partitioner, murmur2 of the key: the ledger refuses records in any other partition.
        settings.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
        settings.remove(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return new KafkaTarget(topic, new KafkaProducer<>(settings), AvroSerdes.serializer(avro, false));
    }

    @Override
    public void send(AuditEvent event, Outcome outcome) {
        stopIfLost();
        byte[] value = serialize(event, outcome);
        if (value.length == 0) {
            return;
        }
        try {
            producer.send(
                    new ProducerRecord<>(topic, SubjectKey.of(event.getSubject()), value),
                    (metadata, failure) -> acknowledged(failure, outcome));
        } catch (InterruptException interrupted) {
            throw new ReplayStoppedException("it was interrupted", interrupted);
        } catch (KafkaException failure) {
            acknowledged(failure, outcome);
        }
    }

    @Override
    public void flush() {
        producer.flush();
        stopIfLost();
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
        serializer.close();
    }

    /** Returns the value; no bytes if the event itself cannot be written. */
    private byte[] serialize(AuditEvent event, Outcome outcome) {
        try {
            return serializer.serialize(topic, event);
        } catch (RegistryUnavailableException | SchemaRejectedException refused) {
            throw new ReplayStoppedException(refused.getMessage(), refused);
        } catch (SerializationException unfit) {
            outcome.refused(unfit.getMessage());
            return new byte[0];
        }
    }

    private void acknowledged(Exception failure, Outcome outcome) {
        if (failure == null) {
            outcome.arrived();
        } else {
            outcome.refused(failure.getMessage());
            if (!(failure instanceof RecordTooLargeException)) {
                lost.compareAndSet(null, failure);
            }
        }
    }

    private void stopIfLost() {
        Exception failure = lost.get();
        if (failure != null) {
            throw new ReplayStoppedException(
                    "topic " + topic + " takes no more events: " + failure.getMessage(), failure);
        }
    }
}
