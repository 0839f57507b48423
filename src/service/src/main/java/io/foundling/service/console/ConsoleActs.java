package io.foundling.service.console;

import io.foundling.audit.Producer;
import io.foundling.client.AuditRecorder;
import io.foundling.console.acts.ActListener;
import io.foundling.console.acts.ActSettings;
import io.foundling.console.acts.Acts;
import io.foundling.console.model.query.Queries;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.recorder.OwnRecorder;
import java.time.Duration;
import java.time.InstantSource;
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
        return OwnRecorder.of(config, SERVICE, version, topic)
                .async(false)
                .kafka(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(LIMIT.toMillis()))
                .kafka(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(LIMIT.toMillis()))
                .kafka(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(REQUEST_LIMIT.toMillis()))
                .build();
    }
}
