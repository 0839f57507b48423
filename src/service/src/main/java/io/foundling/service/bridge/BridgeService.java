package io.foundling.service.bridge;

import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.BridgeSettings;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.http.HttpEndpoint;
import io.foundling.service.metrics.BridgeMetrics;
import io.foundling.service.metrics.ServiceMetrics;
import io.foundling.service.process.OpenParts;
import io.foundling.service.process.RunningProcess;
import io.foundling.service.runtime.RegistryGate;
import io.foundling.service.runtime.UnusableTopicsException;
import io.foundling.service.topics.Broker;
import io.foundling.topology.task.OutgoingRecords;
import io.foundling.topology.topics.TopicContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The running process of {@code bridge}. It starts the probes, checks broker, topics, rights and registry, and then runs
 * every bridge of the configuration until {@link #close}, which may be called from any thread. It also stops by itself
 * when a stream thread of one of them fails for good.
 */
public final class BridgeService implements RunningProcess {

    /** What a batch with one record has beside key and value. */
    private static final int BATCH_OVERHEAD_BYTES = 1_024;

    private final ServiceConfig config;
    private final List<MappedBridge> bridges;
    private final OpenParts parts = new OpenParts("bridge");
    private final RegistryClient registry;
    private final ServiceMetrics metrics;
    private final HttpEndpoint http;
    private volatile List<RunningBridge> running = List.of();
    private volatile String waitingFor = "starting";

    /**
     * Reads the mappings and starts to answer probes; {@link #run} does the rest.
     *
     * @param version of this build
     * @throws io.foundling.service.config.ConfigurationException if there is no bridge, or a mapping cannot be read
     * @throws io.foundling.service.mapping.InvalidMappingException if a mapping has problems
     * @throws io.foundling.service.http.CannotListenException if the address is taken
     */
    public BridgeService(ServiceConfig config, String version) {
        this.config = config;
        bridges = MappedBridge.read(config.topics().bridges());
        registry = parts.opened(AvroSerdes.registryClient(config.avro().values()));
        metrics = parts.opened(new ServiceMetrics(version, config.http().kafkaMetrics()));
        http = parts.opened(new HttpEndpoint(
                config.http().host(),
                config.http().port(),
                this::livenessProblems,
                this::readinessProblems,
                metrics::scrape));
    }

    @Override
    public int httpPort() {
        return http.port();
    }

    /**
     * Runs until the service is closed or a bridge fails for good.
     *
     * @throws UnusableTopicsException if a topic is missing, may not be used, or is deleted
     * @throws io.foundling.service.topics.BrokerUnavailableException if no broker answers, or one denies access
     * @throws io.foundling.schemas.registry.RegistryAccessException if the registry refuses access
     * @throws io.foundling.service.state.UnusableStateException if another process has the name of this instance
     * @throws io.foundling.service.runtime.FailedThreadException if a stream thread fails for another reason that does
     *     not pass
     */
    @Override
    public void run() throws InterruptedException {
        waitingFor = "waiting for the broker at " + config.kafka().values().get("bootstrap.servers");
        Map<String, Integer> maxBytes = check();
        waitingFor = "waiting for the schema registry";
        new RegistryGate(registry, config.avro().values(), outputs(), parts::areClosing).await();
        parts.open(() -> start(maxBytes));
        parts.awaitEnd();
        running.forEach(RunningBridge::throwIfEnded);
    }

    /** Returns how large an event may be in each topic. */
    private Map<String, Integer> check() {
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            List<String> problems = new BridgeCheck(broker, config).problems();
            if (!problems.isEmpty()) {
                throw new UnusableTopicsException(problems);
            }
            Map<String, Integer> maxBytes = new HashMap<>();
            outputNames()
                    .forEach(topic -> maxBytes.put(
                            topic,
                            Math.min(
                                    OutgoingRecords.MAX_VALUE_BYTES,
                                    broker.maxMessageBytes(topic).orElse(Integer.MAX_VALUE) - BATCH_OVERHEAD_BYTES)));
            return maxBytes;
        }
    }

    private List<TopicContract> outputs() {
        return outputNames()
                .map(topic -> config.topics().contracts().named(topic))
                .toList();
    }

    private Stream<String> outputNames() {
        return config.topics().bridges().stream().map(BridgeSettings::output).distinct();
    }

    private void start(Map<String, Integer> maxBytes) {
        List<RunningBridge> made = bridges.stream()
                .map(bridge -> parts.opened(made(bridge, maxBytes)))
                .toList();
        parts.opened(() -> made.forEach(RunningBridge::stop));
        made.forEach(each -> metrics.add(each.streams()));
        running = made;
        made.forEach(RunningBridge::start);
    }

    private RunningBridge made(MappedBridge bridge, Map<String, Integer> maxBytes) {
        BridgeSettings settings = bridge.settings();
        return new RunningBridge(
                bridge,
                config,
                registry,
                new BridgeMetrics(metrics.registry(), settings.name(), settings.input(), settings.output()),
                maxBytes.get(settings.output()),
                parts::end);
    }

    private List<String> livenessProblems() {
        return running.stream()
                .flatMap(each -> each.livenessProblems().stream())
                .toList();
    }

    private List<String> readinessProblems() {
        if (running.isEmpty()) {
            return List.of(waitingFor);
        }
        Stream<String> problems = running.stream().flatMap(each -> each.readinessProblems().stream());
        return registry.waiting()
                ? Stream.concat(problems, Stream.of("the schema registry does not answer and a thread waits for it"))
                        .toList()
                : problems.toList();
    }

    /** Stops in reverse order of the start; what is not committed is done again by whoever reads on. */
    @Override
    public void close() {
        parts.close(registry::close);
    }
}
