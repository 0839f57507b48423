package io.foundling.service.runtime;

import io.foundling.service.metrics.CommittedCounts;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** Makes the Kafka clients as Kafka Streams does, with producers that report each commit and abort. */
public final class ObservedClients implements KafkaClientSupplier {

    private final CommittedCounts counts;
    private final UnaryOperator<Map<String, Object>> producers;

    /** Makes producers of the settings that Kafka Streams gives them. */
    ObservedClients(CommittedCounts counts) {
        this(counts, UnaryOperator.identity());
    }

    /** @param producers returns the settings of a producer for those that Kafka Streams gives it */
    public ObservedClients(CommittedCounts counts, UnaryOperator<Map<String, Object>> producers) {
        this.counts = counts;
        this.producers = producers;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new ObservedProducer(producers.apply(config), counts);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
