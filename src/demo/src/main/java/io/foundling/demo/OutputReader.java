package io.foundling.demo;

import io.foundling.audit.Alert;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.audit.Violation;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the output topics from now on, committed records only, and hands them to the view. Has a thread of its own. */
final class OutputReader implements AutoCloseable {

    private static final List<String> TOPICS = List.of(
            TopicNames.DISPOSITIONS,
            TopicNames.ORPHANS,
            TopicNames.SETTLEMENTS,
            TopicNames.ALERTS,
            TopicNames.VIOLATIONS,
            TopicNames.DEAD_LETTERS);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final RegistryClient registry;
    private final LedgerView view;
    private final AvroDeserializer<Disposition> dispositions;
    private final AvroDeserializer<OrphanWarning> warnings;
    private final AvroDeserializer<Settlement> settlements;
    private final AvroDeserializer<Alert> alerts;
    private final AvroDeserializer<Violation> violations;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Opens a consumer in no group, at the ends of the topics. The registry client is closed with the reader. */
    OutputReader(String bootstrapServers, RegistryClient registry, LedgerView view) {
        this.registry = registry;
        this.view = view;
        dispositions = new AvroDeserializer<>(registry, Disposition.class);
        warnings = new AvroDeserializer<>(registry, OrphanWarning.class);
        settlements = new AvroDeserializer<>(registry, Settlement.class);
        alerts = new AvroDeserializer<>(registry, Alert.class);
        violations = new AvroDeserializer<>(registry, Violation.class);
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(consumer::seek);
    }

    void start() {
        Thread thread = new Thread(this::read, "demo-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try (consumer) {
            while (true) {
                consumer.poll(POLL).forEach(this::hand);
            }
        } catch (WakeupException stop) {
            // Asked to stop.
        } catch (RuntimeException failure) {
            view.readingFailed(String.valueOf(failure.getMessage()));
        } finally {
            registry.close();
            ended.countDown();
        }
    }

    private void hand(ConsumerRecord<byte[], byte[]> record) {
        switch (record.topic()) {
            case TopicNames.DISPOSITIONS -> disposition(record);
            case TopicNames.ORPHANS -> orphan(record);
            case TopicNames.SETTLEMENTS -> settlement(record);
            case TopicNames.ALERTS -> alert(record);
            case TopicNames.VIOLATIONS -> view.violation(violations.deserialize(record.topic(), record.value()));
            default ->
                view.deadLetter(
                        header(record, Headers.TOPIC) + "-" + header(record, Headers.PARTITION) + "@"
                                + header(record, Headers.OFFSET),
                        header(record, Headers.REASON),
                        header(record, Headers.MESSAGE));
        }
    }

    private void disposition(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            view.removed(key(record));
        } else {
            view.disposition(key(record), dispositions.deserialize(record.topic(), record.value()));
        }
    }

    private void orphan(ConsumerRecord<byte[], byte[]> record) {
        String change = header(record, Headers.CHANGE);
        if (record.value() == null) {
            boolean restarted = record.headers().lastHeader(Headers.RECOVERY) != null;
            view.resolved(key(record), header(record, Headers.STATUS), change, restarted);
        } else {
            view.warning(key(record), warnings.deserialize(record.topic(), record.value()), change);
        }
    }

    private void settlement(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            view.settlements().withdrawn(key(record));
        } else {
            view.settlements().settlement(key(record), settlements.deserialize(record.topic(), record.value()));
        }
    }

    private void alert(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            view.settlements().removed(key(record));
        } else {
            view.settlements().alert(key(record), alerts.deserialize(record.topic(), record.value()));
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            ended.await(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
