package io.foundling.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** A transactional producer and a read_committed consumer group, each used once. */
final class TopicTraffic {

    private final Map<String, Object> bootstrap;

    TopicTraffic(String bootstrapServers) {
        bootstrap = Map.of("bootstrap.servers", bootstrapServers);
    }

    void create(String topic) {
        try (Admin admin = Admin.create(bootstrap)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    void commit(String topic, String value) {
        produce(topic, value).close();
    }

    void abort(String topic, String value) {
        try (KafkaProducer<String, String> producer = begun()) {
            producer.send(new ProducerRecord<>(topic, value));
            producer.flush();
            producer.abortTransaction();
        }
    }

    List<String> readCommitted(String topic, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            consumer.subscribe(List.of(topic));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }

    private KafkaProducer<String, String> produce(String topic, String value) {
        KafkaProducer<String, String> producer = begun();
        producer.send(new ProducerRecord<>(topic, value));
        producer.commitTransaction();
        return producer;
    }

    private KafkaProducer<String, String> begun() {
        Map<String, Object> settings = new HashMap<>(bootstrap);
        settings.put("transactional.id", "traffic");
        KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    private KafkaConsumer<String, String> consumer() {
        Map<String, Object> settings = new HashMap<>(bootstrap);
        settings.put("group.id", UUID.randomUUID().toString());
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }
}
