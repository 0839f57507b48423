package io.foundling.service.console;

import io.foundling.audit.Producer;
import io.foundling.client.AuditRecorder;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderBuilder;
import io.foundling.console.acts.ActListener;
import io.foundling.console.acts.ActSettings;
import io.foundling.console.acts.Acts;
import io.foundling.console.model.query.Queries;
import io.foundling.schemas.AvroConfig;
import io.foundling.service.config.ServiceConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Makes operators' acts of the configuration: they are recorded by the client, as services record. */
final class ConsoleActs {

    /** The service that events of acts name as their producer. */
    static final String SERVICE = "foundling-console";

    /** A caller waits so long for the broker, and once more for its first answer: less than an idle connection lives. */
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ServiceConfig config;
    private final String version;

    ConsoleActs(ServiceConfig config, String version) {
        this.config = config;
        this.version = version;
    }

    Acts of(Queries queries, ActListener listener) {
        ActSettings settings = new ActSettings(
                config.sources(),
                config.console().acts().most(),
                new Producer(SERVICE, config.instance().name(), version, 0L),
                PATIENCE);
        return new Acts(settings, queries, this::recorder, InstantSource.system(), listener);
    }

    private AuditRecorder recorder(String topic) {
        Map<String, String> clients = new HashMap<>(config.kafka().values());
        clients.putAll(config.avro().values());
        RecorderBuilder builder = KafkaAuditRecorder.builder()
                .bootstrapServers(clients.remove(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
                .schemaRegistryUrl(clients.remove(AvroConfig.REGISTRY_URL))
                .service(SERVICE)
                .instance(config.instance().name())
                .version(version)
                .topic(topic)
                .async(false);
        clients.forEach(builder::kafka);
        return builder.kafka(ProducerConfig.ACKS_CONFIG, "all")
                .kafka(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(LIMIT.toMillis()))
                .kafka(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(LIMIT.toMillis()))
                .kafka(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(REQUEST_LIMIT.toMillis()))
                .build();
    }
}
