package io.foundling.client.internal.broker;

import io.foundling.audit.AuditEvent;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderSetting;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.TokenLogin;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures and makes the Kafka producer of a recorder. With its defaults no acknowledged event is lost, no event is
 * written twice and the events of a subject keep their order.
 */
public final class ProducerFactory {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);

    private ProducerFactory() {}

    /**
     * Returns a factory of the producer. The configuration is checked now; addresses are looked up when the factory is
     * called.
     *
     * @throws IllegalArgumentException if Kafka or the serializer does not accept a setting
     */
    public static Supplier<Producer<String, AuditEvent>> factory(RecorderSettings settings) {
        Map<String, Object> config = config(settings);
        check(config);
        return () -> made(config);
    }

    private static Producer<String, AuditEvent> made(Map<String, Object> config) {
        try {
            return new RecorderProducer(config, AvroSerdes.serializer(config, false));
        } catch (KafkaException failure) {
            throw TokenLogin.missingToken(config, failure)
                    .or(() -> TokenLogin.forbiddenEndpoint(config, failure))
                    .map(sentence -> new KafkaException(sentence, failure))
                    .orElse(failure);
        }
    }

    public static Map<String, Object> config(RecorderSettings settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(
                ProducerConfig.CLIENT_ID_CONFIG,
                "audit-recorder-" + settings.service().name());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // The recorder gathers events itself, so that urgent events leave at once; 1 ms keeps one round together.
        config.put(ProducerConfig.LINGER_MS_CONFIG, "1");
        if (settings.async()) {
            // Accepted events wait for the broker without a limit; the queue bounds the number of waiting events.
            config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(Integer.MAX_VALUE));
            config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
            // A partition that lost its replicas must be known as such before it looks stuck.
            config.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, "10000");
        }
        config.putAll(settings.target().kafka());
        TokenLogin.limits(config).forEach(config::putIfAbsent);
        boolean acknowledgesAll = isOneOf(config.get(ProducerConfig.ACKS_CONFIG), "all", "-1");
        config.putIfAbsent(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, Boolean.toString(acknowledgesAll));
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.target().bootstrapServers());
        config.put(AvroConfig.REGISTRY_URL, settings.target().registryUrl());
        warnIfWeakened(config, ProducerConfig.ACKS_CONFIG, "all", "-1");
        warnIfWeakened(config, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true", "true");
        return config;
    }

    /** Returns the size of the producer's buffer, in bytes. */
    public static long bufferBytes(RecorderSettings settings) {
        return (Long) parsed(settings).get(ProducerConfig.BUFFER_MEMORY_CONFIG);
    }

    /** Returns the size of the largest request, in bytes, before compression. */
    public static int requestBytes(RecorderSettings settings) {
        return (Integer) parsed(settings).get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    }

    /** Returns for how long a call may wait for metadata or for room, and so for a producer that is being replaced. */
    public static Duration longestCall(RecorderSettings settings) {
        return Duration.ofMillis((Long) parsed(settings).get(ProducerConfig.MAX_BLOCK_MS_CONFIG));
    }

    /** Returns every setting of the producer, in its type. */
    static Map<String, Object> parsed(RecorderSettings settings) {
        return ProducerConfig.configDef().parse(complete(config(settings)));
    }

    private static Map<String, Object> complete(Map<String, Object> config) {
        Map<String, Object> complete = new HashMap<>(config);
        complete.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        complete.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        return complete;
    }

    private static void check(Map<String, Object> config) {
        if (config.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG)) {
            throw new IllegalArgumentException("audit recorder: " + RecorderSetting.KAFKA_PREFIX
                    + ProducerConfig.TRANSACTIONAL_ID_CONFIG + " is set, but the recorder uses no transactions");
        }
        try {
            new ProducerConfig(complete(config));
            AvroSerdes.check(config);
        } catch (ConfigException wrong) {
            throw new IllegalArgumentException(
                    "audit recorder: Kafka settings (" + RecorderSetting.KAFKA_PREFIX + "*): " + wrong.getMessage(),
                    wrong);
        }
    }

    private static void warnIfWeakened(Map<String, Object> config, String key, String expected, String synonym) {
        Object found = config.get(key);
        if (!isOneOf(found, expected, synonym)) {
            LOG.warn(
                    "{} is {}, expected {}: audit events can be lost or doubled unseen (set by {}{})",
                    key,
                    found,
                    expected,
                    RecorderSetting.KAFKA_PREFIX,
                    ProducerConfig.ACKS_CONFIG.equals(key) ? key : "acks or " + RecorderSetting.KAFKA_PREFIX + key);
        }
    }

    private static boolean isOneOf(Object value, String expected, String synonym) {
        return expected.equals(String.valueOf(value)) || synonym.equals(String.valueOf(value));
    }
}
