package io.foundling.client;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Kafka producer of a recorder: nothing acknowledged is lost, nothing is written twice, subjects keep their order. */
final class EventProducer {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);

    private EventProducer() {}

    static Producer<String, AuditEvent> start(RecorderSettings settings) {
        Map<String, Object> config = config(settings);
        return new KafkaProducer<>(config, new StringSerializer(), AvroSerdes.<AuditEvent>serializer(config, false));
    }

    static Map<String, Object> config(RecorderSettings settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "audit-recorder-" + settings.service());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.putAll(settings.kafka());
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(AvroConfig.REGISTRY_URL, settings.registryUrl());
        warnIfWeakened(config, ProducerConfig.ACKS_CONFIG, "all", "-1");
        warnIfWeakened(config, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true", "true");
        return config;
    }

    private static void warnIfWeakened(Map<String, Object> config, String key, String expected, String synonym) {
        String found = String.valueOf(config.get(key));
        if (!found.equals(expected) && !found.equals(synonym)) {
            LOG.warn(
                    "{} is {}, expected {}: audit events can be lost or doubled unseen (set by {}{})",
                    key,
                    found,
                    expected,
                    RecorderSetting.KAFKA_PREFIX,
                    key);
        }
    }
}
