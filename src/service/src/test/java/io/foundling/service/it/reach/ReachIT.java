package io.foundling.service.it.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foundling.console.delivery.FakeReceiver;
import io.foundling.local.LocalStack;
import io.foundling.service.Page;
import io.foundling.service.command.CommandRun;
import io.foundling.service.it.rig.DocumentedCurl;
import io.foundling.service.it.rig.FoundlingProcess;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Outbox;
import io.foundling.service.it.rig.PublishedLedger;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From curl, the client of OpenLineage, a topic of Debezium and the files of an OpenAI batch to a webhook, through real
 * processes. On each way one thing stays away and others come back. The ledger starts after all of that was written, so
 * that a slow machine makes nothing late.
 */
class ReachIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SETTINGS = """
            policies:
              - {name: tries, kind: RECORD, source: me, stage: try, status: DEFERRED, window: 10s}
              - {name: runs, kind: OPERATION, source: airflow-prod, status: OPEN, window: 10s}
              - {name: lines, kind: RECORD, source: shop, stage: line, status: PENDING, window: 10s}
              - {name: requests, kind: RECORD, source: openai, status: PENDING, window: 10s}
            allowedLag: 1s
            lateAfter: 5m
            bridges: [{name: orders, input: %s, mappingFile: "%s"}]
            receivers: [{name: hook, kind: WEBHOOK, url: "%s"}]
            """;
    private static final String LOST_LINE = "record/shop/line/4711%2F2";
    private static final UUID ENDED_RUN = UUID.randomUUID();
    private static final UUID LOST_RUN = UUID.randomUUID();
    private static final String LOST_REQUEST = "ticket-1007";

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static FakeReceiver hook;
    private static DeliveredAlerts alerts;
    private static TopicReader topics;
    private static Path config;
    private static FrontPageCurl curl;
    private static LineageRuns runs;
    private static Outbox outbox;
    private static BatchFiles files;

    @BeforeAll
    static void start() throws IOException {
        hook = new FakeReceiver();
        alerts = new DeliveredAlerts(hook);
        stack = LocalStack.startTemporary();
        topics = new TopicReader(stack.bootstrapServers());
        LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
        outbox = stack.closeFirst(new Outbox(stack, 1));
        config = Files.writeString(
                directory.resolve("foundling.yaml"),
                SETTINGS.formatted(
                        Outbox.TOPIC,
                        Page.ROOT.resolve("deploy/examples/mappings/debezium-outbox.mapping.yaml"),
                        hook.uri()));
        files = new BatchFiles(stack, directory, config);
        List<String> token = CommandRun.of(
                        "token", "new", "airflow", "--role", "INTAKE", "--source", LineageRuns.NAMESPACE)
                .out()
                .lines()
                .toList();
        ServiceProcess bridge = process("bridge", Map.of());
        ServiceProcess notify = process("notify", Map.of());
        ServiceProcess console = process(
                "console",
                Map.of("console.port", "0", "console.database", "jdbc:sqlite:" + directory.resolve("model.db")));
        ServiceProcess intake = process(
                "intake",
                Map.of("console.port", "0", "console.tokensFile", tokens(token).toString()));
        List.of(bridge, notify, console, intake).forEach(ServiceProcess::awaitReady);
        curl = new FrontPageCurl(new DocumentedCurl(console.awaitAddress(), directory));
        runs = new LineageRuns(intake.awaitAddress(), token.get(0).strip());
        report(bridge);
        process("serve", Map.of());
    }

    /** On each way, what stays away is due last: once it is missed, the rest would have been missed, too. */
    private static void report(ServiceProcess bridge) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        FoundlingProcess input = files.reading("input", now.minusSeconds(10));
        FoundlingProcess output = files.reading("output", now.minusSeconds(9));
        FoundlingProcess errors = files.reading("errors", now.minusSeconds(9));
        if (DocumentedCurl.isThere()) {
            curl.report("2", "Deferred", now);
            curl.report("2", "Completed", now.plusMillis(1));
            curl.report("1", "Deferred", now);
        }
        runs.starts(ENDED_RUN, now);
        runs.ends(ENDED_RUN, now.plusMillis(1));
        runs.starts(LOST_RUN, now);
        outbox.submitted(Outbox.TOPIC, "4711", now);
        outbox.shipped(Outbox.TOPIC, "4711", 1, now.plusMillis(1));
        outbox.flush();
        BatchFiles.awaitSent(input, 7);
        BatchFiles.awaitSent(output, 4);
        BatchFiles.awaitSent(errors, 2);
        await("records of the outbox")
                .atMost(PATIENCE)
                .until(() -> bridge.metrics().sum("foundling_bridge_records_total") == 2);
    }

    private static ServiceProcess process(String command, Map<String, String> settings) {
        return stack.closeFirst(ServiceProcess.of(stack, directory, command, config, settings)
                        .running(command))
                .start();
    }

    private static Path tokens(List<String> printed) throws IOException {
        return Files.writeString(
                directory.resolve("tokens.yaml"),
                "tokens:\n" + String.join("\n", printed.subList(1, printed.size())) + "\n");
    }

    @AfterAll
    static void stop() {
        stack.close();
        hook.close();
    }

    @Test
    void shouldAlertAboutARecordThatCurlReported() {
        assumeTrue(DocumentedCurl.isThere(), DocumentedCurl.MISSING);
        // Then
        alerts.awaitFiring(FrontPageCurl.SOURCE, FrontPageCurl.STAGE, FrontPageCurl.subject("1"));
        assertThat(warnings("record/me/"))
                .containsExactly(Map.entry(FrontPageCurl.subject("1"), "ORPHANED 1 DEFERRED"));

        // When
        curl.report("1", "Completed", Instant.now());

        // Then
        awaitRecovery(FrontPageCurl.SOURCE, FrontPageCurl.STAGE, FrontPageCurl.subject("1"));
    }

    @Test
    void shouldAlertAboutARunOfOpenLineageThatDoesNotEnd() {
        // Then
        alerts.awaitFiring(LineageRuns.NAMESPACE, LineageRuns.JOB, LineageRuns.subject(LOST_RUN));
        assertThat(warnings("operation/")).containsExactly(Map.entry(LineageRuns.subject(LOST_RUN), "ORPHANED 1 OPEN"));

        // When
        runs.ends(LOST_RUN, Instant.now());

        // Then
        awaitRecovery(LineageRuns.NAMESPACE, LineageRuns.JOB, LineageRuns.subject(LOST_RUN));
    }

    @Test
    void shouldAlertAboutALineOfAnOutboxThatIsNotShipped() {
        // Then
        alerts.awaitFiring("shop", "line", LOST_LINE);
        assertThat(warnings("record/shop/")).containsExactly(Map.entry(LOST_LINE, "ORPHANED 1 PENDING"));

        // When
        outbox.shipped(Outbox.TOPIC, "4711", 2, Instant.now());
        outbox.flush();

        // Then
        awaitRecovery("shop", "line", LOST_LINE);
    }

    @Test
    void shouldAlertAboutARequestThatIsInNoFileOfResults() throws IOException {
        String lost = BatchFiles.subject(LOST_REQUEST);

        // Then
        alerts.awaitFiring("openai", "request", lost);
        assertThat(warnings("record/openai/")).containsExactly(Map.entry(lost, "ORPHANED 1 PENDING"));

        // When
        BatchFiles.awaitSent(files.readingLate(LOST_REQUEST, Instant.now()), 1);

        // Then
        awaitRecovery("openai", "request", lost);
    }

    private static void awaitRecovery(String source, String stage, String subject) {
        alerts.awaitEnd(source, stage);
        assertThat(warnings(subject))
                .hasSize(1)
                .allSatisfy((key, change) -> assertThat(change).startsWith("RECOVERY 1"));
        assertThat(alerts.orphaned())
                .isSubsetOf(
                        "orphaned/me/try",
                        "orphaned/airflow-prod/billing.load",
                        "orphaned/shop/line",
                        "orphaned/openai/request");
    }

    /** Returns the last change of each warning whose key begins like this, by key. */
    private static Map<String, String> warnings(String prefix) {
        Map<String, String> last = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : topics.committed(TopicNames.ORPHANS)) {
            if (record.key().startsWith(prefix)) {
                last.put(record.key(), PublishedLedger.change(record));
            }
        }
        return last;
    }
}
