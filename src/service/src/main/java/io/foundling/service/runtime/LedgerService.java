package io.foundling.service.runtime;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.ConfigFile;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.http.HttpEndpoint;
import io.foundling.service.metrics.LedgerMetrics;
import io.foundling.service.metrics.PolicyMetrics;
import io.foundling.service.metrics.ServiceMetrics;
import io.foundling.service.policies.PolicyWatch;
import io.foundling.service.process.OpenParts;
import io.foundling.service.process.RunningProcess;
import io.foundling.service.rebuild.InternalTopics;
import io.foundling.service.rocksdb.RocksDbMemory;
import io.foundling.service.state.ChangelogCheck;
import io.foundling.service.state.DiskWatch;
import io.foundling.service.state.RepairableStores;
import io.foundling.service.state.RestoreWatch;
import io.foundling.service.state.StateDirectory;
import io.foundling.service.state.StateRepair;
import io.foundling.service.state.UnusableStateException;
import io.foundling.service.topics.AccessCheck;
import io.foundling.service.topics.AccessDenial;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.BrokerUnavailableException;
import io.foundling.service.topics.OtherApplicationException;
import io.foundling.service.topics.OwnerCheck;
import io.foundling.service.topics.TopicCheck;
import io.foundling.service.topics.TopicReport;
import io.foundling.topology.FoundlingTopology;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.BrokerTime;
import io.foundling.topology.clock.ProofTime;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicyGaps;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import io.foundling.topology.topics.TopicContracts;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running service. It starts the probes, checks broker, topics and registry, and then runs the topology.
 * {@link #close} stops it from any thread; it also stops by itself when a stream thread fails for good.
 */
public final class LedgerService implements RunningProcess {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerService.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);

    /** After a failure. A thread that has not ended by then hangs; its open transaction is aborted anyway. */
    private static final Duration GIVE_UP_WITHIN = Duration.ofSeconds(3);

    private final ServiceConfig config;
    private final Clock wallClock = Clock.systemUTC();
    private final OpenParts parts = new OpenParts("the service");
    private final List<AccessRule> access;
    private final ThreadFailures failures;
    private final RegistryClient registry;
    private final AuditClocks clocks;
    private final BrokerTime brokers = new BrokerTime(System::nanoTime);
    private final Health health;
    private final ServiceMetrics metrics;
    private final LedgerMetrics ledgerMetrics;
    private final Optional<PolicyWatch> policies;
    private final StateDirectory stateDirectory;
    private final StateRepair stateRepair;
    private final RestoreWatch restores;
    private final HttpEndpoint http;
    private Set<TopicPartition> reset = Set.of();

    /** Starts with policies that never change. */
    public LedgerService(ServiceConfig config, String version) {
        this(config, Optional.empty(), version);
    }

    /**
     * Starts to answer probes; {@link #run} does the rest.
     *
     * @param file of the configuration, whose policies are read again when it changes
     * @param version of this build
     * @throws io.foundling.service.http.CannotListenException if the address is taken
     */
    public LedgerService(ServiceConfig config, Optional<ConfigFile> file, String version) {
        this.config = config;
        access = AccessRules.ofService(
                config.instance().application(), config.topics().contracts());
        registry = parts.opened(AvroSerdes.registryClient(config.avro().values()));
        clocks = new AuditClocks(config.ledger().time().allowedLag());
        BrokerAbsence absence = new BrokerAbsence(config.kafka().values(), parts::areClosing);
        health = new Health(
                config.instance().threads(), config.ledger().time().allowedLag(), clocks, registry, absence, wallClock);
        metrics = parts.opened(new ServiceMetrics(version, config.http().kafkaMetrics()));
        ledgerMetrics = new LedgerMetrics(metrics.registry(), config.sources(), wallClock);
        PolicyMetrics policyMetrics = new PolicyMetrics(metrics.registry(), wallClock);
        policies = file.map(read -> parts.opened(new PolicyWatch(read, policyMetrics)));
        stateDirectory = new StateDirectory(config.instance().stateDirectory());
        stateRepair = new StateRepair(stateDirectory, ledgerMetrics::stateRepaired, wallClock);
        failures = new ThreadFailures(
                wallClock,
                config.instance().threads(),
                absence,
                new AccessDenial(access),
                stateRepair::verdict,
                "create it with 'foundling topics apply'");
        restores = new RestoreWatch(stateDirectory, this::firstOffset, this::end);
        http = parts.opened(new HttpEndpoint(
                config.http().host(),
                config.http().port(),
                health::livenessProblems,
                health::readinessProblems,
                metrics::scrape));
    }

    @Override
    public int httpPort() {
        return http.port();
    }

    /**
     * Runs until the service is closed or fails for good.
     *
     * @throws UnusableTopicsException if a topic is missing, has the wrong partition count, may not be used, or was made
     *     anew in the place of the one that was read
     * @throws OtherApplicationException if another application writes the output topics
     * @throws io.foundling.service.topics.BrokerUnavailableException if no broker answers, or one denies access
     * @throws io.foundling.schemas.registry.RegistryAccessException if the registry refuses access
     * @throws UnusableStateException if the local state cannot be used
     * @throws FailedThreadException if a stream thread fails for another reason that does not pass
     */
    @Override
    public void run() throws InterruptedException {
        stateDirectory.requireUsable();
        health.waitsFor("waiting for the broker at " + config.kafka().values().get("bootstrap.servers"));
        LedgerSettings settings = checkedSettings();
        health.waitsFor("waiting for the schema registry");
        new RegistryGate(registry, config.avro().values(), config.topics().contracts(), parts::areClosing).await();
        parts.open(() -> start(settings));
        parts.awaitEnd();
        failures.throwIfEnded();
    }

    /**
     * Returns 0 if no broker answers. A restore then fails and asks again; a standby reads on, and asks again once it
     * becomes active.
     */
    private long firstOffset(TopicPartition changelog) {
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            return broker.beginnings(changelog.topic()).getOrDefault(changelog.partition(), 0L);
        } catch (BrokerUnavailableException away) {
            if (Causes.find(away, AuthorizationException.class).isPresent()) {
                throw away;
            }
            return 0;
        }
    }

    private LedgerSettings checkedSettings() {
        TopicContracts contracts = config.topics().contracts();
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            List<String> denied = new AccessCheck(broker, access).run();
            if (!denied.isEmpty()) {
                throw new UnusableTopicsException(denied);
            }
            // Before any task: its first commit hides who set the position before.
            reset = broker.partitionsReset(config.instance().application());
            TopicReport report = new TopicCheck(
                            broker, contracts, config.ledger().retention().memory())
                    .run();
            report.warnings().forEach(LOG::warn);
            if (!report.errors().isEmpty()) {
                throw new UnusableTopicsException(report.errors());
            }
            requireOwner(broker);
            restores.begin(new ChangelogCheck(
                            broker, config.kafka().values(), config.instance().application(), stateDirectory)
                    .run());
            config.sources().stream()
                    .filter(topic -> !report.logAppendTimeSources().contains(topic))
                    .forEach(topic -> LOG.warn(
                            "topic {} has no append times: events count as late by the time at which they are read",
                            topic));
            return config.ledgerSettings(report.partitions(), report.logAppendTimeSources());
        }
    }

    private void requireOwner(Broker broker) {
        List<Finding> findings = new OwnerCheck(broker, config).run();
        for (Finding finding : findings) {
            switch (finding.severity()) {
                case ERROR -> throw new OtherApplicationException(finding.sentence());
                case WARNING -> LOG.warn(finding.sentence());
                default -> LOG.info(finding.sentence());
            }
        }
    }

    private void start(LedgerSettings settings) {
        Map<String, Object> avro = new HashMap<>(config.avro().values());
        avro.put(AvroConfig.REGISTRY_CLIENT, registry);
        RocksDbMemory rocksDb = parts.opened(new RocksDbMemory(config.instance().rocksdbMemoryInBytes()));
        KafkaStreams streams = created(
                FoundlingTopology.of(
                        settings,
                        inForce(),
                        clocks,
                        ledgerMetrics,
                        () -> AvroSerdes.deserializer(avro, AuditEvent.class),
                        () -> AvroSerdes.deserializer(avro, Closure.class),
                        () -> AvroSerdes.serializer(avro, false),
                        new RepairableStores(stateRepair, restores),
                        System::nanoTime,
                        stateRepair),
                StreamsProperties.of(config, clocks, brokers, rocksDb));
        parts.opened(() -> streams.close(failures.hasEnded() ? GIVE_UP_WITHIN : STOP_WITHIN));
        streams.setUncaughtExceptionHandler(failures);
        // By itself Kafka Streams may wait for ever for a thread of its own that failed too.
        failures.whenEnded(() -> CompletableFuture.delayedExecutor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .execute(parts::end));
        streams.setGlobalStateRestoreListener(restores);
        streams.setStandbyUpdateListener(restores);
        streams.setStateListener((state, before) -> {
            LOG.info("Kafka Streams is {}", state);
            if (state == KafkaStreams.State.RUNNING) {
                CompletableFuture.runAsync(this::rememberChangelogs);
            }
            if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
                parts.end();
            }
        });
        Map<String, Object> kafka = new HashMap<>(config.kafka().values());
        Admin admin = parts.opened(Admin.create(kafka));
        DeadMembers deadMembers = new DeadMembers(
                admin, config.instance().application(), config.instance().name());
        failures.whenReplaced(deadMembers::remove);
        ProofTime time = new ProofTime(wallClock::millis, brokers);
        ledgerMetrics.watch(time);
        BrokerProber prober = parts.opened(new BrokerProber(
                new AdminQuestions(admin, config.instance().application()),
                new ReplacedTopics(config.instance().application()),
                reset,
                clocks,
                time,
                brokers,
                this::end,
                Optional.empty()));
        metrics.bind(streams);
        health.runs(streams);
        started(streams);
        new PolicyGaps(settings.policies()).sentence().ifPresent(LOG::warn);
        policies.ifPresent(PolicyWatch::start);
        deadMembers.removeFormer(config.instance().threads());
        parts.opened(new DiskWatch(stateDirectory, this::end)).start();
        prober.start(config.ledger().proofInterval());
    }

    private Supplier<PolicySet> inForce() {
        return policies.isPresent() ? policies.get() : config.ledger()::policySet;
    }

    /** At the first start they did not exist before. */
    private void rememberChangelogs() {
        String application = config.instance().application();
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            stateDirectory
                    .changelogs(application)
                    .remember(broker.topicIds(new InternalTopics(application).changelogs()));
        } catch (IOException | RuntimeException failure) {
            LOG.warn("the changelogs are not remembered on this disk: {}", failure.getMessage());
        }
    }

    private void end(RuntimeException why) {
        failures.end(why);
        parts.end();
    }

    private KafkaStreams created(Topology topology, Properties properties) {
        try {
            return new KafkaStreams(topology, properties, new ObservedClients(ledgerMetrics.counts()));
        } catch (StreamsException unusable) {
            throw stateDirectory.explain(unusable);
        }
    }

    /** Opens the existing stores. A failure is thrown here, before the handler of uncaught exceptions is asked. */
    private void started(KafkaStreams streams) {
        try {
            streams.start();
        } catch (UnusableStateException unusable) {
            throw unusable;
        } catch (StreamsException unusable) {
            throw stateDirectory.explain(unusable);
        }
    }

    /**
     * Stops in reverse order of the start; the instance stays a member of its group, so that it can come back quickly.
     */
    @Override
    public void close() {
        parts.close(registry::close);
    }
}
