package io.foundling.service.it.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.foundling.audit.OrphanWarning;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a batch of an LLM provider that loses a request, by the poller of the examples, to the warning of a real ledger. */
class PolledBatchIT {

    private static final Path PYTHON = Path.of("/usr/bin/python3");

    @TempDir
    private Path directory;

    @Test
    void shouldWarnOfTheRequestThatIsInNoFile() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "the poller was not run: there is no " + PYTHON);
        HttpServer provider = provider(Instant.now().getEpochSecond());
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
            LiveIntake intake = stack.closeFirst(LiveIntake.of(stack, directory, Map.of()));
            intake.start();
            stack.closeFirst(LiveLedger.start(
                            stack, directory.resolve("ledger"), "{allowedLag: 1s, lateAfter: 1m, settleGrace: 1s}"))
                    .awaitReady();

            // When
            poll(intake, provider);
            poll(intake, provider);

            // Then
            assertThat(intake.written()).hasSize(10);
            assertThat(new HashSet<>(intake.written())).hasSize(5);
            try (Output<OrphanWarning> warnings = new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class)) {
                OrphanWarning warning =
                        warnings.awaitLast("record/openai/request/batch_1%2Flost", found -> found.getStatus() != null);
                assertThat(warning.getSubject().getId()).isEqualTo("batch_1/lost");
            }
        } finally {
            provider.stop(0);
        }
    }

    private void poll(LiveIntake intake, HttpServer provider) throws IOException, InterruptedException {
        Path printed = directory.resolve("poller.out");
        ProcessBuilder builder = new ProcessBuilder(PYTHON.toString(), "-E", "-B", "../examples/python/poll_batches.py")
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment()
                .putAll(Map.of(
                        "INTAKE_URL",
                        intake.url(),
                        "OPENAI_URL",
                        "http://127.0.0.1:" + provider.getAddress().getPort(),
                        "OPENAI_API_KEY",
                        "none",
                        "NO_PROXY",
                        "127.0.0.1"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).content().isEqualTo("5 events reported\n");
    }

    private static HttpServer provider(long nowS) throws IOException {
        Map<String, String> answers = Map.of(
                "/v1/batches?limit=100", """
                        {"data": [{"id": "batch_1", "status": "completed", "created_at": %d, "expires_at": %d, "completed_at": %d,
                        "input_file_id": "in", "output_file_id": "out", "error_file_id": null}]}
                        """.formatted(nowS - 20, nowS + 3_600, nowS - 1),
                "/v1/files/in/content", "{\"custom_id\": \"a\"}\n{\"custom_id\": \"lost\"}\n",
                "/v1/files/out/content", "{\"custom_id\": \"a\", \"response\": {\"status_code\": 200}}\n");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = answers.get(exchange.getRequestURI().toString()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        server.start();
        return server;
    }
}
