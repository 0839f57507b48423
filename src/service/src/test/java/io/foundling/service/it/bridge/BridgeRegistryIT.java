package io.foundling.service.it.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.LiveProcess;
import io.foundling.service.it.rig.Outbox;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in Avro, and a registry that is away when a new schema comes. */
class BridgeRegistryIT {

    private static final Schema ORDER = SchemaBuilder.record("shop.Order")
            .fields()
            .requiredString("id")
            .requiredLong("at")
            .endRecord();

    private static final String MAPPING = """
            subject: {kind: RECORD, source: shop, stage: order, id: {field: id}}
            time: {field: at, format: epoch-millis}
            eventId: [id]
            facts:
              field: id
              rules:
                - {when: '*', body: Opened}
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldWaitForTheRegistryAndMakeNoDeadLetter() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
            stack.closeFirst(new Outbox(stack, 1));
            EventFeed feed = stack.closeFirst(EventFeed.into(stack));
            byte[] order = order(stack);
            Path mapping = Files.writeString(directory.resolve("orders.yaml"), MAPPING);
            try (LiveBridge bridge = LiveBridge.start(stack, """
                            bridges: [{name: orders, input: %s, format: AVRO, mappingFile: "%s"}]
                            """.formatted(Outbox.TOPIC, mapping))
                    .awaitReady()) {
                // When
                stack.registry().stop();
                feed.send(new ProducerRecord<>(Outbox.TOPIC, order));

                // Then
                await("it says so")
                        .atMost(LiveProcess.PATIENCE)
                        .until(() -> bridge.probes().notReady().contains("the schema registry does not answer"));
                assertThat(bridge.probes().isAlive()).isTrue();
                stack.registry().start();
                await("the event").atMost(LiveProcess.PATIENCE).until(() -> bridge.records("events") == 1);
                assertThat(new TopicReader(stack.bootstrapServers()).committed(TopicNames.DEAD_LETTERS))
                        .isEmpty();
                bridge.awaitReady();
            }
        }
    }

    private static byte[] order(LocalStack stack) throws IOException {
        GenericRecord order = new GenericRecordBuilder(ORDER)
                .set("id", "o-1")
                .set("at", 1_764_500_000_000L)
                .build();
        try (RegistryClient registry = AvroSerdes.registryClient(Map.of("schema.registry.url", stack.registryUrl()))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(ByteBuffer.allocate(5)
                    .putInt(1, registry.register(Outbox.TOPIC + "-value", ORDER))
                    .array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(ORDER).write(order, encoder);
            encoder.flush();
            return bytes.toByteArray();
        }
    }
}
