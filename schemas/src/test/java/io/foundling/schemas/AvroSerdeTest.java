package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.schemas.registry.SchemaRejectedException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

    private static final String TOPIC = "audit.events";

    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final AvroSerde<AuditEvent> serde = new AvroSerde<>(registry, AuditEvent.class);

    @Test
    void shouldGiveTheSameRecordWhenItIsWrittenAndRead() {
        // Given
        AuditEvent event = Records.deferredEvent();

        // When
        byte[] message = serde.serializer().serialize(TOPIC, event);

        // Then
        assertThat(serde.deserializer().deserialize(TOPIC, message)).isEqualTo(event);
        assertThat(message).startsWith(0, 0, 0, 0, 1);
        assertThat(registry.subjects()).containsExactly("audit.events-value");
    }

    @Test
    void shouldGiveNullWhenTheValueIsNull() {
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void shouldBeReadableByAvroItselfWhenTheSchemaComesFromTheRegistry() throws Exception {
        // Given
        byte[] message = serde.serializer().serialize(TOPIC, Records.deferredEvent());

        // When
        GenericRecord read = new GenericDatumReader<GenericRecord>(
                        registry.schemaById(1).orElseThrow())
                .read(null, DecoderFactory.get().binaryDecoder(message, 5, message.length - 5, null));

        // Then
        assertThat(read.get("detail")).hasToString("2026-09");
        assertThat(registry.schemaById(1).orElseThrow().toString()).doesNotContain("avro.java");
    }

    @Test
    void shouldWriteWholeMessagesWhenManyThreadsShareASerializer() {
        // Given
        Serializer<AuditEvent> shared = serde.serializer();
        AuditEvent event = Records.deferredEvent();

        // When
        List<byte[]> messages = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> shared.serialize("topic-" + i % 7, event))
                .toList();

        // Then
        assertThat(messages)
                .allSatisfy(message -> assertThat(serde.deserializer().deserialize(TOPIC, message))
                        .isEqualTo(event));
    }

    @Test
    void shouldNameTheFieldAndStayUsableWhenARecordDoesNotFollowItsSchema() {
        // Given
        AuditEvent broken = Records.deferredEvent();
        broken.put("subject", null);

        // When
        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, broken))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("AuditEvent does not follow its schema")
                .hasMessageContaining("subject");

        // Then
        AuditEvent event = Records.deferredEvent();
        assertThat(serde.deserializer().deserialize(TOPIC, serde.serializer().serialize(TOPIC, event)))
                .isEqualTo(event);
    }

    @Test
    void shouldGoOnWithKnownSchemasWhenTheRegistryIsAway() {
        // Given
        AuditEvent event = Records.deferredEvent();
        byte[] message = serde.serializer().serialize(TOPIC, event);
        serde.deserializer().deserialize(TOPIC, message);

        // When
        registry.down(true);

        // Then
        assertThat(serde.serializer().serialize(TOPIC, event)).isEqualTo(message);
        assertThat(serde.deserializer().deserialize(TOPIC, message)).isEqualTo(event);
        assertThatThrownBy(() -> new AvroDeserializer<>(registry, AuditEvent.class).deserialize(TOPIC, message))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldOnlyLookUpWhenAutoRegisterIsOff() {
        // Given
        Serializer<SpecificRecord> lookup = AvroSerdes.serializer(
                Map.of("schema.registry.client", registry, "auto.register.schemas", "false"), false);

        // When
        assertThatThrownBy(() -> lookup.serialize(TOPIC, Records.deferredEvent()))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("audit.events-value");

        // Then
        registry.register("audit.events-value", Contract.AUDIT_EVENT.schema());
        assertThat(lookup.serialize(TOPIC, Records.deferredEvent())).isNotEmpty();
    }

    @Test
    void shouldMeetInTheSameRegistryWhenMadeByNameAndMockAddress() {
        // Given
        Map<String, String> settings = Map.of("schema.registry.url", "mock://meet", "unknown.key", "ignored");
        AuditEvent event = Records.deferredEvent();

        // When
        byte[] message = AvroSerdes.serializer(settings, false).serialize(TOPIC, event);
        Deserializer<AuditEvent> one = AvroSerdes.deserializer(settings, AuditEvent.class);
        Deserializer<SpecificRecord> every = new AvroDeserializer<>();
        every.configure(settings, false);

        // Then
        assertThat(one.deserialize(TOPIC, message)).isEqualTo(event);
        assertThat(every.deserialize(TOPIC, message)).isEqualTo(event);
        assertThatThrownBy(() ->
                        AvroSerdes.deserializer(settings, Disposition.class).deserialize(TOPIC, message))
                .hasMessageContaining("io.foundling.audit.AuditEvent")
                .hasMessageContaining("expected io.foundling.audit.Disposition");
        InMemoryRegistryClient.forget("meet");
    }

    @Test
    void shouldUseKeySubjectWhenItSerializesKeys() {
        // When
        AvroSerdes.serializer(Map.of("schema.registry.client", registry), true)
                .serialize(TOPIC, Records.deferredEvent());

        // Then
        assertThat(registry.subjects()).containsExactly("audit.events-key");
    }

    @Test
    void shouldMakeTheClassesThatTheConfigurationNames() {
        // Given
        Map<String, String> settings = Map.of(
                "avro.serializer.class",
                StringSerializer.class.getName(),
                "avro.serde.class",
                "org.apache.kafka.common.serialization.Serdes$StringSerde");

        // When
        Serializer<SpecificRecord> serializer = AvroSerdes.serializer(settings, false);
        Serde<AuditEvent> named = AvroSerdes.serde(settings, AuditEvent.class);

        // Then
        assertThat((Object) serializer).isInstanceOf(StringSerializer.class);
        assertThat(named.getClass().getSimpleName()).isEqualTo("StringSerde");
    }

    @Test
    void shouldTellApartWhomAForeignDeserializerBlames() {
        // Given
        Map<String, String> settings = Map.of("avro.serde.class", ForeignSerde.class.getName());
        Deserializer<AuditEvent> foreign = AvroSerdes.deserializer(settings, AuditEvent.class);

        // Then
        assertThat(Stream.of(ForeignSerde.AWAY, ForeignSerde.OUT_OF_ORDER, ForeignSerde.REFUSED))
                .allSatisfy(way -> assertThatThrownBy(() -> foreign.deserialize(TOPIC, new byte[] {way}))
                        .isInstanceOf(RegistryUnavailableException.class)
                        .hasMessageMatching(".*(Connection refused|50005|401)"));
        assertThat(Stream.of(ForeignSerde.TOO_SHORT, ForeignSerde.NO_NUMBER, ForeignSerde.UNKNOWN_ID, (byte) 9))
                .allSatisfy(way -> assertThatThrownBy(() -> foreign.deserialize(TOPIC, new byte[] {way}))
                        .isInstanceOf(SerializationException.class));
    }

    @Test
    void shouldNameKeyAndValueWhenTheConfigurationIsWrong() {
        assertConfigError(Map.of(), "schema.registry.url");
        assertConfigError(Map.of("schema.registry.url", "localhost:8081"), "localhost:8081", "http");
        assertConfigError(Map.of("schema.registry.url", "ftp://a"), "schema.registry.url", "ftp://a");
        assertConfigError(Map.of("schema.registry.url", "http://a b"), "http://a b");
        assertConfigError(Map.of("schema.registry.max.wait.ms", "-1"), "schema.registry.max.wait.ms", "-1");
        assertConfigError(Map.of("schema.registry.client", "text"), "schema.registry.client", "RegistryClient");
        assertConfigError(Map.of("avro.serializer.class", "no.such.Class"), "avro.serializer.class", "no.such.Class");
        assertConfigError(
                Map.of("avro.serializer.class", "java.lang.String", "schema.registry.url", "mock://a"), "String");
    }

    private static void assertConfigError(Map<String, Object> settings, String... parts) {
        assertThatThrownBy(() -> AvroSerdes.serializer(settings, false))
                .isInstanceOf(org.apache.kafka.common.KafkaException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void shouldRefuseATypeThatIsNoAvroRecord() {
        assertThatThrownBy(() -> new AvroDeserializer<>()
                        .configure(Map.of("specific.avro.value.type", "java.lang.String"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("specific.avro.value.type");
    }
}
