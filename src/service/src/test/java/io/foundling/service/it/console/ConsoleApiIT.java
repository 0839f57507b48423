package io.foundling.service.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.http.PemTls;
import io.foundling.local.LocalStack;
import io.foundling.schemas.Certificates;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of {@code console} answers over HTTPS what it has read. */
class ConsoleApiIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void shouldAnswerWhatItHasRead() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
            Certificates certificates = Certificates.in(directory);
            Path certificate = Files.writeString(directory.resolve("console.crt"), certificates.pemChain("server"));
            Path key = Files.writeString(directory.resolve("console.key"), certificates.pemKey("server"));
            Path yaml = Files.writeString(directory.resolve("foundling.yaml"), "");
            Map<String, String> settings = Map.of(
                    "application",
                    "console",
                    "console.database",
                    "jdbc:sqlite:" + directory.resolve("model.db"),
                    "console.port",
                    "0",
                    "console.certificateFile",
                    certificate.toString(),
                    "console.keyFile",
                    key.toString());
            try (ServiceProcess console = ServiceProcess.of(stack, directory, "one", yaml, settings)
                    .running("console")
                    .start()
                    .awaitReady()) {
                URI address = console.awaitAddress();
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(PemTls.of(Optional.of(certificates.pemChain("authority")), Optional.empty()))
                        .build();

                // When
                HttpResponse<String> topics = client.send(
                        HttpRequest.newBuilder(address.resolve("/api/v1/topics"))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

                // Then
                assertThat(topics.statusCode()).as(topics.body()).isEqualTo(200);
                assertThat(topics.body()).contains("\"topic\":\"audit.dispositions\"", "\"list\":\"disposition\"");
                assertThat(console.body("/metrics"))
                        .contains("foundling_console_requests_total{operation=\"topics\",status=\"200\"} 1");
            }
        }
    }
}
