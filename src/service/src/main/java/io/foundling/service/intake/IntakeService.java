package io.foundling.service.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.web.OpenApi;
import io.foundling.console.web.Operation;
import io.foundling.console.web.WebLimits;
import io.foundling.console.web.WebServer;
import io.foundling.service.access.ConsoleAccess;
import io.foundling.service.config.IntakeSettings.Promise;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.http.HttpEndpoint;
import io.foundling.service.metrics.IntakeMetrics;
import io.foundling.service.metrics.ServiceMetrics;
import io.foundling.service.metrics.WebMetrics;
import io.foundling.service.process.OpenParts;
import io.foundling.service.process.RunningProcess;
import io.foundling.service.runtime.UnusableTopicsException;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.BrokerUnavailableException;
import io.foundling.service.web.ConsoleTls;
import io.foundling.service.web.ServedAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running process of {@code intake}: nothing but events over HTTP, without a database. With a spool it takes events while
 * the broker is away, from the start on; otherwise it checks broker, topic and rights before.
 */
public final class IntakeService implements RunningProcess {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeService.class);

    /** Requests mostly wait for the broker, so there are many threads; the memory for their bodies has its own limit. */
    private static final WebLimits LIMITS =
            new WebLimits(1 << 20, 16 << 10, Duration.ofSeconds(20), Duration.ofSeconds(30), 256, 2_048, 64 << 20);

    private static final int MOST_WAITING = 224;

    private final ServiceConfig config;
    private final String version;
    private final ServedAddress address;
    private final OpenParts parts = new OpenParts("intake");
    private final WebMetrics webMetrics;
    private final IntakeMetrics metrics;
    private final ConsoleAccess access;
    private final BrokerWatch broker;
    private final HttpEndpoint http;
    private volatile IntakePart running;
    private volatile String waitingFor = "starting";

    /**
     * Starts to answer probes; {@link #run} does the rest.
     *
     * @param version of this build
     * @throws io.foundling.service.config.ConfigurationException if a file of TLS cannot be read
     * @throws io.foundling.service.http.CannotListenException if the address is taken
     */
    public IntakeService(ServiceConfig config, String version) {
        this.config = config;
        this.version = version;
        address = new ServedAddress(
                config.console(), ConsoleTls.of(config.console().address()));
        ServiceMetrics process =
                parts.opened(new ServiceMetrics(version, config.http().kafkaMetrics()));
        webMetrics = new WebMetrics(process.registry());
        metrics = new IntakeMetrics(process.registry());
        access = parts.opened(
                new ConsoleAccess(config.console().access().withoutCookies(), InstantSource.system(), webMetrics));
        broker = parts.opened(
                new BrokerWatch(config.kafka().values(), config.intake().topic()));
        metrics.watchBroker(broker::answers);
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
     * @throws UnusableTopicsException if the topic is missing or may not be written
     * @throws BrokerUnavailableException if no broker answers and there is no spool, or one denies access
     * @throws io.foundling.console.web.CannotServeException if the address is taken
     * @throws io.foundling.service.config.ConfigurationException if the spool cannot be used
     */
    @Override
    public void run() throws InterruptedException {
        if (hasSpool()) {
            parts.open(() -> {
                broker.start();
                serve();
            });
            checkLater();
        } else {
            waitingFor = "waiting for the broker at " + config.kafka().values().get("bootstrap.servers");
            check();
            parts.open(() -> {
                broker.start();
                serve();
            });
        }
        parts.awaitEnd();
    }

    private boolean hasSpool() {
        return config.intake().durability().promise() == Promise.SPOOL;
    }

    private void serve() {
        IntakePart intake = parts.opened(new IntakePart(config, version, metrics, MOST_WAITING));
        metrics.watch(intake::inFlight);
        JsonSchemas schemas = new JsonSchemas();
        List<Operation> operations = new ArrayList<>(intake.operations(schemas));
        operations.add(OpenApi.served("/api/v1/openapi.json", () -> document(operations, schemas)));
        WebServer server = parts.opened(new WebServer(
                address.settings(LIMITS),
                access.callersOfIntake(config.intake().limits().requestsPerMinute()),
                operations,
                Optional.empty(),
                webMetrics,
                InstantSource.system()));
        running = intake;
        LOG.info("intake answers at {}", address.url(server.port()));
    }

    private static ObjectNode document(List<Operation> operations, JsonSchemas schemas) {
        return OpenApi.of("Foundling intake", "1", operations, schemas.components());
    }

    private void check() {
        try (Broker asked = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            List<String> problems = new IntakeCheck(asked, config).problems();
            if (!problems.isEmpty()) {
                throw new UnusableTopicsException(problems);
            }
        }
    }

    /** Events are safe in the spool meanwhile. */
    private void checkLater() {
        try {
            check();
        } catch (BrokerUnavailableException away) {
            LOG.warn("events stay in the spool until a broker answers: {}", away.getMessage());
        }
    }

    private List<String> readinessProblems() {
        IntakePart intake = running;
        if (intake == null) {
            return List.of(waitingFor);
        }
        // With a spool a metric shows that the broker is away: events are taken all the same.
        Optional<String> away = hasSpool() ? Optional.empty() : broker.problem();
        return Stream.of(away, intake.problem()).flatMap(Optional::stream).toList();
    }

    /** Stops in reverse order of the start: first the server, then the recorder, which sends what it has accepted. */
    @Override
    public void close() {
        parts.close(() -> {});
    }
}
