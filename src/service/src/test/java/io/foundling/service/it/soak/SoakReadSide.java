package io.foundling.service.it.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.audit.Alert;
import io.foundling.console.delivery.FakeReceiver;
import io.foundling.local.LocalStack;
import io.foundling.service.it.console.ExpectedTable;
import io.foundling.service.it.console.ModelDatabase;
import io.foundling.service.it.console.NaiveReader;
import io.foundling.service.it.console.NaiveTally;
import io.foundling.service.it.console.Row;
import io.foundling.service.it.rig.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A console with SQLite, and a {@code notify} with one webhook, beside the ledger. They are killed, too. */
final class SoakReadSide {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final LocalStack stack;
    private final FakeReceiver hook;
    private final ModelDatabase database;
    private final ServiceProcess console;
    private final ServiceProcess notify;

    SoakReadSide(LocalStack stack, Path directory) throws Exception {
        this.stack = stack;
        hook = stack.closeFirst(new FakeReceiver());
        Path parent = Files.createDirectories(directory.resolve("read-side"));
        Path config = Files.writeString(parent.resolve("foundling.yaml"), """
                retention: {memory: 60s}
                receivers:
                  - {name: hook, kind: WEBHOOK, format: CLOUDEVENTS, url: "%s/alerts"}
                """.formatted(hook.uri()));
        database = new ModelDatabase("jdbc:sqlite:" + parent.resolve("model.db"));
        console = stack.closeFirst(ServiceProcess.of(
                        stack,
                        parent,
                        "console",
                        config,
                        Map.of("console.database", database.url(), "console.port", "0"))
                .running("console"));
        notify = stack.closeFirst(
                ServiceProcess.of(stack, parent, "notify", config, Map.of()).running("notify"));
    }

    void start() {
        console.start();
        notify.start();
        awaitReady();
    }

    /** Kills one of them, which starts again; returns which. */
    String disturb(int round) {
        ServiceProcess victim = round % 2 == 0 ? console : notify;
        victim.kill();
        victim.start();
        return round % 2 == 0 ? "console" : "notify";
    }

    void awaitReady() {
        console.awaitReady();
        notify.awaitReady();
    }

    ProcessFigures figures() {
        return ProcessFigures.of(console).plus(ProcessFigures.of(notify));
    }

    /** Compares database and deliveries with the topics, which nobody may write to any more. */
    void assertRight() {
        awaitReady();
        NaiveReader naive = new NaiveReader(stack);
        for (ExpectedTable<?> table : ExpectedTable.ALL) {
            Map<String, Row> expected = naive.rows(table);
            await(table.table())
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(database.rows(table)).isEqualTo(expected));
        }
        assertThat(database.deadLetters()).isNotEmpty().isEqualTo(naive.deadLetters());
        Map<String, Long> tallies = NaiveTally.of(naive);
        await("tally")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.tallies()).isEqualTo(tallies));
        Map<String, String> alerts = new HashMap<>();
        naive.rows(alertTable()).forEach((key, row) -> alerts.put(key, status((Alert) row.record())));
        await("deliveries")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(delivered()).containsAllEntriesOf(alerts));
        System.out.printf(
                "right: all tables of the read model; %,d messages about %,d alerts%n",
                hook.posts().size(), delivered().size());
    }

    private static ExpectedTable<?> alertTable() {
        return ExpectedTable.ALL.stream()
                .filter(table -> table.type() == Alert.class)
                .findFirst()
                .orElseThrow();
    }

    private static String status(Alert alert) {
        return alert.getStatus().name().toLowerCase(Locale.ROOT);
    }

    /** Returns the status of each alert that the webhook got last. */
    private Map<String, String> delivered() {
        Map<String, String> last = new HashMap<>();
        for (FakeReceiver.Post post : List.copyOf(hook.posts())) {
            JsonNode event = json(post.body());
            String type = event.get("type").asText();
            last.put(event.get("subject").asText(), type.substring(type.lastIndexOf('.') + 1));
        }
        return last;
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException damaged) {
            throw new AssertionError(body, damaged);
        }
    }
}
