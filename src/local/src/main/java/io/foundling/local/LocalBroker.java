package io.foundling.local;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker in this process, on free ports of 127.0.0.1; KRaft, with its own controller.
 *
 * <p>All its state is in its directory. It can be stopped and started again, on the same ports and with the same
 * topics, offsets and transactions. It does not create topics on first use.
 */
public final class LocalBroker implements AutoCloseable {

    private final Path directory;
    private final Map<String, String> overrides;
    private final BrokerPorts ports;
    private Optional<KafkaRaftServer> server = Optional.empty();

    private LocalBroker(Path directory, Map<String, String> overrides, BrokerPorts ports) {
        this.directory = directory.toAbsolutePath();
        this.overrides = Map.copyOf(overrides);
        this.ports = ports;
    }

    /**
     * Starts a broker with the state in the directory, on its former ports if they are free. Creates the directory if
     * it does not exist.
     */
    public static LocalBroker startIn(Path directory) {
        return startIn(directory, Map.of());
    }

    /**
     * Like {@link #startIn(Path)}, with broker properties that replace the usual ones.
     *
     * @throws LocalStartException if the broker cannot run with this directory and these properties
     */
    public static LocalBroker startIn(Path directory, Map<String, String> properties) {
        Optional<BrokerPorts> noted = BrokerPorts.freeOnesNotedIn(directory);
        if (noted.isPresent()) {
            return startOn(noted.get(), directory, properties);
        }
        return FreePorts.withFreePort(port -> FreePorts.withFreePort(
                controllerPort -> startOn(new BrokerPorts(port, controllerPort), directory, properties)));
    }

    private static LocalBroker startOn(BrokerPorts ports, Path directory, Map<String, String> properties) {
        LocalBroker broker = new LocalBroker(directory, properties, ports);
        broker.start();
        return broker;
    }

    /** Returns the address for clients: {@code 127.0.0.1:port}, the same after a restart. */
    public String bootstrapServers() {
        return FreePorts.HOST + ":" + ports.broker();
    }

    public synchronized boolean isRunning() {
        return server.isPresent();
    }

    /** Starts the broker again after {@link #stop()}; does nothing while it runs. */
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        ports.requireFree();
        try {
            formatIfNew();
        } catch (Exception e) {
            throw new LocalStartException("The broker cannot prepare its directory " + directory + ": " + e, e);
        }
        ports.noteIn(directory);
        server = Optional.of(startedServer());
    }

    /** Stops the broker as an orderly shutdown does; its directory and ports stay reserved for {@link #start()}. */
    public synchronized void stop() {
        server.ifPresent(LocalBroker::shutDown);
        server = Optional.empty();
    }

    /** Stops the broker; the directory stays. */
    @Override
    public void close() {
        stop();
    }

    private KafkaRaftServer startedServer() {
        KafkaRaftServer starting;
        try {
            Map<String, String> properties = BrokerSettings.of(directory, ports, overrides);
            starting = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        } catch (RuntimeException e) {
            throw failed(e);
        }
        try {
            starting.startup();
            return starting;
        } catch (RuntimeException e) {
            shutDown(starting);
            throw failed(e);
        }
    }

    private LocalStartException failed(RuntimeException cause) {
        return new LocalStartException(
                "The broker does not start in " + directory + " on port " + ports.broker() + ": " + cause.getMessage(),
                cause);
    }

    private static void shutDown(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    private void formatIfNew() throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(BrokerSettings.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                .run();
    }
}
