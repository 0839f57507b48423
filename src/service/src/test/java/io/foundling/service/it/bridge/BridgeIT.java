package io.foundling.service.it.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Pending;
import io.foundling.audit.Status;
import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.CommittedRecords;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.LiveProcess;
import io.foundling.service.it.rig.Outbox;
import io.foundling.service.it.rig.Output;
import io.foundling.service.runtime.UnusableTopicsException;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the outbox of a shop to a warning and an alert, and what a user reads when a bridge cannot run. */
class BridgeIT {

    private static final Path MAPPINGS = Path.of("../../deploy/examples/mappings");
    private static final Path READY = MAPPINGS.resolve("debezium-outbox.mapping.yaml");
    private static final String LINES = "shop.lines";
    private static final String ROUTED = "shop.routed";

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static Outbox outbox;
    private static String settings;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    static void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
        outbox = stack.closeFirst(new Outbox(stack, 3, LINES, ROUTED));
        settings = Outbox.bridge(directory) + """
                  - {name: lines, input: %s, mappingFile: "%s"}
                policies:
                  - {name: shipped, kind: RECORD, source: shop, stage: line, status: PENDING, window: 2s}
                allowedLag: 1s
                """.formatted(LINES, READY);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldWarnOfAnOrderThatIsNotPaidAndAlert() {
        try (LiveLedger ledger = LiveLedger.start(stack, directory.resolve("state"), settings);
                LiveBridge bridge = LiveBridge.start(stack, settings);
                Output<OrphanWarning> orphans = new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class);
                Output<Disposition> dispositions = new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class);
                Output<Alert> alerts = new Output<>(stack, TopicNames.ALERTS, Alert.class)) {
            ledger.awaitReady();
            bridge.awaitReady();

            // When
            outbox.placed("paid", now, now.plusSeconds(3_600));
            outbox.placed("forgotten", now, now.plusSeconds(2));
            outbox.paid("paid", now.plusMillis(1));
            outbox.tombstone("paid");
            outbox.send("poison", "{\"after\": {\"id\": \"row-0\"");
            outbox.submitted(LINES, "4711", now);
            outbox.shipped(LINES, "4711", 1, now.plusMillis(1));
            outbox.flush();

            // Then
            OrphanWarning warning = orphans.awaitLast(Outbox.subject("forgotten"), found -> true);
            assertThat(warning.getStartsAt()).isEqualTo(now.plusSeconds(2));
            dispositions.awaitLast(Outbox.subject("paid"), found -> found.getStatus() == Status.COMPLETED);
            assertThat(orphans.of(Outbox.subject("paid"))).isEmpty();
            orphans.awaitLast("record/shop/line/4711%2F2", found -> true);
            dispositions.awaitLast("record/shop/line/4711%2F1", found -> found.getStatus() == Status.COMPLETED);
            dispositions.awaitLast("operation/shop/order/4711", found -> found.getStatus() == Status.PENDING);
            await("the alert")
                    .atMost(LiveProcess.PATIENCE)
                    .until(() -> alerts.records().stream()
                            .map(record -> alerts.value(record).orElseThrow())
                            .anyMatch(alert -> alert.getStatus() == AlertStatus.FIRING
                                    && alert.toString().contains("shop")));
            await("every record").atMost(LiveProcess.PATIENCE).untilAsserted(() -> {
                assertThat(bridge.records("events")).isEqualTo(5);
                assertThat(bridge.events()).isEqualTo(3 + 3 + 1);
                assertThat(bridge.records("no_value")).isEqualTo(1);
                assertThat(bridge.records("dead_letter")).isEqualTo(1);
            });
            ConsumerRecord<byte[], byte[]> letter = new CommittedRecords(stack.bootstrapServers())
                    .of(TopicNames.DEAD_LETTERS)
                    .get(0);
            assertThat(Output.header(letter, Headers.REASON)).isEqualTo("NOT_JSON");
            assertThat(Output.header(letter, Headers.TOPIC)).isEqualTo(Outbox.TOPIC);
            assertThat(bridge.probes().metrics().sum("foundling_bridge_lag_records"))
                    .isZero();
        }
    }

    /**
     * Behind the router, id and type of a row are headers, the order is the key, and the time is that of the record.
     */
    @Test
    void shouldReadAnOutboxBehindTheRouterOfDebezium() {
        String routed = "bridges: [{name: routed, input: %s, mappingFile: \"%s\"}]"
                .formatted(ROUTED, MAPPINGS.resolve("debezium-outbox-routed.mapping.yaml"));
        try (LiveBridge bridge = LiveBridge.start(stack, routed);
                Output<AuditEvent> events = new Output<>(stack, TopicNames.EVENTS, AuditEvent.class)) {
            bridge.awaitReady();

            // When
            outbox.routed(ROUTED, "4712", now);
            outbox.flush();

            // Then
            List<Optional<AuditEvent>> shipped = events.await("record/shop/line/4712%2F1", found -> found.size() == 2);
            assertThat(shipped.get(0).orElseThrow().getBody()).isInstanceOf(Pending.class);
            assertThat(shipped.get(0).orElseThrow().getOccurredAt()).isEqualTo(now);
            assertThat(shipped.get(1).orElseThrow().getBody()).isInstanceOf(Completed.class);
            assertThat(shipped.get(1).orElseThrow().getParent().getId()).isEqualTo("4712");
            assertThat(events.of("record/shop/line/4712%2F2")).hasSize(1);
            assertThat(events.of("operation/shop/order/4712")).hasSize(1);
            assertThat(bridge.records("dead_letter")).isZero();
        }
    }

    @Test
    void shouldNameTheTopicThatDoesNotExist() throws IOException {
        // Given
        String absent = settings.replace(Outbox.TOPIC, "shop.absent");
        String sentence =
                "topic shop.absent, which bridge orders reads, does not exist; create it, or correct bridges[].input";
        Path file = Files.writeString(directory.resolve("absent.yaml"), absent);

        // When
        LiveBridge bridge = LiveBridge.start(stack, absent);

        // Then
        assertThat(bridge.awaitFailure())
                .isInstanceOf(UnusableTopicsException.class)
                .hasMessageContaining(sentence);
        CommandRun check =
                CommandRun.with(LiveProcess.environment(stack), "topics", "check", "--config", file.toString());
        assertThat(check.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(check.out()).contains("error: " + sentence);
        CommandRun doctor = CommandRun.with(
                LiveProcess.environment(stack), "doctor", "--for", "bridge", "--config", file.toString());
        assertThat(doctor.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(doctor.out())
                .containsPattern("ok +mappings +mapping \\S+ of bridge orders can be read")
                .containsPattern("error +bridges +for bridge, " + Pattern.quote(sentence));
    }

    @Test
    void shouldSayThatThereIsNoBridge() {
        // Given
        Map<String, String> environment = new HashMap<>(LiveProcess.environment(stack));

        // When
        CommandRun run = CommandRun.with(environment, "bridge");

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("bridges is missing, expected a list of those that topics are read by");
    }
}
