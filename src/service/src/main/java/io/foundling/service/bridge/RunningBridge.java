package io.foundling.service.bridge;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.BridgeSettings;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.metrics.BridgeMetrics;
import io.foundling.service.runtime.BrokerAbsence;
import io.foundling.service.runtime.DeadMembers;
import io.foundling.service.runtime.ObservedClients;
import io.foundling.service.runtime.StreamsHealth;
import io.foundling.service.runtime.ThreadFailures;
import io.foundling.service.state.WithoutState;
import io.foundling.service.topics.AccessDenial;
import io.foundling.topology.names.TopicNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bridge at work, in a Kafka Streams application of its own: another bridge that is added, removed or fails does not
 * move its partitions. When it is closed it leaves its group, as others can take over at once where there is no state.
 */
final class RunningBridge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningBridge.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);

    /** After a failure. A thread that has not ended by then hangs; its open transaction is aborted anyway. */
    private static final Duration GIVE_UP_WITHIN = Duration.ofSeconds(3);

    private final MappedBridge bridge;
    private final ServiceConfig config;
    private final String group;
    private final BridgeMetrics metrics;
    private final BrokerAbsence absence;
    private final ThreadFailures failures;
    private final Admin admin;
    private final KafkaStreams streams;
    private volatile boolean stops;

    /**
     * Makes it; {@link #start} starts it.
     *
     * @param maxBytes of an event's key and value
     * @param ended called when it has stopped by itself
     */
    RunningBridge(
            MappedBridge bridge,
            ServiceConfig config,
            RegistryClient registry,
            BridgeMetrics metrics,
            int maxBytes,
            Runnable ended) {
        this.bridge = bridge;
        this.config = config;
        this.metrics = metrics;
        String name = bridge.settings().name();
        String instance = config.instance().name();
        group = BridgeProperties.group(config.instance().application(), name);
        absence = new BrokerAbsence(config.kafka().values(), () -> stops);
        failures = new ThreadFailures(
                InstantSource.system(),
                config.instance().threads(),
                absence,
                new AccessDenial(BridgeCheck.rules(config)),
                WithoutState::verdict,
                "create it again, or correct bridges[].input of '" + name + "'");
        streams = new KafkaStreams(
                topology(registry, maxBytes),
                BridgeProperties.of(config, name),
                new ObservedClients(
                        metrics.counts(), settings -> BridgeProperties.ofProducer(settings, group, instance)));
        admin = Admin.create(new HashMap<>(config.kafka().values()));
        streams.setUncaughtExceptionHandler(failures);
        failures.whenEnded(ended);
        failures.whenReplaced(new DeadMembers(admin, group, instance)::remove);
        streams.setStateListener((state, before) -> {
            LOG.info("bridge {} is {}", name, state);
            if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
                ended.run();
            }
        });
    }

    private Topology topology(RegistryClient registry, int maxBytes) {
        BridgeSettings settings = bridge.settings();
        Map<String, Object> avro = new HashMap<>(config.avro().values());
        avro.put(AvroConfig.REGISTRY_CLIENT, registry);
        return BridgeTopology.of(
                settings,
                config.topics().prefix().name(TopicNames.DEAD_LETTERS),
                () -> new BridgeProcessor(
                        settings.name(),
                        config.instance().application(),
                        new EventMaking(
                                values(settings, registry),
                                bridge.mapping(),
                                AvroSerdes.<AuditEvent>serializer(avro, false),
                                settings.output(),
                                maxBytes),
                        metrics));
    }

    private static RecordValues values(BridgeSettings settings, RegistryClient registry) {
        return switch (settings.format()) {
            case JSON -> new JsonValues();
            case AVRO -> new AvroValues(settings.input(), registry);
        };
    }

    KafkaStreams streams() {
        return streams;
    }

    void start() {
        metrics.watch(streams, BridgeLag::of);
        streams.start();
        new DeadMembers(admin, group, config.instance().name())
                .removeFormer(config.instance().threads());
    }

    List<String> livenessProblems() {
        return named(health().livenessProblems());
    }

    List<String> readinessProblems() {
        return named(Stream.concat(health().readinessProblems().stream(), absence.readinessProblem().stream())
                .toList());
    }

    private StreamsHealth health() {
        return new StreamsHealth(streams, config.instance().threads());
    }

    private List<String> named(List<String> problems) {
        return problems.stream()
                .map(problem -> "bridge " + bridge.settings().name() + ": " + problem)
                .toList();
    }

    /** Throws why it must stop, if it must. */
    void throwIfEnded() {
        failures.throwIfEnded();
    }

    /** Begins to stop it and does not wait. */
    void stop() {
        stops = true;
        streams.close(leaving().withTimeout(Duration.ZERO));
    }

    @Override
    public void close() {
        stops = true;
        streams.close(leaving().withTimeout(failures.hasEnded() ? GIVE_UP_WITHIN : STOP_WITHIN));
        admin.close(Duration.ZERO);
    }

    private static CloseOptions leaving() {
        return CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
    }
}
