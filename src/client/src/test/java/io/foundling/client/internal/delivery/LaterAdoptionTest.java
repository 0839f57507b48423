package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.AuditEvent;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.TestRecorder;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.client.internal.spool.Spool;
import io.foundling.client.internal.spool.SpoolSiblings;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorder that runs sends what others leave later. */
@Timeout(60)
class LaterAdoptionTest {

    private static final String TOPIC = "audit.events";
    private static final Duration OFTEN = Duration.ofMillis(20);

    @TempDir
    private Path home;

    private final MockProducer<String, AuditEvent> producer =
            new MockProducer<>(true, null, new StringSerializer(), new AvroSerializer<>(new InMemoryRegistryClient()));
    private final InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
    private final BrokerLink link = new BrokerLink(TOPIC, () -> producer, Optional.empty());
    private SpoolSiblings siblings;
    private Adoption adoption;

    @BeforeEach
    void start() {
        siblings = new SpoolSiblings(home);
        DeliveryCounts counts = new DeliveryCounts(
                RecorderSettings.fromProperties(Map.of(
                        "audit.bootstrap.servers", "unused:1",
                        "audit.schema.registry.url", "mock://unused",
                        "audit.service", "declarations")),
                metrics,
                System::nanoTime);
        adoption = new Adoption(siblings, home.resolve("own"), OFTEN, link, counts);
        adoption.start();
    }

    @AfterEach
    void stop() {
        adoption.stop();
        link.close(Duration.ZERO);
        adoption.end();
    }

    @Test
    void shouldSendWhatIsLeftWhenARecorderEndsLater() throws IOException {
        // Given
        Spool living = siblings.open("pod-1", 1 << 20, SpoolCodec.description(TOPIC), spool -> true);
        write(living, 3);
        leaveNothing("pod-2"); // When its directory is gone, the adoption has looked at the other one too.
        assertThat(producer.history()).isEmpty();

        // When
        living.close();

        // Then
        await().until(() -> Files.notExists(home.resolve("pod-1")));
        assertThat(producer.history())
                .extracting(record -> record.value().getSubject().getId())
                .containsExactly("0", "1", "2");
        assertThat(metrics.writtenEvents()).isEqualTo(3);
        assertThat(adoption.bytes()).isZero();
    }

    @Test
    void shouldGoOnWithTheOthersWhenOneCannotBeUsed() throws IOException {
        // Given
        Files.createDirectories(home.resolve("a-broken-one/lock"));
        Files.write(home.resolve("a-broken-one/sent"), new byte[] {(byte) 0xF0, 0x5B, 0x5E, 0x47});

        // When
        try (Spool left = siblings.open("pod-1", 1 << 20, SpoolCodec.description(TOPIC), spool -> true)) {
            write(left, 1);
        }

        // Then
        await().until(() -> Files.notExists(home.resolve("pod-1")));
        assertThat(producer.history()).hasSize(1);
        assertThat(home.resolve("a-broken-one/lock")).exists();
    }

    @Test
    void shouldLeaveItsOwnSpoolAndThoseThatItCannotSend() throws IOException {
        // Given
        byte[] description = SpoolCodec.description(TOPIC);
        left("own", description);
        left("a-other-topic", SpoolCodec.description("other.events"));
        left("b-later-version", withAnotherBranch(description));

        // When
        leaveNothing("pod-2");
        leaveNothing("pod-3"); // The adoption has looked at the others twice at least.

        // Then
        assertThat(producer.history()).isEmpty();
        for (String kept : List.of("own", "a-other-topic", "b-later-version")) {
            try (Spool spool = siblings.open(kept, 1 << 20, description, found -> true)) {
                assertThat(spool.bytes()).as(kept).isPositive();
            }
        }
    }

    private void left(String name, byte[] description) throws IOException {
        try (Spool spool = siblings.open(name, 1 << 20, description, found -> true)) {
            write(spool, 1);
        }
    }

    /** Returns the schema of a version that knows one more body. */
    private static byte[] withAnotherBranch(byte[] description) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode schema = (ObjectNode) json.readTree(description);
        ArrayNode fields = (ArrayNode) schema.get("fields");
        ArrayNode bodies = (ArrayNode) fields.get(fields.size() - 1).get("type");
        bodies.addObject()
                .put("type", "record")
                .put("name", "Unheard")
                .put("namespace", "io.foundling.audit")
                .putArray("fields");
        return json.writeValueAsBytes(schema);
    }

    private void leaveNothing(String instance) throws IOException {
        siblings.open(instance, 1 << 20, SpoolCodec.description(TOPIC), spool -> true)
                .close();
        await().until(() -> Files.notExists(home.resolve(instance)));
    }

    private static void write(Spool spool, int events) throws IOException {
        SpoolCodec codec = new SpoolCodec();
        InMemoryAuditRecorder source = new InMemoryAuditRecorder();
        for (int i = 0; i < events; i++) {
            source.opened(TestRecorder.subject(i));
            byte[] payload = codec.payload(i + 1, source.last());
            spool.add(payload, 0, payload.length);
        }
        spool.write();
    }
}
