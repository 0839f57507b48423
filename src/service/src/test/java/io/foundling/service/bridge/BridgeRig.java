package io.foundling.service.bridge;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.service.config.BridgeSettings;
import io.foundling.service.mapping.MappingReader;
import io.foundling.service.metrics.BridgeMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology of one bridge without brokers. */
final class BridgeRig implements AutoCloseable {

    static final String INPUT = "shop.outbox";
    static final String OUTPUT = "audit.events";
    static final String DEAD_LETTERS = "audit.dead-letters";

    /** Orders that are placed, and paid or not. */
    static final String MAPPING = """
            subject: {kind: RECORD, source: shop, stage: order, id: {field: id}}
            time: {field: at}
            eventId: [id, what]
            facts:
              field: what
              otherwise: skip
              rules:
                - {when: placed, body: Deferred}
                - {when: paid, body: Completed}
                - {when: failed, body: Failed, fields: {errorType: {field: error}, message: m, retriable: false}}
            """;

    /** A record with a list of orders. */
    static final String MAPPING_OF_ITEMS = """
            subject: {kind: RECORD, source: shop, stage: order, id: {element: id}}
            time: {field: at}
            facts:
              rules:
                - events:
                    - {forEach: items, eventId: [{element: id}], body: Deferred}
            """;

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> input;
    private final TestOutputTopic<byte[], byte[]> output;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final Deserializer<AuditEvent> events;
    private final BridgeMetrics metrics;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final InMemoryRegistryClient registry = new InMemoryRegistryClient();

    BridgeRig(BridgeSettings.Format format) {
        this(format, MAPPING, 1_000_000);
    }

    BridgeRig(BridgeSettings.Format format, String mapping, int maxBytes) {
        BridgeSettings settings = new BridgeSettings("orders", INPUT, format, Path.of("orders.yaml"), OUTPUT);
        Map<String, Object> avro = Map.of(AvroConfig.REGISTRY_CLIENT, registry);
        metrics = new BridgeMetrics(meters, "orders", INPUT, OUTPUT);
        events = AvroSerdes.deserializer(avro, AuditEvent.class);
        driver = new TopologyTestDriver(
                BridgeTopology.of(
                        settings,
                        DEAD_LETTERS,
                        () -> new BridgeProcessor(
                                "orders",
                                "foundling",
                                new EventMaking(
                                        format == BridgeSettings.Format.JSON
                                                ? new JsonValues()
                                                : new AvroValues(INPUT, registry),
                                        MappingReader.read("orders.yaml", mapping),
                                        AvroSerdes.<AuditEvent>serializer(avro, false),
                                        OUTPUT,
                                        maxBytes),
                                metrics)),
                properties());
        input = driver.createInputTopic(INPUT, new ByteArraySerializer(), new ByteArraySerializer());
        output = driver.createOutputTopic(OUTPUT, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "foundling-bridge-orders");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        return properties;
    }

    void pipe(String value) {
        pipe(value.getBytes(StandardCharsets.UTF_8));
    }

    void pipe(byte[] value) {
        input.pipeInput("key".getBytes(StandardCharsets.UTF_8), value);
        metrics.counts().committed();
    }

    /** A record with a key, a timestamp and headers, as the binary mode of CloudEvents has them. */
    void pipe(String key, String value, Instant at, Map<String, String> headers) {
        RecordHeaders texts = new RecordHeaders();
        headers.forEach((name, text) -> texts.add(name, text.getBytes(StandardCharsets.UTF_8)));
        input.pipeInput(new TestRecord<>(
                key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8), texts, at));
        metrics.counts().committed();
    }

    List<TestRecord<byte[], byte[]>> written() {
        return output.readRecordsToList();
    }

    AuditEvent event(TestRecord<byte[], byte[]> record) {
        return events.deserialize(OUTPUT, record.value());
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        return record.headers().lastHeader(name) == null
                ? ""
                : new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    double count(String outcome) {
        return meters.get("foundling_bridge_records_total")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Override
    public void close() {
        driver.close();
    }
}
