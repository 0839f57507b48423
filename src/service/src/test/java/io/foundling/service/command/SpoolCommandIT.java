package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.schemas.AvroSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command spool says of spools, and what it sends to a real broker. */
class SpoolCommandIT {

    private static final String NOWHERE = "127.0.0.1:1";

    /** Counted from the end of a segment with three events of about 100 bytes. */
    private static final int IN_THE_SECOND_EVENT = 150;

    private static CommandStack stack;

    @TempDir
    private Path root;

    @BeforeAll
    static void startStack() {
        stack = CommandStack.withTopics();
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void shouldShowAndSendWhatAnEndedRecorderLeft() {
        // Given
        recorder("shown", "pod-1", 500).close(Duration.ZERO);
        Path spool = root.resolve("shown/pod-1");

        // When
        CommandRun shown = CommandRun.of("spool", "show", root.toString());
        CommandRun sent = stack.run("spool", "send", spool.toString());

        // Then
        assertThat(shown.exitCode()).as(shown.err()).isEqualTo(ExitCode.OK);
        assertThat(shown.out())
                .startsWith(spool + System.lineSeparator())
                .containsPattern("waiting +500 events, [0-9,]+ bytes")
                .containsPattern("occurred +[0-9-]+T\\S+Z to [0-9-]+T\\S+Z")
                .containsPattern("producer +shown pod-1")
                .containsPattern("recorder +ended: .*foundling spool send " + spool)
                .doesNotContain("damaged", "spools");
        assertThat(sent.exitCode()).as(sent.out() + sent.err()).isEqualTo(ExitCode.OK);
        assertThat(sent.out()).isEqualToIgnoringNewLines(spool + ": sent 500 events to audit.events; nothing is left");
        assertThat(spool).doesNotExist();
        assertThat(events("shown"))
                .hasSize(500)
                .allMatch(event -> event.getProducer().getInstance().equals("pod-1"))
                .extracting(event -> event.getSubject().getId())
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveARunningRecorderItsSpool() {
        // Given
        try (AuditRecorder running = recorder("running", "pod-1", 1)) {
            recorder("running", "pod-2", 2).close(Duration.ZERO);
            Path spool = root.resolve("running/pod-1");

            // When
            CommandRun both = CommandRun.of("spool", "show", root.toString());
            CommandRun one = stack.run("spool", "send", spool.toString());
            CommandRun all = stack.run("spool", "send", root.toString());
            CommandRun shown = CommandRun.of("spool", "show", spool.toString());

            // Then
            assertThat(both.out().lines())
                    .endsWith("together 3 events in 2 spools; 2 events left by recorders that have ended");
            assertThat(one.exitCode()).isEqualTo(ExitCode.STATE);
            assertThat(one.out()).contains(spool + ": a recorder that runs holds the lock");
            assertThat(all.exitCode()).as(all.out() + all.err()).isEqualTo(ExitCode.OK);
            assertThat(all.out()).contains("running/pod-2: sent 2 events");
            assertThat(shown.out()).containsPattern("waiting +1 event,").contains("running: it holds the lock");
            assertThat(events("running")).hasSize(2);
            assertThat(running.close(Duration.ZERO)).isZero();
        }
    }

    @Test
    void shouldGoOnWithTheOthersWhenOneCannotBeUsed() throws IOException {
        // Given
        recorder("others", "a-broken", 1).close(Duration.ZERO);
        recorder("others", "b-intact", 2).close(Duration.ZERO);
        Path service = root.resolve("others");
        Files.writeString(service.resolve("a-broken/lock"), "of another program");

        // When
        CommandRun shown = CommandRun.of("spool", "show", root.toString());
        CommandRun sent = stack.run("spool", "send", service.toString());

        // Then
        for (CommandRun run : List.of(shown, sent)) {
            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.STATE);
            assertThat(run.err()).contains("the spool in " + service.resolve("a-broken") + " cannot be used: ");
        }
        assertThat(shown.out()).contains(service.resolve("b-intact") + System.lineSeparator());
        assertThat(sent.out()).contains("b-intact: sent 2 events").doesNotContain("a-broken");
        assertThat(service.resolve("a-broken/lock")).hasContent("of another program");
        assertThat(service.resolve("b-intact")).doesNotExist();
    }

    @Test
    void shouldPassOverTheOnlySpoolOfADirectoryWhenItIsInUse() {
        // Given
        try (AuditRecorder running = recorder("alone", "pod-1", 1)) {

            // When
            CommandRun sent = stack.run("spool", "send", root.toString());

            // Then
            assertThat(sent.exitCode()).as(sent.out() + sent.err()).isEqualTo(ExitCode.OK);
            assertThat(running.close(Duration.ZERO)).isZero();
        }
    }

    @Test
    void shouldCountWhatIsDamagedAndSendTheRest() throws IOException {
        // Given
        recorder("damaged", "pod-1", 3).close(Duration.ZERO);
        Path spool = root.resolve("damaged/pod-1");
        Path segment;
        try (Stream<Path> files = Files.list(spool)) {
            segment = files.filter(file -> file.toString().endsWith(".spool"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - IN_THE_SECOND_EVENT] ^= 1;
        Files.write(segment, bytes);

        // When
        CommandRun shown = CommandRun.of("spool", "show", spool.toString());
        CommandRun sent = stack.run("spool", "send", spool.toString());

        // Then
        assertThat(shown.out())
                .containsPattern("waiting +2 events")
                .containsPattern("damaged +[0-9]+ bytes that are no event");
        assertThat(sent.exitCode()).isEqualTo(ExitCode.UNEXPECTED);
        assertThat(sent.out())
                .contains("sent 2 events to audit.events; nothing is left")
                .contains("1 event lost: damaged");
        assertThat(events("damaged")).hasSize(2);
    }

    @Test
    void shouldKeepEverythingWhenTheRegistryIsAway() {
        // Given
        recorder("kept", "pod-1", 3).close(Duration.ZERO);
        Path spool = root.resolve("kept/pod-1");

        // When
        CommandRun sent = stack.run(
                "spool", "send", spool.toString(), "--schema-registry-url", "http://" + NOWHERE, "--patience", "3s");
        CommandRun noTopic = stack.run("spool", "send", spool.toString(), "--topic", "missing");

        // Then
        assertThat(sent.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sent.out())
                .containsPattern("sent 0 events to audit.events; [0-9]+ bytes are left")
                .containsPattern("nothing was taken for 3.0 s: .*" + NOWHERE);
        assertThat(noTopic.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(noTopic.err()).contains("missing");
        assertThat(CommandRun.of("spool", "show", spool.toString()).out()).containsPattern("waiting +3 events");
    }

    @Test
    void shouldSayWhenThereIsNoSpool() throws IOException {
        // Given
        Path file = Files.createFile(root.resolve("file"));

        // When
        CommandRun empty = CommandRun.of("spool", "show", root.toString());
        CommandRun none = CommandRun.of("spool", "show", root.resolve("none").toString());
        CommandRun noDirectory = CommandRun.of("spool", "show", file.toString());
        CommandRun noCommand = CommandRun.of("spool");

        // Then
        assertThat(empty.exitCode()).isEqualTo(ExitCode.STATE);
        assertThat(empty.err()).contains("there is no spool in " + root);
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("there is no directory " + root.resolve("none"));
        assertThat(noDirectory.err()).contains(file + " is a file, expected the directory of a spool");
        assertThat(noCommand.err()).contains("a command is missing: show or send");
    }

    /** Records while no broker is there. */
    private AuditRecorder recorder(String service, String instance, int events) {
        KafkaAuditRecorder recorder = KafkaAuditRecorder.builder()
                .bootstrapServers(NOWHERE)
                .schemaRegistryUrl("http://" + NOWHERE)
                .service(service)
                .instance(instance)
                .spillBelow(root, 10 << 20)
                .durable(Duration.ZERO)
                .build();
        for (int i = 0; i < events; i++) {
            recorder.opened(new Subject(SubjectKind.RECORD, service, "declaration", instance + i));
        }
        return recorder;
    }

    /** Returns the events of a service that are in the topic. */
    private static List<AuditEvent> events(String service) {
        Map<String, Object> kafka = new HashMap<>(stack.kafka());
        List<AuditEvent> found = new ArrayList<>();
        try (Deserializer<AuditEvent> value = AvroSerdes.deserializer(stack.avro(), AuditEvent.class);
                KafkaConsumer<String, AuditEvent> consumer =
                        new KafkaConsumer<>(kafka, new StringDeserializer(), value)) {
            List<TopicPartition> partitions = consumer.partitionsFor("audit.events").stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<String, AuditEvent> record : consumer.poll(Duration.ofMillis(100))) {
                    found.add(record.value());
                }
            }
        }
        return found.stream()
                .filter(event -> event.getProducer().getService().equals(service))
                .toList();
    }
}
