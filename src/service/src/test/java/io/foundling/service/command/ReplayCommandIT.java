package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.tail.Tail;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of a file sent to a real broker as events. */
class ReplayCommandIT {

    private static CommandStack stack;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startStack() {
        stack = CommandStack.withTopics();
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void shouldSendEveryLineUnderItsSubjectKeyAndTheSameAgainWhenRepeated() throws IOException {
        // Given
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            lines.append(
                    "{\"case\":\"declaration é/%d\",\"step\":\"%d\",\"activity\":\"Declaration SUBMITTED by X\",\"timestamp\":\"2017-01-09T09:49:50.000+01:00\"}%n"
                            .formatted(i, i));
        }
        Path input = Files.writeString(directory.resolve("input.jsonl"), lines);

        // When
        CommandRun first = replay(input, "--pause-every", "50", "--pause-for", "1ms");
        CommandRun second = replay(input, "--rate", "10000");

        // Then
        assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.OK);
        assertThat(first.out()).contains("lines 200, events sent 200 (Deferred 200)");
        assertThat(second.out()).isEqualTo(first.out());
        List<ConsumerRecord<byte[], byte[]>> records = records(TopicNames.EVENTS);
        assertThat(records).hasSize(400);
        List<AuditEvent> events = new ArrayList<>();
        try (Deserializer<AuditEvent> deserializer = AvroSerdes.deserializer(stack.avro(), AuditEvent.class)) {
            records.forEach(record -> events.add(deserializer.deserialize(record.topic(), record.value())));
        }
        assertThat(records)
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .isEqualTo(events.stream()
                        .map(event -> SubjectKey.of(event.getSubject()))
                        .toList());
        assertThat(records)
                .allSatisfy(record ->
                        assertThat(record.partition()).isEqualTo(Utils.toPositive(Utils.murmur2(record.key())) % 6));
        assertThat(events).extracting(AuditEvent::getBody).hasOnlyElementsOfType(Deferred.class);
        assertThat(events.stream().distinct()).hasSize(200);
    }

    private CommandRun replay(Path input, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "replay",
                "--mapping",
                "../../deploy/examples/domestic-declarations.mapping.yaml",
                "--input",
                input.toString()));
        arguments.addAll(List.of(more));
        return stack.run(arguments.toArray(String[]::new));
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Tail tail = Tail.open(stack.kafka(), topic, true, false)) {
            tail.run(records::add);
        }
        return records;
    }
}
