package io.foundling.console.delivery.topics;

import io.foundling.console.delivery.Receiver;
import io.foundling.console.topics.GrouplessConsumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The clients with the settings of the operator, except where delivery depends on a setting. */
final class KafkaReceiverClients implements ReceiverClients {

    private static final int SESSION_MS = 15_000;

    private final DeliverySettings settings;
    private final String group;

    KafkaReceiverClients(DeliverySettings settings, Receiver receiver) {
        this.settings = settings;
        group = settings.group(receiver);
    }

    @Override
    public Consumer<byte[], byte[]> member() {
        return new KafkaConsumer<>(memberSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A process that is killed takes its place again under the same name of instance. */
    Map<String, Object> memberSettings() {
        Map<String, Object> kafka = new HashMap<>();
        kafka.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        kafka.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        kafka.putAll(settings.kafka());
        kafka.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        kafka.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        kafka.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
        kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        kafka.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        return kafka;
    }

    @Override
    public long sessionMs() {
        return Long.parseLong(memberSettings()
                .get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)
                .toString()
                .strip());
    }

    @Override
    public Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Map<String, Object> producerSettings() {
        Map<String, Object> kafka = new HashMap<>(settings.kafka());
        kafka.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group);
        kafka.put(ProducerConfig.ACKS_CONFIG, "all");
        kafka.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return kafka;
    }

    @Override
    public Consumer<byte[], byte[]> committed() {
        return GrouplessConsumer.open(settings.kafka(), Map.of());
    }

    @Override
    public Consumer<byte[], byte[]> uncommitted() {
        return GrouplessConsumer.open(
                settings.kafka(), Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted"));
    }
}
