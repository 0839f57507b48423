package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.local.LocalStack;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.runtime.LedgerService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.tools.StreamsResetter;
import org.apache.kafka.tools.TopicCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps under "Blue and green" of the runbook, without Kubernetes, run as they are written but for addresses. */
class BlueAndGreenIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern OWN_LINES = Pattern.compile("```yaml\n(application: blue\n.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void shouldTakeOverFromTheFirstLedgerWhenTheSecondIsComplete() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary();
                Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            // Given
            Path green = file("foundling", "", stack);
            Path blue = file("blue", ownLines(), stack);
            foundling(alone(command("./foundling topics apply")));
            try (LedgerService first = running(green)) {
                report(stack, "1");
                awaitOrphan("--config foundling.yaml", "record/runbook/page/1");

                // When
                foundling(alone(command("./foundling topics apply --config blue.yaml")));
                try (LedgerService second = running(blue)) {
                    takeOver(stack, admin, first);
                    assertThat(second.httpPort()).isPositive();
                }
            }
        }
    }

    private void takeOver(LocalStack stack, Admin admin, LedgerService first) throws Exception {
        // Then
        awaitOrphan("--config blue.yaml", "record/runbook/page/1");

        // And when
        Map<String, Uuid> kept = internalTopics(admin, "blue");
        assertThat(kept).containsKeys("blue-ledger-store-changelog", "blue-alerts-store-changelog");
        first.close();
        await("the sessions of the first have ended")
                .atMost(PATIENCE)
                .until(() -> admin.describeConsumerGroups(List.of("foundling"))
                                .all()
                                .get()
                                .get("foundling")
                                .groupState()
                        == GroupState.EMPTY);
        kafka(StreamsResetter.class, command("kafka-streams-application-reset.sh"), stack);
        kafka(TopicCommand.class, command("kafka-topics.sh").replace("'", ""), stack);
        report(stack, "2");

        // Then
        awaitOrphan("--config blue.yaml", "record/runbook/page/2");
        assertThat(names(admin))
                .contains("audit.events", "blue.orphans", "blue.closures")
                .noneMatch(name -> name.startsWith("audit.") && !name.equals("audit.events"))
                .noneMatch(name -> name.startsWith("foundling-"));
        assertThat(internalTopics(admin, "blue")).isEqualTo(kept);
    }

    /** Returns the ids of the internal topics of an application: one that is deleted and made anew has another. */
    private static Map<String, Uuid> internalTopics(Admin admin, String application) throws Exception {
        List<String> internal = names(admin).stream()
                .filter(name -> name.startsWith(application + "-"))
                .toList();
        Map<String, Uuid> ids = new TreeMap<>();
        admin.describeTopics(internal)
                .allTopicNames()
                .get()
                .forEach((name, described) -> ids.put(name, described.topicId()));
        return ids;
    }

    private Path file(String name, String more, LocalStack stack) throws IOException {
        return Files.writeString(
                directory.resolve(name + ".yaml"),
                """
                instance: foundling-0
                stateDirectory: %s
                kafka: {bootstrap.servers: "%s", session.timeout.ms: 6000}
                avro: {schema.registry.url: "%s"}
                http: {host: 127.0.0.1, port: 0}
                """.formatted(directory.resolve(name), stack.bootstrapServers(), stack.registryUrl()) + more);
    }

    private static String ownLines() throws IOException {
        Matcher found = OWN_LINES.matcher(Runbook.text());
        assertThat(found.find()).as("the lines of blue.yaml").isTrue();
        return found.group(1);
    }

    private static String command(String beginning) throws IOException {
        return Runbook.commands(beginning).findFirst().orElseThrow();
    }

    /** The broker of the test is alone. */
    private static String alone(String command) {
        return command.replace("--replication-factor 3", "--replication-factor 1");
    }

    private String foundling(String line) throws Exception {
        String output =
                Programs.run(directory, Programs.java("io.foundling.service.command.Foundling", line), Map.of());
        assertThat(output).as(line).startsWith("0\n");
        return output;
    }

    private void kafka(Class<?> tool, String line, LocalStack stack) throws Exception {
        String here = line.replace("BROKER:9092", stack.bootstrapServers());
        assertThat(Programs.run(directory, Programs.java(tool.getName(), here), Map.of()))
                .as(line)
                .startsWith("0\n");
    }

    private void awaitOrphan(String config, String key) throws Exception {
        String line = Runbook.commands("./foundling tail orphans")
                .filter(found -> found.endsWith(config))
                .findFirst()
                .orElseThrow();
        await("the orphan " + key + " " + config)
                .atMost(PATIENCE)
                .until(() -> foundling(line).contains(key));
    }

    /** Promises something that is due already. */
    private static void report(LocalStack stack, String id) {
        try (AuditRecorder recorder = KafkaAuditRecorder.builder()
                .bootstrapServers(stack.bootstrapServers())
                .schemaRegistryUrl(stack.registryUrl())
                .service("runbook")
                .build()) {
            recorder.on(new Subject(SubjectKind.RECORD, "runbook", "page", id))
                    .deferred(Instant.now().plusSeconds(1));
        }
    }

    private static LedgerService running(Path file) {
        LedgerService service = new LedgerService(new ConfigReader(Map.of()).read(file), "test");
        CompletableFuture.runAsync(() -> {
            try {
                service.run();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        return service;
    }

    private static Set<String> names(Admin admin) throws Exception {
        return admin.listTopics().names().get();
    }
}
