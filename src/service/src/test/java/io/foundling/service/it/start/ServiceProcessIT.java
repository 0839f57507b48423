package io.foundling.service.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.FoundlingProcess;
import io.foundling.service.it.rig.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness of the other tests: a process that comes, is killed, comes back and goes. */
@Tag("full")
class ServiceProcessIT {

    private static final Path CONFIG = Path.of("../../deploy/examples/domestic-declarations.yaml");

    @TempDir
    private Path directory;

    @Test
    void shouldComeBackAfterAKillAndEndWhenAskedTo() {
        // Given
        try (LocalStack stack = LocalStack.startTemporary();
                ServiceProcess service = ServiceProcess.of(stack, directory, "one", CONFIG, Map.of())) {
            Map<String, String> settings = Map.of(
                    "kafka.bootstrap.servers", stack.bootstrapServers(),
                    "avro.schema.registry.url", stack.registryUrl());
            try (FoundlingProcess topics =
                    FoundlingProcess.start(directory.resolve("topics.log"), settings, List.of("topics", "apply"))) {
                assertThat(topics.awaitExit(Duration.ofSeconds(60)))
                        .as(topics.log())
                        .isZero();
            }
            service.start().awaitReady();
            assertThat(service.metrics().sum("foundling_build_info")).isEqualTo(1);

            // When
            service.kill();
            service.start().awaitReady();
            int exitCode = service.terminate();

            // Then: as the shell says it of a process that ended by this signal
            assertThat(exitCode).as(service.log()).isEqualTo(128 + 15);
        }
    }
}
