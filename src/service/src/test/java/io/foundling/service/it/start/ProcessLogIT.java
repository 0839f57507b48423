package io.foundling.service.it.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.service.config.ConfigFile;
import io.foundling.service.it.rig.FoundlingProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real processes log when they start. There is no broker. */
class ProcessLogIT {

    private static final String YAML = """
            kafka:
              bootstrap.servers: 127.0.0.1:1
              security.protocol: SASL_PLAINTEXT
              sasl.mechanism: PLAIN
              sasl.jaas.config: org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="sesame";
            avro:
              schema.registry.url: http://ann:sesame@127.0.0.1:1
            http:
              host: 127.0.0.1
              port: 0
            policies:
              - {name: all, window: 1h}
            receivers:
              - {name: hook, kind: WEBHOOK, url: "http://127.0.0.1:1/hook"}
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"serve, serve starts", "notify, notify starts", "console, console starts"})
    void shouldLogVersionAndPoliciesAsJsonWhenAskedTo(String command, String message) throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("foundling.yaml"), YAML);

        // When
        try (FoundlingProcess process = start(Map.of("log.format", "json"), command, "--config", file.toString())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> process.log().contains("answers on port"));
            process.kill();

            // Then: every whole line
            String log = process.log().substring(0, process.log().lastIndexOf('\n'));
            List<JsonNode> lines = log.lines().map(ProcessLogIT::json).toList();
            assertThat(lines.get(0).at("/formattedMessage").textValue()).isEqualTo(message);
            assertThat(lines.get(0).at("/kvpList").toString())
                    .contains("{\"version\":\"0.", "1 policy, 0 expectations", file.toString())
                    .contains("{\"sha256\":\"" + ConfigFile.digest(YAML) + "\"}");
            assertThat(process.log()).doesNotContain("sesame");
        }
    }

    @Test
    void shouldAlsoLogAsJsonWhyAProcessEnds() {
        try (FoundlingProcess process = start(Map.of("log.format", "json", "allowed.lag", "soon"), "serve")) {
            // When
            int exitCode = process.awaitExit(Duration.ofSeconds(60));

            // Then
            assertThat(exitCode).isEqualTo(2);
            assertThat(process.log().lines().map(ProcessLogIT::json))
                    .singleElement()
                    .satisfies(line -> assertThat(line.at("/formattedMessage").textValue())
                            .contains("FOUNDLING_ALLOWED_LAG", "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS"));
        }
    }

    @Test
    void shouldRefuseAnotherFormat() {
        try (FoundlingProcess process = start(Map.of("log.format", "xml"), "serve")) {
            assertThat(process.awaitExit(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(process.log()).contains("FOUNDLING_LOG_FORMAT is 'xml', expected text or json");
        }
    }

    private FoundlingProcess start(Map<String, String> settings, String... arguments) {
        return FoundlingProcess.start(directory.resolve("process.log"), settings, List.of(arguments));
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException none) {
            throw new AssertionError("is no JSON: " + line, none);
        }
    }
}
