package io.foundling.service.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.schemas.SubjectKey;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.service.config.BridgeSettings.Format;
import io.foundling.topology.names.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of each record. Proves rule L2. */
class BridgeTopologyTest {

    private static final String PLACED = "{\"id\": \"o-1\", \"at\": \"2026-11-30T12:00:00Z\", \"what\": \"placed\"}";

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final String CLOUD_EVENTS = """
            subject: {kind: RECORD, source: shop, stage: order, id: {key: .}}
            time: {record: timestamp}
            eventId: [{header: ce_id}]
            traceparent: {header: ce_traceparent}
            facts:
              rules:
                - {when: {header: ce_type, is: placed}, body: Deferred}
              otherwise: skip
            """;

    @Test
    void shouldWriteTheEventUnderTheKeyOfItsSubject() {
        try (BridgeRig rig = new BridgeRig(Format.JSON)) {
            // When
            rig.pipe(PLACED);

            // Then
            TestRecord<byte[], byte[]> written = rig.written().get(0);
            AuditEvent event = rig.event(written);
            assertThat(event.getBody()).isInstanceOf(Deferred.class);
            assertThat(new String(written.key(), StandardCharsets.UTF_8))
                    .isEqualTo("record/shop/order/o-1")
                    .isEqualTo(SubjectKey.of(event.getSubject()));
            assertThat(rig.count("events")).isEqualTo(1);
            assertThat(rig.meters.get("foundling_bridge_events_total").counter().count())
                    .isEqualTo(1);
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    /** The binary mode of CloudEvents: attributes are headers, the value is the data. */
    @Test
    void shouldReadKeyTimestampAndHeaders() {
        // Given
        Instant at = Instant.parse("2026-11-30T12:00:00Z");
        try (BridgeRig rig = new BridgeRig(Format.JSON, CLOUD_EVENTS, 1_000_000)) {
            // When
            rig.pipe("o-1", "{}", at, Map.of("ce_id", "7", "ce_type", "placed", "ce_traceparent", TRACE));

            // Then
            AuditEvent event = rig.event(rig.written().get(0));
            assertThat(event.getSubject().getId()).isEqualTo("o-1");
            assertThat(event.getOccurredAt()).isEqualTo(at);
            assertThat(event.getTraceparent()).isEqualTo(TRACE);
        }
    }

    /** So that a bridge that reads its topic again writes nothing new. */
    @Test
    void shouldGiveTheSameEventTheSameId() {
        try (BridgeRig rig = new BridgeRig(Format.JSON)) {
            // When
            rig.pipe(PLACED);
            rig.pipe(PLACED);

            // Then
            List<TestRecord<byte[], byte[]>> written = rig.written();
            assertThat(written).hasSize(2);
            assertThat(written.get(1).value()).isEqualTo(written.get(0).value());
        }
    }

    @Test
    void shouldPassOverWhatTheMappingLeavesOutAndTombstones() {
        try (BridgeRig rig = new BridgeRig(Format.JSON)) {
            // When
            rig.pipe(PLACED.replace("placed", "viewed"));
            rig.pipe((byte[]) null);

            // Then
            assertThat(rig.written()).isEmpty();
            assertThat(rig.deadLetters()).isEmpty();
            assertThat(rig.count("left_out")).isEqualTo(1);
            assertThat(rig.count("no_value")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no json                                                  | NOT_JSON   | the value is no valid JSON | ''
            []                                                       | NOT_JSON   | the value is no JSON object | ''
            {"id": "a", "what": "placed"}                            | NOT_MAPPED | the record has | facts.rules[0]
            {"id": "a", "at": "soon", "what": "paid"}                | NOT_MAPPED | the record has | facts.rules[1]
            """)
    void shouldKeepARecordThatGivesNoEventWithTheReasonAndTheRule(
            String value, String reason, String sentence, String rule) {
        try (BridgeRig rig = new BridgeRig(Format.JSON)) {
            // Given
            rig.pipe(PLACED);

            // When
            rig.pipe(value);
            rig.pipe(PLACED);

            // Then
            assertThat(rig.written()).hasSize(2);
            TestRecord<byte[], byte[]> letter = rig.deadLetters().get(0);
            assertThat(letter.value()).isEqualTo(value.getBytes(StandardCharsets.UTF_8));
            assertThat(letter.key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
            assertThat(BridgeRig.header(letter, Headers.REASON)).isEqualTo(reason);
            assertThat(BridgeRig.header(letter, Headers.MESSAGE)).startsWith(sentence);
            assertThat(BridgeRig.header(letter, Headers.RULE)).isEqualTo(rule);
            assertThat(BridgeRig.header(letter, Headers.BRIDGE)).isEqualTo("orders");
            assertThat(BridgeRig.header(letter, Headers.APPLICATION)).isEqualTo("foundling");
            assertThat(BridgeRig.header(letter, Headers.TOPIC)).isEqualTo(BridgeRig.INPUT);
            assertThat(BridgeRig.header(letter, Headers.PARTITION)).isEqualTo("0");
            assertThat(BridgeRig.header(letter, Headers.OFFSET)).isEqualTo("1");
            assertThat(rig.count("dead_letter")).isEqualTo(1);
        }
    }

    /** The broker would refuse it each time, and the bridge could not go on. */
    @Test
    void shouldKeepARecordWhoseEventIsTooLarge() {
        try (BridgeRig rig = new BridgeRig(Format.JSON, BridgeRig.MAPPING, 100)) {
            // When
            rig.pipe(PLACED.replace("o-1", "o".repeat(100)));

            // Then
            assertThat(rig.written()).isEmpty();
            TestRecord<byte[], byte[]> letter = rig.deadLetters().get(0);
            assertThat(BridgeRig.header(letter, Headers.REASON)).isEqualTo("TOO_LARGE");
            assertThat(BridgeRig.header(letter, Headers.MESSAGE))
                    .matches("the event of it has \\d+ bytes, expected at most 100 for topic audit.events");
        }
    }

    @Test
    void shouldKeepARecordWhoseEventTheLedgerWouldNotApply() {
        try (BridgeRig rig = new BridgeRig(Format.JSON)) {
            // When
            rig.pipe(PLACED.replace("o-1", "o".repeat(1_100)));

            // Then
            assertThat(rig.written()).isEmpty();
            TestRecord<byte[], byte[]> letter = rig.deadLetters().get(0);
            assertThat(BridgeRig.header(letter, Headers.REASON)).isEqualTo("NOT_MAPPED");
            assertThat(BridgeRig.header(letter, Headers.MESSAGE))
                    .isEqualTo(
                            "the ledger would not apply the event of it: the subject key has 1118 bytes; expected at most"
                                    + " 1024");
        }
    }

    @Test
    void shouldKeepARecordWhoseEventsAreTooLargeTogether() {
        String items = IntStream.range(0, 40)
                .mapToObj(i -> "{\"id\":\"" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        try (BridgeRig rig = new BridgeRig(Format.JSON, BridgeRig.MAPPING_OF_ITEMS, 300)) {
            // When
            rig.pipe("{\"at\":\"2026-01-05T12:00:00Z\",\"items\":" + items + "}");

            // Then
            assertThat(rig.written()).isEmpty();
            assertThat(BridgeRig.header(rig.deadLetters().get(0), Headers.MESSAGE))
                    .isEqualTo("the 40 events of it have more than 4800 bytes together, expected at most as many");
        }
    }

    @Test
    void shouldReadAvroOfAnySchema() throws IOException {
        try (BridgeRig rig = new BridgeRig(Format.AVRO)) {
            // When
            rig.pipe(order(rig));

            // Then
            assertThat(rig.event(rig.written().get(0)).getSubject().getId()).isEqualTo("o-1");
        }
    }

    @Test
    void shouldKeepAvroThatCannotBeRead() {
        try (BridgeRig rig = new BridgeRig(Format.AVRO)) {
            // When
            rig.pipe(PLACED);
            rig.pipe(ByteBuffer.allocate(6).putInt(1, 99).array());

            // Then
            assertThat(rig.deadLetters())
                    .extracting(letter -> BridgeRig.header(letter, Headers.REASON))
                    .containsExactly("NOT_AVRO_MESSAGE", "UNKNOWN_SCHEMA_ID");
        }
    }

    /** The stream thread ends and is replaced; the record is read again. */
    @Test
    void shouldNotBlameTheRecordWhenTheRegistryIsAway() throws IOException {
        try (BridgeRig rig = new BridgeRig(Format.AVRO)) {
            // Given
            byte[] order = order(rig);
            rig.registry.down(true);

            // Then
            assertThatThrownBy(() -> rig.pipe(order)).hasRootCauseInstanceOf(RegistryUnavailableException.class);
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    /** By the recorder of the client, and by replay, which use Kafka's own partitioner. */
    @Test
    void shouldUseThePartitionThatTheRecorderUses() {
        // Given
        PartitionOfSubject partitioner = new PartitionOfSubject();

        // Then
        for (int partitions : new int[] {1, 3, 6, 48}) {
            for (int id = 0; id < 200; id++) {
                byte[] key = ("record/shop/order/" + id).getBytes(StandardCharsets.UTF_8);
                assertThat(partitioner.partitions("audit.events", key, key, null, partitions))
                        .hasValueSatisfying(
                                found -> assertThat(found).containsExactly(defaultPartition(key, partitions)));
            }
        }
    }

    private static int defaultPartition(byte[] key, int partitions) {
        return org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(key, partitions);
    }

    private static byte[] order(BridgeRig rig) throws IOException {
        Schema schema = SchemaBuilder.record("shop.Order")
                .fields()
                .requiredString("id")
                .requiredString("at")
                .requiredString("what")
                .endRecord();
        GenericRecord order = new GenericRecordBuilder(schema)
                .set("id", "o-1")
                .set("at", "2026-11-30T12:00:00Z")
                .set("what", "placed")
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5)
                .putInt(1, rig.registry.register(BridgeRig.INPUT + "-value", schema))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(order, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
