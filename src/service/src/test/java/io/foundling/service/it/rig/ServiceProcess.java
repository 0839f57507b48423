package io.foundling.service.it.rig;

import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code foundling serve}, or another command that runs on, as a real process on a free port. Its directory keeps the
 * stores, the log and the configuration, so that it comes back as the same instance after {@link #kill} or
 * {@link #terminate}, by {@link #start}.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern LISTENS = Pattern.compile("answers on port (\\d+)");
    private static final Pattern ADDRESS = Pattern.compile("(?:console|intake) answers at (\\S+)");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path directory;
    private final Path config;
    private final Map<String, String> settings;
    private final List<String> options;
    private final List<String> prefix;
    private final String command;
    private FoundlingProcess process;
    private int logBegin;

    private ServiceProcess(
            Path directory,
            Path config,
            Map<String, String> settings,
            List<String> options,
            List<String> prefix,
            String command) {
        this.command = command;
        this.directory = directory;
        this.config = config;
        this.settings = Map.copyOf(settings);
        this.options = List.copyOf(options);
        this.prefix = List.copyOf(prefix);
    }

    /**
     * Starts an instance that ends with the stack, and waits until it is ready.
     *
     * @param parent also takes the configuration file
     * @param instance unique in the application; names its directory below {@code parent} too
     * @param config the content of the configuration file
     */
    public static ServiceProcess ready(LocalStack stack, Path parent, String instance, String config) {
        try {
            Path file = Files.writeString(parent.resolve("foundling.yaml"), config);
            return stack.closeFirst(of(stack, parent, instance, file, Map.of()))
                    .start()
                    .awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Prepares an instance that is not running yet.
     *
     * @param instance unique in the application; names its directory below {@code parent} too
     * @param config the configuration file
     * @param settings that go before the file, under its keys; broker, registry, instance, port and state directory need
     *     not be among them
     */
    public static ServiceProcess of(
            LocalStack stack, Path parent, String instance, Path config, Map<String, String> settings) {
        Path directory = parent.resolve(instance);
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                stack.bootstrapServers(),
                "avro.schema.registry.url",
                stack.registryUrl(),
                "instance",
                instance,
                "stateDirectory",
                directory.resolve("state").toString(),
                "http.host",
                "127.0.0.1",
                "http.port",
                "0"));
        all.putAll(settings);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ServiceProcess(directory, config, all, FoundlingProcess.SMALL, List.of(), "serve");
    }

    /** Returns the same instance under a JVM whose memory is not limited. */
    public ServiceProcess large() {
        return new ServiceProcess(directory, config, settings, FoundlingProcess.LARGE, prefix, command);
    }

    /** Returns the same instance under a JVM with more options. */
    public ServiceProcess with(String... more) {
        List<String> all = Stream.concat(options.stream(), Stream.of(more)).toList();
        return new ServiceProcess(directory, config, settings, all, prefix, command);
    }

    /** Returns the same instance where a disk is mounted. */
    public ServiceProcess within(SmallDisk disk) {
        return new ServiceProcess(directory, config, settings, options, disk.prefix(), command);
    }

    /** Returns the same instance, running another command. */
    public ServiceProcess running(String other) {
        return new ServiceProcess(directory, config, settings, options, prefix, other);
    }

    /** Starts it, again if it ended, and does not wait for anything. */
    public ServiceProcess start() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("the service in " + directory + " is running already");
        }
        Path log = directory.resolve("service.log");
        logBegin = process == null ? 0 : process.log().length();
        process =
                FoundlingProcess.start(log, settings, List.of(command, "--config", config.toString()), options, prefix);
        return this;
    }

    /** Waits until {@code /readyz} answers 200. */
    public ServiceProcess awaitReady() {
        await("ready: " + directory)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .failFast(this::requireAlive)
                .until(() -> status("/readyz") == 200);
        return this;
    }

    private void requireAlive() {
        if (!isAlive()) {
            throw new AssertionError("it ended with " + exitCode() + ":\n" + log());
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Whether {@code /readyz} answers 200 now. */
    public boolean isReady() {
        return isAlive() && status("/readyz") == 200;
    }

    /** Returns the status of an answer, 0 if there is none. */
    public int status(String path) {
        return port().isEmpty() ? 0 : answer(path).map(HttpResponse::statusCode).orElse(0);
    }

    /** Returns the body of an answer, empty if there is none. */
    public String body(String path) {
        return port().isEmpty() ? "" : answer(path).map(HttpResponse::body).orElse("");
    }

    /** Returns what {@code /metrics} says now. */
    public MetricsPage metrics() {
        return MetricsPage.parse(body("/metrics"));
    }

    /** Returns how many audit clocks it has: one for each ledger task that it works on. */
    public long clocks() {
        return metrics().samples().stream()
                .filter(sample -> sample.name().equals("foundling_audit_clock_lag_seconds"))
                .count();
    }

    /** Returns the port that it listens on, once its log says so. */
    public OptionalInt port() {
        return LISTENS.matcher(log())
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst();
    }

    /** Waits until its log says where a console, or an intake, answers, and returns that address. */
    public URI awaitAddress() {
        return await("address: " + directory)
                .atMost(PATIENCE)
                .failFast(this::requireAlive)
                .until(() -> ADDRESS.matcher(log()).results().findFirst(), Optional::isPresent)
                .map(found -> URI.create(found.group(1)))
                .orElseThrow();
    }

    /** Returns what it printed since its last start. */
    public String log() {
        return process.log().substring(logBegin);
    }

    public OptionalInt exitCode() {
        return process.exitCode();
    }

    public int awaitExit() {
        return process.awaitExit(PATIENCE);
    }

    /** {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /** {@code kill -TERM}; returns the exit code. */
    public int terminate() {
        return process.terminate();
    }

    /** {@code kill -STOP}, until {@link #resume}. */
    public void suspend() {
        process.suspend();
    }

    public void resume() {
        process.resume();
    }

    /** Where its stores are. */
    public Path stateDirectory() {
        return Path.of(settings.get("stateDirectory"));
    }

    /** Deletes its stores, as a lost volume does. */
    public void deleteState() {
        try (Stream<Path> files = Files.walk(stateDirectory())) {
            files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(stateDirectory()))
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private Optional<HttpResponse<String>> answer(String path) {
        URI uri = URI.create("http://127.0.0.1:" + port().getAsInt() + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        try {
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
