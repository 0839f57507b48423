package io.foundling.service.it.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.process.RunningProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A process of the service in this JVM. */
public abstract class LiveProcess implements AutoCloseable {

    /** Long enough for a machine that is busy with other builds. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningProcess process;
    private final Probes probes;
    private final CompletableFuture<String> end = new CompletableFuture<>();

    protected LiveProcess(RunningProcess process) {
        this.process = process;
        probes = new Probes(process.httpPort());
        Thread thread = new Thread(this::run, "live-process");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the environment in which a command reads broker and registry of a stack. */
    public static Map<String, String> environment(LocalStack stack) {
        return Map.of(
                "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(),
                "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", stack.registryUrl());
    }

    /**
     * Reads the configuration of a process that listens on any free port.
     *
     * @param settings in their YAML form, without addresses
     */
    protected static ServiceConfig config(LocalStack stack, Map<String, String> variables, String settings) {
        Map<String, String> environment = new HashMap<>(environment(stack));
        environment.put("FOUNDLING_HTTP_PORT", "0");
        environment.putAll(variables);
        return new ConfigReader(environment).read("the test's settings", settings);
    }

    public Probes probes() {
        return probes;
    }

    protected final void awaitReadiness() {
        await("ready")
                .atMost(PATIENCE)
                .failFast("it has ended", () -> {
                    assertThat(end).isNotDone();
                })
                .until(() -> probes.notReady().isEmpty());
    }

    /** Waits until it ends by itself, and returns why. */
    public Throwable awaitFailure() {
        await("the end").atMost(PATIENCE).until(end::isDone);
        Throwable why = end.handle((ended, failure) -> failure).join();
        process.close();
        return why;
    }

    private void run() {
        try {
            process.run();
            end.complete("");
        } catch (InterruptedException | RuntimeException failed) {
            end.completeExceptionally(failed);
        }
    }

    /** Stops it; fails if it had stopped by itself before, or does not stop cleanly. */
    @Override
    public void close() {
        assertThat(end).as("it runs until it is stopped").isNotDone();
        process.close();
        assertThat(end).succeedsWithin(PATIENCE).isEqualTo("");
    }
}
