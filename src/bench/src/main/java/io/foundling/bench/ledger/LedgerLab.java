package io.foundling.bench.ledger;

import io.foundling.local.ChildJvm;
import io.foundling.local.ChildProgram;
import io.foundling.local.DirectoryTree;
import io.foundling.local.LocalBrokerMain;
import io.foundling.local.LocalRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The broker, in a process of its own, the registry and the directory of one run. All of them are removed after it. */
final class LedgerLab implements AutoCloseable {

    static final int PARTITIONS = 6;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ADDRESS = "bootstrap.servers=";

    /** Nothing is compacted during a run, so that what was written can be counted afterwards. */
    private static final List<String> BROKER =
            List.of("log.cleaner.backoff.ms=86400000", "log.segment.delete.delay.ms=1000");

    private final Path directory;
    private final LocalRegistry registry;
    private final ChildJvm broker;
    private final String bootstrapServers;
    private final Admin admin;

    private LedgerLab(Path directory, LocalRegistry registry, ChildJvm broker, String bootstrapServers) {
        this.directory = directory;
        this.registry = registry;
        this.broker = broker;
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Starts everything below a directory on a real disk. */
    static LedgerLab start(Path below) {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(below), "ledger-")
                    .toAbsolutePath();
            LocalRegistry registry = LocalRegistry.startIn(directory.resolve("registry"));
            try {
                return withBroker(directory, registry);
            } catch (IOException | RuntimeException failed) {
                registry.close();
                throw failed;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LedgerLab withBroker(Path directory, LocalRegistry registry) throws IOException {
        Path log = directory.resolve("broker.log");
        ChildJvm broker = ChildJvm.start(directory, log, broker(directory.resolve("broker")));
        try {
            return new LedgerLab(directory, registry, broker, address(broker, log));
        } catch (IOException | RuntimeException failed) {
            broker.close();
            throw failed;
        }
    }

    Path directory() {
        return directory;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String registryUrl() {
        return registry.url();
    }

    Admin admin() {
        return admin;
    }

    long brokerPid() {
        return broker.pid();
    }

    /** Ends the processes and deletes the directory. */
    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        broker.close();
        registry.close();
        DirectoryTree.delete(directory);
    }

    private static ChildProgram broker(Path data) {
        List<String> arguments = new ArrayList<>(List.of(data.toString()));
        arguments.addAll(BROKER);
        return new ChildProgram(
                List.of("-Xmx1g"),
                System.getProperty("java.class.path"),
                LocalBrokerMain.class.getName(),
                arguments,
                Map.of());
    }

    private static String address(ChildJvm broker, Path log) throws IOException {
        Patience patience = Patience.of(PATIENCE);
        while (true) {
            for (String line : Files.readAllLines(log)) {
                if (line.startsWith(ADDRESS)) {
                    return line.substring(ADDRESS.length());
                }
            }
            if (!broker.isAlive() || patience.isOver()) {
                throw new BenchFailure("The broker does not start: " + Files.readString(log));
            }
            patience.pause();
        }
    }
}
