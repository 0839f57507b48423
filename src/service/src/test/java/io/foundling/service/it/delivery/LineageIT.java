package io.foundling.service.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.delivery.FakeReceiver;
import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.PublishedLedger;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the client of OpenLineage to somebody who is paged: intake, ledger and notify, on a real broker. */
class LineageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ADDRESS = Pattern.compile("intake answers at (http://[^ \\n]+)");
    private static final UUID RUN = UUID.fromString("0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90");
    private static final String KEY = "operation/airflow-prod/billing.load/" + RUN;

    @TempDir
    private Path directory;

    @Test
    void shouldPageSomebodyAboutARunThatDoesNotEnd() throws IOException {
        try (FakeReceiver hook = new FakeReceiver();
                LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
            stack.closeFirst(LiveLedger.start(
                            stack,
                            directory.resolve("ledger"),
                            "policies: [{name: runs, kind: OPERATION, status: OPEN, window: 2s}]"))
                    .awaitReady();
            stack.closeFirst(LiveNotify.ready(
                    stack, "notify", "receivers: [{name: hook, kind: WEBHOOK, url: \"" + hook.uri() + "\"}]"));
            OpenLineageClient client = client(stack);
            TopicReader topics = new TopicReader(stack.bootstrapServers());

            // When
            client.emit(event(EventType.START));

            // Then
            await("page").atMost(PATIENCE).until(() -> isPaged(hook, "firing"));
            assertThat(changes(topics)).contains("ORPHANED 1 OPEN");
            assertThat(topics.committed(TopicNames.ALERTS))
                    .extracting(ConsumerRecord::key)
                    .contains("orphaned/airflow-prod/billing.load");

            // When
            client.emit(event(EventType.COMPLETE));

            // Then
            await("end").atMost(PATIENCE).until(() -> isPaged(hook, "resolved"));
            assertThat(changes(topics)).endsWith("RECOVERY 1 OPEN");
        }
    }

    private static boolean isPaged(FakeReceiver hook, String status) {
        return hook.bodies().stream()
                .anyMatch(body -> body.contains("\"status\":\"" + status + "\"")
                        && body.contains("\"source\":\"airflow-prod\"")
                        && body.contains("\"stage\":\"billing.load\""));
    }

    private static List<String> changes(TopicReader topics) {
        return topics.committed(TopicNames.ORPHANS).stream()
                .filter(record -> record.key().equals(KEY))
                .map(PublishedLedger::change)
                .toList();
    }

    /** Starts the intake, for a token, and makes a client of it that compresses what it sends. */
    private OpenLineageClient client(LocalStack stack) throws IOException {
        CommandRun made = CommandRun.of("token", "new", "airflow", "--role", "INTAKE", "--source", "airflow-prod");
        List<String> lines = made.out().lines().toList();
        Path tokens = Files.writeString(
                directory.resolve("tokens.yaml"),
                "tokens:\n" + String.join("\n", lines.subList(1, lines.size())) + "\n");
        Path yaml = Files.writeString(directory.resolve("intake.yaml"), "");
        ServiceProcess intake = stack.closeFirst(ServiceProcess.of(
                                stack,
                                directory,
                                "intake",
                                yaml,
                                Map.of("console.port", "0", "console.tokensFile", tokens.toString()))
                        .running("intake"))
                .start()
                .awaitReady();
        await("address")
                .atMost(PATIENCE)
                .until(() -> ADDRESS.matcher(intake.log()).find());
        Matcher address = ADDRESS.matcher(intake.log());
        assertThat(address.find()).isTrue();
        ApiKeyTokenProvider key = new ApiKeyTokenProvider();
        key.setApiKey(lines.get(0).strip());
        HttpConfig config = new HttpConfig();
        config.setUrl(URI.create(address.group(1)));
        config.setAuth(key);
        config.setCompression(HttpConfig.Compression.GZIP);
        config.setTimeoutInMillis((int) PATIENCE.toMillis());
        return OpenLineageClient.builder().transport(new HttpTransport(config)).build();
    }

    private static OpenLineage.RunEvent event(EventType type) {
        OpenLineage made = new OpenLineage(URI.create("https://example.com/airflow"));
        return made.newRunEventBuilder()
                .eventType(type)
                .eventTime(ZonedDateTime.now(ZoneOffset.UTC))
                .run(made.newRunBuilder().runId(RUN).build())
                .job(made.newJobBuilder()
                        .namespace("airflow-prod")
                        .name("billing.load")
                        .build())
                .build();
    }
}
