package io.foundling.service.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.FreePorts;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process without a broker. */
final class IntakeServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    /** The file of the key of cookies is the console's, and is not there where the intake runs. */
    @Test
    void shouldBeReadyAndShowThatNoBrokerAnswersWhileItSpools() throws Exception {
        // Given
        CompletableFuture<Void> end;
        try (IntakeService intake = new IntakeService(config(), "test")) {
            // When
            end = CompletableFuture.runAsync(() -> run(intake));

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(intake, "/metrics").body())
                            .contains("foundling_intake_broker_answers 0.0")
                            .contains("foundling_intake_spool_bytes 0.0"));
            assertThat(get(intake, "/readyz").statusCode()).isEqualTo(200);
        }
        end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private ServiceConfig config() throws Exception {
        return new ConfigReader(Map.of("FOUNDLING_INSTANCE", "a")).read("the test's", """
                        kafka: {bootstrap.servers: "127.0.0.1:%d"}
                        avro: {schema.registry.url: "http://127.0.0.1:%d"}
                        http: {port: %d}
                        console: {port: %d, cookieKeyFile: "%s"}
                        intake: {durability: SPOOL, spoolDirectory: "%s"}
                        """.formatted(
                        FreePorts.freePort(),
                        FreePorts.freePort(),
                        FreePorts.freePort(),
                        FreePorts.freePort(),
                        directory.resolve("cookie-key"),
                        directory.resolve("spool")));
    }

    private static void run(IntakeService intake) {
        try {
            intake.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> get(IntakeService intake, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + intake.httpPort() + path);
        return client.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }
}
