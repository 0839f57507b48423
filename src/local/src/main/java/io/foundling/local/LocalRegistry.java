package io.foundling.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Apicurio Registry, with Confluent's API, in a child process on a free port of 127.0.0.1.
 *
 * <p>Schemas and their ids are kept in its directory, beside its log: they survive {@link #stop()} and {@link
 * #start()}.
 */
public final class LocalRegistry implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int POLL_MS = 50;

    private final Path directory;
    private final Path runnerJar;
    private final int port;
    private Optional<ChildJvm> process = Optional.empty();

    private LocalRegistry(Path directory, Path runnerJar, int port) {
        this.directory = directory.toAbsolutePath();
        this.runnerJar = runnerJar;
        this.port = port;
    }

    /**
     * Starts a registry with the state in the directory. Creates the directory if it does not exist.
     *
     * @throws LocalStartException if the distribution is not found, or the registry is not ready within two minutes
     */
    public static LocalRegistry startIn(Path directory) {
        Path runnerJar = RegistryDistribution.runnerJar();
        return FreePorts.withFreePort(port -> {
            LocalRegistry registry = new LocalRegistry(directory, runnerJar, port);
            registry.start();
            return registry;
        });
    }

    /** Returns the base address of Confluent's API ({@code schema.registry.url}), the same after a restart. */
    public String url() {
        return "http://" + FreePorts.HOST + ":" + port + "/apis/ccompat/v7";
    }

    /** Returns the log file of the registry process. */
    public Path log() {
        return directory.resolve("registry.log");
    }

    public synchronized boolean isRunning() {
        return process.filter(ChildJvm::isAlive).isPresent();
    }

    /** Starts the registry again after {@link #stop()}, or after it ended by itself; does nothing while it runs. */
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        stop();
        FreePorts.requireFree(port);
        ChildJvm child = launched();
        process = Optional.of(child);
        try {
            awaitReady(child);
        } catch (LocalStartException e) {
            stop();
            throw e;
        }
    }

    /** Stops the registry, by force after five seconds; its directory and port stay reserved for {@link #start()}. */
    public synchronized void stop() {
        process.ifPresent(ChildJvm::close);
        process = Optional.empty();
    }

    /** Stops the registry; the directory stays. */
    @Override
    public void close() {
        stop();
    }

    private ChildJvm launched() {
        Path temporary = directory.resolve("tmp");
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new LocalStartException("The registry cannot use its directory " + directory + ": " + e, e);
        }
        return ChildJvm.start(
                directory, log(), RegistrySettings.program(runnerJar, port, directory.resolve("schemas"), temporary));
    }

    private void awaitReady(ChildJvm child) {
        long begin = System.nanoTime();
        while (!answers()) {
            if (!child.isAlive()) {
                throw new LocalStartException("The registry ended before it was ready. " + complaint());
            }
            if (System.nanoTime() - begin > START_LIMIT.toNanos()) {
                throw new LocalStartException("The registry was not ready within " + START_LIMIT + ". " + complaint());
            }
            pause();
        }
    }

    private boolean answers() {
        return HttpProbe.isOk(URI.create(url() + "/subjects"));
    }

    /** Returns the first error in the log, because the log may be deleted with its directory. */
    private String complaint() {
        try (var lines = Files.lines(log())) {
            return "Its log " + log() + " says: "
                    + lines.filter(line -> line.contains("ERROR")).findFirst().orElse("no error");
        } catch (IOException | UncheckedIOException e) {
            return "It left no log.";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStartException("Interrupted while the registry was starting.", e);
        }
    }
}
