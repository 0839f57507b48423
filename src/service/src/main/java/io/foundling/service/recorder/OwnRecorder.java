package io.foundling.service.recorder;

import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderBuilder;
import io.foundling.schemas.AvroConfig;
import io.foundling.service.config.ServiceConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Begins the description of a recorder that writes where the configuration says. */
public final class OwnRecorder {

    private OwnRecorder() {}

    /**
     * Returns it with brokers, registry, names and topic.
     *
     * @param service that events of this recorder name as their producer
     * @param version of this build
     */
    public static RecorderBuilder of(ServiceConfig config, String service, String version, String topic) {
        Map<String, String> clients = new HashMap<>(config.kafka().values());
        clients.putAll(config.avro().values());
        RecorderBuilder builder = KafkaAuditRecorder.builder()
                .bootstrapServers(clients.remove(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
                .schemaRegistryUrl(clients.remove(AvroConfig.REGISTRY_URL))
                .service(service)
                .instance(config.instance().name())
                .version(version)
                .topic(topic);
        clients.forEach(builder::kafka);
        return builder.kafka(ProducerConfig.ACKS_CONFIG, "all");
    }
}
