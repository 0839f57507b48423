package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.service.it.rig.CommittedRecords;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Promises;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger that moves to another cluster, with the commands of operation.md. Copied records have other
 * partitions, offsets and times there.
 */
class AnotherClusterIT {

    private static final String CONFIG = "allowedLag: 1s\nsettleGrace: 1s\nlateArrivalGrace: 2s\n";
    private static final Path PAGE = Path.of("docs", "operation.md");
    private static final String STEPS = "## How does a ledger move to another cluster?";
    private static final List<String> OUTPUTS =
            List.of(TopicNames.DISPOSITIONS, TopicNames.ORPHANS, TopicNames.SETTLEMENTS, TopicNames.ALERTS);

    @TempDir
    private Path directory;

    private final LocalStack former = LocalStack.startTemporary();
    private LocalStack present = former;

    @AfterEach
    void stop() {
        if (present != former) {
            present.close();
        }
        former.close();
    }

    @Test
    void shouldGoOnThereAsIfItHadNotMoved() throws Exception {
        // Given
        Path config = Files.writeString(directory.resolve("foundling.yaml"), CONFIG);
        LiveLedger.createTopics(former, 3, TopicNames.EVENTS);
        Promises promises = former.closeFirst(new Promises(former));
        SettledBatch batch = new SettledBatch(former);
        ServiceProcess service = former.closeFirst(ServiceProcess.of(former, directory, "former", config, Map.of()));
        service.start().awaitReady();
        promises.make(100);
        promises.breakAt(Instant.now(), 10);
        promises.awaitWarnings();
        batch.settleWithOneMissing();
        promises.keep();
        promises.make(100);
        promises.awaitSeen();
        service.terminate();
        // Not read before the move.
        promises.keep();
        promises.make(20);
        promises.breakAt(Instant.now(), 5);

        // When
        present = withTheSchemasOfTheFormer();
        List<String> commands = commands();
        run(commands.get(0), config, Instant.EPOCH);
        Instant from = copy();
        run(commands.get(1), config, from);
        service = present.closeFirst(ServiceProcess.of(present, directory, "present", config, Map.of()));
        service.start().awaitReady();
        Promises moved = present.closeFirst(promises.on(present));
        moved.breakAt(Instant.now(), 10);
        moved.keep();

        // Then
        moved.assertKept();
        SettledBatch settled = batch.on(present);
        settled.assertSettledOnce();
        settled.returnTheMissing();
        settled.awaitAlert(AlertStatus.RESOLVED);
    }

    private LocalStack withTheSchemasOfTheFormer() throws IOException {
        former.registry().stop();
        Path to = Files.createDirectories(directory.resolve("present-cluster").resolve("registry"));
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(former.directory().resolve("registry"), "schemas*")) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return LocalStack.startIn(directory.resolve("present-cluster"));
    }

    /** Copies as a mirror does that places records by their keys, and returns a time before unread events were copied. */
    private Instant copy() {
        CommittedRecords committed = new CommittedRecords(former.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", present.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            OUTPUTS.forEach(topic -> copy(producer, committed.of(topic)));
            List<ConsumerRecord<byte[], byte[]>> events = committed.of(TopicNames.EVENTS).stream()
                    .sorted((a, b) -> Long.compare(a.timestamp(), b.timestamp()))
                    .toList();
            copy(producer, events.subList(0, 50));
            Instant from = Instant.now();
            copy(producer, events.subList(50, events.size()));
            return from;
        }
    }

    private static void copy(KafkaProducer<byte[], byte[]> producer, List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(record -> producer.send(new ProducerRecord<>(
                record.topic(), null, record.timestamp(), record.key(), record.value(), record.headers())));
        producer.flush();
    }

    /** Returns the commands of ours among the steps. */
    private static List<String> commands() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals(STEPS))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .map(String::strip)
                .filter(line -> line.startsWith("./foundling "))
                .toList();
    }

    private void run(String command, Path config, Instant from) {
        String[] arguments = Arrays.stream(command.split(" "))
                .skip(1)
                .map(word -> word.equals("foundling.yaml") ? config.toString() : word)
                .map(word -> word.equals("TIME") ? from.toString() : word)
                .toArray(String[]::new);
        CommandRun ended = CommandRun.with(LiveLedger.environment(present), arguments);
        assertThat(ended.exitCode()).as(ended.err() + ended.out()).isZero();
    }
}
