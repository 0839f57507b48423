package io.foundling.bench.recorder;

import io.foundling.audit.AuditEvent;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderBuilder;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The place to which a contender writes.
 *
 * @param directory a new directory for the contender's files
 * @param kafka producer settings besides those of a recorder
 */
record Site(String bootstrapServers, String registryUrl, String topic, Path directory, Map<String, String> kafka) {

    /** Begins a recorder for this site; queue and spool are those of the client. */
    RecorderBuilder recorder() {
        RecorderBuilder builder = KafkaAuditRecorder.builder()
                .bootstrapServers(bootstrapServers)
                .schemaRegistryUrl(registryUrl)
                .topic(topic)
                .service(Workload.SERVICE)
                .instance(Workload.INSTANCE)
                .version(Workload.VERSION)
                .closeTimeout(Duration.ofSeconds(1));
        kafka.forEach(builder::kafka);
        return builder;
    }

    /** A producer with the settings and the serializer that a recorder gives its own. */
    KafkaProducer<String, AuditEvent> producer() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, "1");
        return new KafkaProducer<>(config, new StringSerializer(), serializer());
    }

    Serializer<AuditEvent> serializer() {
        return AvroSerdes.serializer(registry(), false);
    }

    Map<String, Object> registry() {
        return Map.of(AvroConfig.REGISTRY_URL, registryUrl);
    }
}
