package io.foundling.service.console;

import io.foundling.console.acts.Acts;
import io.foundling.console.api.Api;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.ReadModel;
import io.foundling.console.model.ReadModelSettings;
import io.foundling.console.model.database.DatabaseSettings;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.reading.ReaderSettings;
import io.foundling.console.pages.Pages;
import io.foundling.console.pages.PagesSettings;
import io.foundling.console.policies.TrialLimits;
import io.foundling.console.policies.Trials;
import io.foundling.console.web.Callers;
import io.foundling.console.web.Operation;
import io.foundling.console.web.WebLimits;
import io.foundling.console.web.WebServer;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.access.ConsoleAccess;
import io.foundling.service.config.ConfigFile;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.config.ConsoleSettings;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.http.HttpEndpoint;
import io.foundling.service.intake.IntakePart;
import io.foundling.service.metrics.ConsoleMetrics;
import io.foundling.service.metrics.IntakeMetrics;
import io.foundling.service.metrics.PolicyMetrics;
import io.foundling.service.metrics.ServiceMetrics;
import io.foundling.service.metrics.WebMetrics;
import io.foundling.service.policies.PolicyWatch;
import io.foundling.service.process.OpenParts;
import io.foundling.service.process.RunningProcess;
import io.foundling.service.runtime.UnusableTopicsException;
import io.foundling.service.topics.Broker;
import io.foundling.service.web.ConsoleTls;
import io.foundling.service.web.ServedAddress;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.yaml.TextFile;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running process of {@code console}. It starts the probes, checks broker, topics and rights, and then keeps the read
 * model up to date until {@link #close}, which may be called from any thread. It is ready once it has read everything
 * that there was when it started.
 */
public final class ConsoleService implements RunningProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleService.class);
    private static final Duration UPKEEP = Duration.ofSeconds(10);
    private static final int MOST_WAITING = WebLimits.DEFAULTS.threads() / 2;
    private static final Duration SIGNED_IN = Duration.ofHours(12);

    private final ServiceConfig config;
    private final String version;
    private final Optional<PolicyWatch> policies;
    private final DatabaseSettings database;
    private final List<ModelTopic<?>> topics;
    private final OpenParts parts = new OpenParts("console");
    private final RegistryClient registry;
    private final ConsoleMetrics metrics;
    private final WebMetrics webMetrics;
    private final IntakeMetrics intakeMetrics;
    private final ServedAddress address;
    private final ConsoleAccess access;
    private final HttpEndpoint http;
    private volatile ReadModel running;
    private volatile String waitingFor = "starting";

    /**
     * Starts to answer probes; {@link #run} does the rest.
     *
     * @param file of the configuration, whose policies are read again when they change; none: they never change
     * @param version of this build
     * @throws ConfigurationException if the password or a file of TLS cannot be read
     * @throws io.foundling.service.http.CannotListenException if the address is taken
     */
    public ConsoleService(ServiceConfig config, Optional<ConfigFile> file, String version) {
        this.config = config;
        this.version = version;
        database = database(config.console());
        address = new ServedAddress(
                config.console(), ConsoleTls.of(config.console().address()));
        topics = ModelTopic.of(config.topics().contracts());
        registry = parts.opened(AvroSerdes.registryClient(config.avro().values()));
        ServiceMetrics process =
                parts.opened(new ServiceMetrics(version, config.http().kafkaMetrics()));
        metrics = new ConsoleMetrics(
                process.registry(), topics.stream().map(ModelTopic::name).toList());
        webMetrics = new WebMetrics(process.registry());
        intakeMetrics = new IntakeMetrics(process.registry());
        PolicyMetrics policyMetrics = new PolicyMetrics(process.registry(), InstantSource.system());
        policies = file.map(read -> parts.opened(new PolicyWatch(read, policyMetrics)));
        access = parts.opened(new ConsoleAccess(config.console().access(), InstantSource.system(), webMetrics));
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
     * @throws io.foundling.console.web.CannotServeException if the address is taken
     */
    @Override
    public void run() throws InterruptedException {
        waitingFor = "waiting for the broker at " + config.kafka().values().get("bootstrap.servers");
        int partitions = check();
        Map<String, Object> avro = new HashMap<>(config.avro().values());
        avro.put(AvroConfig.REGISTRY_CLIENT, registry);
        ReadModelSettings settings = new ReadModelSettings(
                new ReaderSettings(
                        ReaderSettings.group(config.instance().application()),
                        config.instance().name(),
                        Map.copyOf(config.kafka().values()),
                        avro,
                        topics),
                database,
                config.console().trail(),
                config.ledger().retention().memory(),
                UPKEEP);
        parts.open(() -> {
            running = parts.opened(new ReadModel(settings, metrics, InstantSource.system()));
            metrics.watch(running);
            policies.ifPresent(PolicyWatch::start);
            serve(running, partitions);
        });
        parts.awaitEnd();
    }

    private void serve(ReadModel model, int partitions) {
        LedgerSettings ledger = config.ledgerSettings(partitions, Set.copyOf(config.sources()));
        Supplier<PolicySet> inForce = policies.isPresent() ? policies.get() : ledger::policySet;
        InstantSource clock = InstantSource.system();
        Trials trials = parts.opened(new Trials(
                new ConsoleTrials(config, inForce),
                TrialLimits.of(Runtime.getRuntime().maxMemory()),
                clock));
        Api api = new Api(
                model.queries(),
                topics,
                () -> ledger.under(inForce.get()),
                config.console().access().metadata(),
                acts(model),
                parts.opened(ConsoleSilences.of(config)),
                Optional.of(trials),
                intake());
        List<Operation> operations = new ArrayList<>(api.operations());
        PagesSettings settings = new PagesSettings(
                access.cookieKey(), SIGNED_IN, config.readSide().isReachedByTls());
        Callers callers = access.callersOfIntake(config.intake().limits().requestsPerMinute());
        Pages pages = new Pages(api.operations(), callers, inForce, settings, clock);
        operations.addAll(pages.operations());
        WebServer server = parts.opened(new WebServer(
                address.settings(WebLimits.DEFAULTS),
                callers,
                operations,
                Optional.of(pages.problemPage()),
                webMetrics,
                clock));
        LOG.info("console answers at {}", address.url(server.port()));
    }

    private Optional<Acts> acts(ReadModel model) {
        return config.console().acts().isGranted()
                ? Optional.of(parts.opened(new ConsoleActs(config, version).of(model.queries(), metrics)))
                : Optional.empty();
    }

    /** Returns what the console serves beside its own operations. Callers of pages keep some threads for themselves. */
    private Function<JsonSchemas, List<Operation>> intake() {
        if (!config.intake().isEnabled()) {
            return schemas -> List.of();
        }
        IntakePart intake = parts.opened(new IntakePart(config, version, intakeMetrics, MOST_WAITING));
        intakeMetrics.watch(intake::inFlight);
        return intake::operations;
    }

    /**
     * Returns where the configuration has the read model.
     *
     * @throws ConfigurationException if the password cannot be read
     */
    public static DatabaseSettings database(ConsoleSettings console) {
        return new DatabaseSettings(
                console.database(),
                console.user(),
                console.passwordFile().map(ConsoleService::password),
                console.maxSizeInBytes());
    }

    private static String password(Path file) {
        try {
            return TextFile.read(file).strip();
        } catch (FileSystemException unreadable) {
            throw new ConfigurationException(
                    "the configuration of console",
                    List.of("console.passwordFile is " + file + ", which " + unreadable.getReason()));
        }
    }

    /** Returns how many partitions a source topic has. */
    private int check() {
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            List<String> problems = new ConsoleCheck(broker, config, topics).problems();
            if (!problems.isEmpty()) {
                throw new UnusableTopicsException(problems);
            }
            return broker.partitions(config.sources().get(0)).orElse(1);
        }
    }

    private List<String> readinessProblems() {
        ReadModel reading = running;
        return reading == null ? List.of(waitingFor) : reading.problems();
    }

    /** Stops in reverse order of the start. What was read and not written is read again later. */
    @Override
    public void close() {
        parts.close(registry::close);
    }
}
