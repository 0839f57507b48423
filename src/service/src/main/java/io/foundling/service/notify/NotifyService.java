package io.foundling.service.notify;

import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.topics.Deliveries;
import io.foundling.console.delivery.topics.DeliverySettings;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.http.HttpEndpoint;
import io.foundling.service.metrics.DeliveryMetrics;
import io.foundling.service.metrics.ServiceMetrics;
import io.foundling.service.process.OpenParts;
import io.foundling.service.process.RunningProcess;
import io.foundling.service.runtime.UnusableTopicsException;
import io.foundling.service.topics.Broker;
import io.foundling.topology.names.TopicNames;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The running process of {@code notify}. It starts the probes, checks broker, topics and rights, and then delivers
 * alerts until {@link #close}, which may be called from any thread. Whether a receiver answers is no matter of its
 * probes, as a restart would not bring the receiver back; metrics show it.
 */
public final class NotifyService implements RunningProcess {

    private final ServiceConfig config;
    private final List<Receiver> receivers;
    private final OpenParts parts = new OpenParts("notify");
    private final RegistryClient registry;
    private final DeliveryMetrics metrics;
    private final HttpEndpoint http;
    private volatile Deliveries running;
    private volatile String waitingFor = "starting";

    /**
     * Starts to answer probes; {@link #run} does the rest.
     *
     * @param version of this build
     * @throws io.foundling.service.config.ConfigurationException if there is no receiver, or a secret cannot be read
     * @throws io.foundling.service.http.CannotListenException if the address is taken
     */
    public NotifyService(ServiceConfig config, String version) {
        this.config = config;
        receivers = Receivers.of(config.delivery());
        registry = parts.opened(AvroSerdes.registryClient(config.avro().values()));
        ServiceMetrics process =
                parts.opened(new ServiceMetrics(version, config.http().kafkaMetrics()));
        metrics = new DeliveryMetrics(process.registry());
        receivers.forEach(
                receiver -> receiver.endpoints().forEach(endpoint -> metrics.known(receiver.name(), endpoint)));
        http = parts.opened(new HttpEndpoint(
                config.http().host(), config.http().port(), List::of, this::readinessProblems, process::scrape));
    }

    @Override
    public int httpPort() {
        return http.port();
    }

    /**
     * Runs until the service is closed.
     *
     * @throws UnusableTopicsException if a topic is missing or may not be used
     * @throws io.foundling.service.topics.BrokerUnavailableException if no broker answers, or one denies access
     */
    @Override
    public void run() throws InterruptedException {
        waitingFor = "waiting for the broker at " + config.kafka().values().get("bootstrap.servers");
        check();
        Map<String, Object> avro = new HashMap<>(config.avro().values());
        avro.put(AvroConfig.REGISTRY_CLIENT, registry);
        DeliverySettings settings = new DeliverySettings(
                config.instance().name(),
                presentation(config),
                receivers,
                Map.copyOf(config.kafka().values()),
                avro,
                config.topics().prefix().name(TopicNames.ALERTS),
                config.topics().prefix().name(TopicNames.DELIVERIES));
        parts.open(() -> running = parts.opened(new Deliveries(settings, metrics, InstantSource.system())));
        parts.awaitEnd();
    }

    /** Returns how alerts are shown to receivers. */
    public static Presentation presentation(ServiceConfig config) {
        return new Presentation(
                config.instance().application(), config.delivery().consoleUrl());
    }

    private void check() {
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            List<String> problems = new NotifyCheck(broker, config).problems();
            if (!problems.isEmpty()) {
                throw new UnusableTopicsException(problems);
            }
        }
    }

    private List<String> readinessProblems() {
        Deliveries delivering = running;
        return delivering == null ? List.of(waitingFor) : delivering.problems();
    }

    /** Stops in reverse order of the start. What is under way at a receiver is given up, and sent again later. */
    @Override
    public void close() {
        parts.close(registry::close);
    }
}
