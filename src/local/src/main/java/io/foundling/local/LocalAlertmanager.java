package io.foundling.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Alertmanager, from Debian's package prometheus-alertmanager, in a child process on free ports of 127.0.0.1. Silences
 * survive {@link #stop()} and {@link #start()}, alerts do not.
 */
public final class LocalAlertmanager implements AutoCloseable {

    /** Of the program, and of the package that it is in. */
    public static final String NAME = "prometheus-alertmanager";

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final int STOP_SECONDS = 20;
    private static final int POLL_MS = 50;

    private final Path directory;
    private final Optional<LocalAlertmanager> peer;
    private final int port;
    private final int clusterPort;
    private final Thread hook = new Thread(this::end, "local-alertmanager-stop");
    private Process process;

    private LocalAlertmanager(Path directory, Optional<LocalAlertmanager> peer, int port, int clusterPort) {
        this.directory = directory;
        this.peer = peer;
        this.port = port;
        this.clusterPort = clusterPort;
    }

    /** Whether the program is on the path. */
    public static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each, NAME)));
    }

    /**
     * Starts one.
     *
     * @param config its configuration, in YAML
     * @param peer one that it shares silences and notifications with
     * @throws LocalStartException if it is not installed, or not ready within a minute
     */
    public static LocalAlertmanager startIn(Path directory, String config, Optional<LocalAlertmanager> peer) {
        try {
            Files.writeString(Files.createDirectories(directory).resolve("alertmanager.yml"), config);
        } catch (IOException e) {
            throw new LocalStartException("Alertmanager cannot use its directory " + directory + ": " + e, e);
        }
        return FreePorts.withFreePort(port -> FreePorts.withFreePort(clusterPort -> {
            LocalAlertmanager started = new LocalAlertmanager(directory, peer, port, clusterPort);
            started.start();
            return started;
        }));
    }

    /** Returns its address, the same after a restart. */
    public URI uri() {
        return URI.create("http://" + FreePorts.HOST + ":" + port);
    }

    /** Starts it again after {@link #stop()}. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(
                NAME,
                "--config.file=" + directory.resolve("alertmanager.yml"),
                "--storage.path=" + directory.resolve("data"),
                "--web.listen-address=" + FreePorts.HOST + ":" + port,
                "--cluster.listen-address=" + FreePorts.HOST + ":" + clusterPort,
                "--cluster.advertise-address=" + FreePorts.HOST + ":" + clusterPort,
                "--cluster.settle-timeout=1s"));
        peer.ifPresent(other -> command.add("--cluster.peer=" + FreePorts.HOST + ":" + other.clusterPort));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new LocalStartException(NAME + " cannot be started, is the package installed? " + e.getMessage(), e);
        }
        ShutdownHooks.add(hook);
        try {
            awaitReady();
        } catch (LocalStartException notReady) {
            stop();
            throw notReady;
        }
    }

    private Path log() {
        return directory.resolve("alertmanager.log");
    }

    private void awaitReady() {
        long begin = System.nanoTime();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT.toNanos()) {
                throw new LocalStartException("Alertmanager is not ready; see its log " + log());
            }
            try {
                Thread.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalStartException("Interrupted while Alertmanager was starting.", e);
            }
        }
    }

    private boolean isReady() {
        return HttpProbe.isOk(uri().resolve("/-/ready"));
    }

    /** Ends it, by force after a while; {@link #start()} brings it back. */
    public void stop() {
        ShutdownHooks.remove(hook);
        end();
    }

    @Override
    public void close() {
        stop();
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
