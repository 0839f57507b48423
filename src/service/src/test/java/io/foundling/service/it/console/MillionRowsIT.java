package io.foundling.service.it.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Status;
import io.foundling.console.model.ModelRecords;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A console with a heap of 256 MiB and 1,000,000 subjects that await, each with an orphan: it exports them all in little more
 * memory, and every page is soon there.
 */
@Tag("full")
class MillionRowsIT {

    private static final int ROWS = Integer.getInteger("foundling.rows", 1_000_000);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration PAGE_LIMIT = Duration.ofSeconds(6);
    private static final long MORE_MEMORY_KB = 96 * 1024;
    private static final Pattern ADDRESS = Pattern.compile("console answers at (http://\\S+)");
    private static final List<String> PAGES = List.of(
            "/overview",
            "/awaiting",
            "/awaiting?order=deadline",
            "/awaiting?source=university&stage=declaration&status=DEFERRED",
            "/orphans",
            "/orphans?source=university&stage=declaration&reason=DEADLINE_PASSED",
            "/batches",
            "/subjects/" + ModelRecords.key("500000"));

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldExportAndShowAMillionRowsInLittleMemory() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 4, TopicNames.EVENTS);
            produce(stack);
            Path yaml = Files.writeString(directory.resolve("foundling.yaml"), "");
            Map<String, String> settings =
                    Map.of("console.database", "jdbc:sqlite:" + directory.resolve("model.db"), "console.port", "0");
            try (ServiceProcess console = ServiceProcess.of(stack, directory, "one", yaml, settings)
                    .running("console")
                    .start()) {
                await("all rows").atMost(PATIENCE).until(console::isReady);
                URI address = await().atMost(PATIENCE)
                        .until(() -> address(console.log()), Optional::isPresent)
                        .get();
                PAGES.forEach(page -> open(address, page));
                long before = residentKb(console);

                // When
                long lines = lines(address.resolve("/api/v1/awaiting"));
                lines += lines(address.resolve("/api/v1/orphans"));

                // Then
                long after = residentKb(console);
                System.out.printf("%,d lines; resident %,d KiB before and %,d after%n", lines, before, after);
                assertThat(lines).isEqualTo(2L * (ROWS + 1));
                assertThat(after - before).isLessThan(MORE_MEMORY_KB);
                assertThat(PAGES)
                        .allSatisfy(page -> assertThat(open(address, page)).isLessThan(PAGE_LIMIT));
            }
        }
    }

    private static void produce(LocalStack stack) {
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "compression.type", "lz4", "linger.ms", "20"),
                new StringSerializer(),
                AvroSerdes.serializer(Map.of("schema.registry.url", stack.registryUrl()), false))) {
            for (int i = 0; i < ROWS; i++) {
                String id = Integer.toString(i);
                String key = ModelRecords.key(id);
                producer.send(new ProducerRecord<>(
                        TopicNames.DISPOSITIONS, key, ModelRecords.disposition(id, Status.DEFERRED)));
                producer.send(new ProducerRecord<>(
                        TopicNames.ORPHANS, key, ModelRecords.warning(id, ModelRecords.NOON.plusSeconds(i))));
            }
        }
    }

    private static Optional<URI> address(String log) {
        Matcher found = ADDRESS.matcher(log);
        return found.find() ? Optional.of(URI.create(found.group(1))) : Optional.empty();
    }

    private static long residentKb(ServiceProcess console) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(console.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** Returns how long the page took. */
    private Duration open(URI address, String page) {
        long begin = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(address.resolve(page))
                            .header("Accept", "text/html")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(page, failed);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        System.out.printf("%s: %,d ms%n", page, taken.toMillis());
        return taken;
    }

    private long lines(URI list) throws Exception {
        HttpResponse<InputStream> export = http.send(
                HttpRequest.newBuilder(list).header("Accept", "text/csv").build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(export.statusCode()).isEqualTo(200);
        long lines = 0;
        byte[] buffer = new byte[64 * 1024];
        try (InputStream body = export.body()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }
}
