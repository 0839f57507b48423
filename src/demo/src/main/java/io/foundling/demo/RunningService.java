package io.foundling.demo;

import io.foundling.local.LocalStack;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.metrics.BuildVersion;
import io.foundling.service.runtime.LedgerService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The service in this process, started as {@code serve} does, and asked over HTTP. */
final class RunningService implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final long POLL_MS = 100;

    private final LedgerService service;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build();

    private RunningService(LedgerService service) {
        this.service = service;
    }

    /**
     * Returns the configuration of the demo for the broker and the registry of a stack.
     *
     * @param receiver where alerts are sent
     * @param consolePort where the console answers
     */
    static ServiceConfig config(LocalStack stack, String receiver, int consolePort) {
        ConfigReader reader = new ConfigReader(Map.of(
                "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers(),
                "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", stack.registryUrl(),
                "FOUNDLING_STATE_DIRECTORY", stack.directory().resolve("state").toString(),
                "FOUNDLING_CONSOLE_DATABASE", "jdbc:sqlite:" + stack.directory().resolve("console.db"),
                "FOUNDLING_CONSOLE_PORT", Integer.toString(consolePort)));
        try (InputStream yaml = RunningService.class.getResourceAsStream("demo.yaml")) {
            String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
            return reader.read("demo.yaml", text.replace("RECEIVER", receiver));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static RunningService start(ServiceConfig config) {
        RunningService running = new RunningService(new LedgerService(config, BuildVersion.text()));
        Thread thread = new Thread(running::run, "demo-service");
        thread.setDaemon(true);
        thread.start();
        return running;
    }

    private void run() {
        try {
            service.run();
            ended.complete("it was asked to");
        } catch (InterruptedException | RuntimeException failed) {
            ended.complete(failed.getMessage());
        }
    }

    int port() {
        return service.httpPort();
    }

    /** Waits until /readyz answers 200. */
    void awaitReady() throws InterruptedException {
        long begin = System.nanoTime();
        String answer = "";
        while (System.nanoTime() - begin < READY_WITHIN.toNanos()) {
            requireRunning();
            HttpResponse<String> ready = ask("/readyz");
            answer = ready.body().strip();
            if (ready.statusCode() == 200) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        throw new DemoFailedException("the service was not ready within " + READY_WITHIN + ": " + answer);
    }

    ServiceFigures figures() throws InterruptedException {
        requireRunning();
        return ServiceFigures.of(ask("/metrics").body());
    }

    private void requireRunning() {
        if (ended.isDone()) {
            throw new DemoFailedException("the service stopped: " + ended.join());
        }
    }

    private HttpResponse<String> ask(String path) throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port() + path);
        try {
            return http.send(
                    HttpRequest.newBuilder(address).timeout(ANSWERS_WITHIN).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException silent) {
            throw new DemoFailedException("the service does not answer at " + address + ": " + silent.getMessage());
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
