package io.foundling.service.it.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Settlement;
import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.service.topics.OtherApplicationException;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.names.TopicPrefix;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications on one cluster: apart under prefixes of their own, and never both under one. */
class TwoApplicationsIT {

    private static final String QUICK = "allowedLag: 1s\nsettleGrace: 1s\nsources: [audit.events]\n";

    @TempDir
    private static Path directory;

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldBothBeCompleteAndApartWhenTheyShareTheirSource() {
        // Given
        createTopics("blue-");
        BatchEvents batch = new BatchEvents("shared");
        try (LiveLedger green = ledger("green", "green-1", "");
                LiveLedger blue = ledger("blue", "blue-1", "topics: {prefix: blue-}\n");
                EventFeed feed = EventFeed.into(stack);
                Output<Settlement> greens = new Output<>(stack, TopicNames.SETTLEMENTS, Settlement.class);
                Output<Settlement> blues = new Output<>(stack, "blue-settlements", Settlement.class)) {
            green.awaitReady();
            blue.awaitReady();
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

            // When
            feed.send(TopicNames.EVENTS, batch.submitted(now, 2));
            feed.send(TopicNames.EVENTS, batch.deferred(1, now));
            feed.send(TopicNames.EVENTS, batch.deferred(2, now));
            feed.send(TopicNames.EVENTS, batch.returned(1, now.plusMillis(1)));
            feed.send(TopicNames.EVENTS, batch.closed(now.plusMillis(2)));

            // Then
            for (Output<Settlement> settlements : List.of(greens, blues)) {
                Settlement settled = settlements.awaitLast(batch.settlementKey(1), found -> true);
                assertThat(settled.getMissing()).containsExactly(batch.memberKey(2));
                assertThat(settled.getDeferred()).isEqualTo(2);
            }
        }
        assertThat(writers(TopicPrefix.DEFAULT)).containsOnly("green");
        assertThat(writers(new TopicPrefix("blue-"))).containsOnly("blue");
        CommandRun tail = run("blue", "blue-", "tail", "settlements", "--no-follow", "--json");
        assertThat(tail.out()).contains("blue-settlements").doesNotContain(TopicNames.SETTLEMENTS);
        CommandRun check = run("blue", "blue-", "topics", "check");
        assertThat(check.exitCode()).as(check.out() + check.err()).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldRefuseTheSecondWhenBothHaveOnePrefixUntilItTakesOver() {
        // Given
        createTopics("one.");
        String prefix = "topics: {prefix: one.}\n";
        try (LiveLedger first = ledger("first", "first", prefix)) {
            first.awaitReady();
            awaitClocks("one.");

            // When
            Throwable refused = ledger("second", "second", prefix).awaitFailure();
            CommandRun check = run("second", "one.", "topics", "check");
            CommandRun doctor = run("second", "one.", "doctor");

            // Then
            assertThat(refused)
                    .isInstanceOf(OtherApplicationException.class)
                    .hasMessageContaining("application first wrote the newest record of topic one.")
                    .hasMessageContaining("(partition ")
                    .hasMessageContaining("offset ")
                    .hasMessageContaining("topics.prefix")
                    .hasMessageContaining("set application");
            assertThat(check.exitCode()).isEqualTo(ExitCode.OTHER_APPLICATION);
            assertThat(check.out()).contains("error: application first wrote the newest record of topic one.");
            assertThat(doctor.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(doctor.out()).containsPattern("error +owner +application first wrote");
        }

        // And when
        try (LiveLedger successor = ledger("second", "second", "topics: {prefix: one., predecessors: [first]}\n")) {
            successor.awaitReady();
            awaitClocks("one.", "second");
        }

        // Then
        try (LiveLedger again = ledger("second", "second", prefix)) {
            again.awaitReady();
        }
        assertThat(ledger("first", "first", prefix).awaitFailure()).hasMessageContaining("application second wrote");
    }

    @Test
    void shouldPassWhenTheRecordsAreOfABuildThatSignedNone() {
        // Given
        createTopics("old.");
        try (EventFeed feed = EventFeed.into(stack)) {
            feed.send(new ProducerRecord<>("old.dispositions", "key".getBytes(StandardCharsets.UTF_8), null));
        }

        // When
        CommandRun check = run("any", "old.", "topics", "check");

        // Then
        assertThat(check.exitCode()).as(check.out() + check.err()).isEqualTo(ExitCode.OK);
    }

    private static LiveLedger ledger(String application, String state, String settings) {
        return LiveLedger.start(
                stack, directory.resolve(state), QUICK + "application: " + application + "\n" + settings);
    }

    private static void createTopics(String prefix) {
        CommandRun apply = run("any", prefix, "topics", "apply", "--partitions", "2");
        assertThat(apply.exitCode()).as(apply.err() + apply.out()).isZero();
    }

    private static CommandRun run(String application, String prefix, String... arguments) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS",
                stack.bootstrapServers(),
                "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL",
                stack.registryUrl(),
                "FOUNDLING_STATE_DIRECTORY",
                directory.resolve("command").toString(),
                "FOUNDLING_APPLICATION",
                application,
                "FOUNDLING_TOPICS_PREFIX",
                prefix,
                "FOUNDLING_SOURCES",
                TopicNames.EVENTS));
        return CommandRun.with(environment, arguments);
    }

    private static void awaitClocks(String prefix) {
        awaitClocks(prefix, "");
    }

    /** Waits until an application has written. */
    private static void awaitClocks(String prefix, String application) {
        await("a report about a clock")
                .atMost(LiveLedger.PATIENCE)
                .until(() -> new TopicReader(stack.bootstrapServers())
                        .committed(prefix + "clocks").stream()
                                .map(TwoApplicationsIT::writer)
                                .anyMatch(writer -> writer.contains(application)));
    }

    private static Set<String> writers(TopicPrefix prefix) {
        TopicReader reader = new TopicReader(stack.bootstrapServers());
        return TopicContracts.declared(prefix).all().stream()
                .filter(TopicContract::isWritten)
                .flatMap(topic -> reader.written(topic.name()).stream())
                .map(TwoApplicationsIT::writer)
                .collect(Collectors.toSet());
    }

    private static String writer(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader(Headers.APPLICATION).value(), StandardCharsets.UTF_8);
    }
}
