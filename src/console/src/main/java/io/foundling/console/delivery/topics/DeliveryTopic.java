package io.foundling.console.delivery.topics;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Delivery;
import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.NoLongerOwnerException;
import io.foundling.console.delivery.Progress;
import io.foundling.console.delivery.ProgressLog;
import io.foundling.console.delivery.Receiver;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.names.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of one receiver in audit.deliveries. All owners of a receiver use one transactional id in turn: the
 * newest shuts the others out, so that none of them can put progress back. Any thread.
 */
final class DeliveryTopic implements ProgressLog, BeginningLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryTopic.class);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(2);

    private final DeliverySettings settings;
    private final String receiver;
    private final List<Header> headers;
    private final Producer<byte[], byte[]> producer;
    private final Serializer<Delivery> deliveries;

    /**
     * Takes the receiver over. Returns once no former owner can write any more.
     *
     * @param producer a new one with the transactional id of the receiver
     */
    DeliveryTopic(DeliverySettings settings, Receiver receiver, Producer<byte[], byte[]> producer) {
        this.settings = settings;
        this.receiver = receiver.name();
        headers = List.of(new RecordHeader(
                Headers.APPLICATION, settings.shown().application().getBytes(StandardCharsets.UTF_8)));
        deliveries = AvroSerdes.serializer(settings.avro(), false);
        this.producer = producer;
        try {
            producer.initTransactions();
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    @Override
    public void begin(Instant since, Map<String, Optional<Progress>> done) throws InterruptedException {
        Delivery begun = Delivery.newBuilder()
                .setReceiver(receiver)
                .setResult(DeliveryResult.DELIVERED)
                .setAt(since)
                .build();
        write(Stream.concat(Stream.of(record(key(receiver), begun)), records(done)));
    }

    @Override
    public void write(Map<String, Optional<Progress>> done) throws InterruptedException {
        if (!done.isEmpty()) {
            write(records(done));
        }
    }

    private Stream<ProducerRecord<byte[], byte[]>> records(Map<String, Optional<Progress>> done) {
        return done.entrySet().stream()
                .map(each -> record(
                        key(receiver) + '/' + each.getKey(),
                        each.getValue().map(this::delivery).orElse(null)));
    }

    private synchronized void write(Stream<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
        try {
            producer.beginTransaction();
            records.forEach(producer::send);
            commit();
        } catch (InterruptException stopping) {
            throw new InterruptedException(stopping.getMessage());
        } catch (ProducerFencedException | InvalidProducerEpochException taken) {
            throw new NoLongerOwnerException(receiver, taken);
        }
    }

    /** A commit that got no answer may be repeated, and nothing else may be done. */
    private void commit() {
        int failures = 0;
        while (true) {
            try {
                producer.commitTransaction();
                if (failures > 0) {
                    LOG.info("what {} has got is written again, after {} failures", receiver, failures);
                }
                return;
            } catch (TimeoutException again) {
                failures++;
                if (failures == 1) {
                    LOG.warn(
                            "what {} has got cannot be written to {} at present, trying again; a webhook is sent nothing"
                                    + " meanwhile: {}",
                            receiver,
                            settings.deliveries(),
                            again.getMessage());
                }
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(String key, Delivery value) {
        byte[] bytes = value == null ? null : deliveries.serialize(settings.deliveries(), value);
        return new ProducerRecord<>(settings.deliveries(), null, key.getBytes(StandardCharsets.UTF_8), bytes, headers);
    }

    private Delivery delivery(Progress done) {
        return Delivery.newBuilder()
                .setReceiver(receiver)
                .setAlert(done.key())
                .setVersion(done.version())
                .setDeliveryId(done.id())
                .setResult(done.outcome().result())
                .setStatus(done.firing() ? AlertStatus.FIRING : AlertStatus.RESOLVED)
                .setLabels(done.labels())
                .setStartsAt(done.startsAt())
                .setAttempts(done.outcome().attempts())
                .setAnswer(done.outcome().answer())
                .setAt(done.outcome().at())
                .build();
    }

    static Progress progress(Delivery written) {
        return new Progress(
                written.getAlert(),
                written.getVersion(),
                written.getDeliveryId(),
                written.getStatus() == AlertStatus.FIRING,
                written.getLabels(),
                written.getStartsAt() == null ? written.getAt() : written.getStartsAt(),
                new Progress.Outcome(written.getResult(), written.getAttempts(), written.getAnswer(), written.getAt()));
    }

    static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** Returns the key of the record that says since when a receiver is served, with which its other keys begin. */
    static String key(String receiver) {
        return SubjectKey.encode(receiver);
    }

    /** Kafka's producer joins its own thread without a limit, which may wait for a request; so another thread closes it. */
    @Override
    public void close() {
        Thread closing = new Thread(
                () -> {
                    producer.close(CLOSES_WITHIN);
                    deliveries.close();
                },
                "notify-closing-" + receiver);
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(CLOSES_WITHIN.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
