package io.foundling.service.it.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.runtime.LedgerService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The service in this JVM, as {@code serve} runs it. */
public final class LiveLedger implements AutoCloseable {

    /** Long enough for a machine that is busy with other builds. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LedgerService service;
    private final Probes probes;
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private LiveLedger(LedgerService service) {
        this.service = service;
        this.probes = new Probes(service.httpPort());
        Thread thread = new Thread(this::run, "live-ledger");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts it and does not wait.
     *
     * @param directory for its state; the same one brings the same instance back
     * @param settings configuration in its YAML form, without addresses and state directory
     */
    public static LiveLedger start(LocalStack stack, Path directory, String settings) {
        Map<String, String> environment = new HashMap<>(environment(stack));
        environment.put("FOUNDLING_STATE_DIRECTORY", directory.toString());
        environment.put("FOUNDLING_INSTANCE", "live");
        environment.put("FOUNDLING_HTTP_PORT", "0");
        return new LiveLedger(
                new LedgerService(new ConfigReader(environment).read("the test's settings", settings), "test"));
    }

    /** Makes the topics, with few partitions, so that a busy machine keeps up. */
    public static void createTopics(LocalStack stack, int partitions, String... sources) {
        Map<String, String> environment = new HashMap<>(environment(stack));
        environment.put("FOUNDLING_SOURCES", String.join(",", sources));
        CommandRun apply =
                CommandRun.with(environment, "topics", "apply", "--partitions", Integer.toString(partitions));
        assertThat(apply.exitCode()).as(apply.err() + apply.out()).isZero();
    }

    /** Returns the environment in which a command reads broker and registry of a stack. */
    public static Map<String, String> environment(LocalStack stack) {
        return Map.of(
                "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(),
                "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", stack.registryUrl());
    }

    public LiveLedger awaitReady() {
        await("ready")
                .atMost(PATIENCE)
                .failFast("the service has ended", end::isDone)
                .until(() -> probes.notReady().isEmpty());
        return this;
    }

    /** Waits until it ends by itself, and returns why. */
    public Throwable awaitFailure() {
        await("the end").atMost(PATIENCE).until(end::isDone);
        Throwable why = end.handle((ended, failure) -> failure).join();
        service.close();
        return why;
    }

    public Probes probes() {
        return probes;
    }

    private void run() {
        try {
            service.run();
            end.complete("");
        } catch (InterruptedException | RuntimeException failed) {
            end.completeExceptionally(failed);
        }
    }

    /** Stops it; fails if it had stopped by itself before, or does not stop cleanly. */
    @Override
    public void close() {
        assertThat(end).as("the service runs until it is stopped").isNotDone();
        service.close();
        assertThat(end).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("");
    }
}
