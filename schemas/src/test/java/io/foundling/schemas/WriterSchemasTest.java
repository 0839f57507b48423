package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.schemas.registry.SchemaRejectedException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriterSchemasTest {

    private static final String TOPIC = "audit.events";
    private static final String SUBJECT = "audit.events-value";
    private static final Map<String, String> LATEST =
            Map.of("auto.register.schemas", "false", "use.latest.version", "true");

    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, false, audit.events-value",
        "TopicNameStrategy, true, audit.events-key",
        "io.confluent.kafka.serializers.subject.TopicNameStrategy, false, audit.events-value",
        "RecordNameStrategy, false, io.foundling.audit.AuditEvent",
        "io.confluent.kafka.serializers.subject.RecordNameStrategy, true, io.foundling.audit.AuditEvent",
        "TopicRecordNameStrategy, false, audit.events-io.foundling.audit.AuditEvent",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, true, audit.events-io.foundling.audit.AuditEvent",
    })
    void shouldNameTheSubjectAsTheStrategySays(String strategy, boolean isKey, String subject) {
        // When
        serializer(Map.of((isKey ? "key" : "value") + ".subject.name.strategy", strategy), isKey)
                .serialize(TOPIC, Records.deferredEvent());

        // Then
        assertThat(registry.subjects()).containsExactly(subject);
    }

    @Test
    void shouldRegisterUnderTheSameSubjectsBeforeAnythingIsWritten() {
        // Given
        Map<String, String> settings = Map.of("value.subject.name.strategy", "RecordNameStrategy");

        // When
        Map<String, Integer> ids = new SchemaRegistration(registry, WriterSchemas.of(settings, registry))
                .register(Map.of(TOPIC, Contract.AUDIT_EVENT));

        // Then
        assertThat(ids).isEqualTo(Map.of(TOPIC, 1));
        assertThat(registry.subjects()).containsExactly("io.foundling.audit.AuditEvent");
    }

    @Test
    void shouldNameTheKeyWhenAStrategyIsUnknown() {
        assertThatThrownBy(() -> serializer(Map.of("value.subject.name.strategy", "com.example.Mine"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "'value.subject.name.strategy' is com.example.Mine", "expected TopicNameStrategy");
    }

    @Test
    void shouldWriteWithTheNewestSchemaWhenItIsAskedTo() throws Exception {
        // Given
        registry.register(SUBJECT, Contract.AUDIT_EVENT.schema());
        int newest = registry.register(SUBJECT, newer("\"default\":7"));

        // When
        byte[] message = serializer(LATEST, false).serialize(TOPIC, Records.deferredEvent());

        // Then
        assertThat(message[4]).isEqualTo((byte) newest);
        GenericRecord read = new GenericDatumReader<GenericRecord>(newer("\"default\":7"))
                .read(null, DecoderFactory.get().binaryDecoder(message, 5, message.length - 5, null));
        assertThat(read.get("extra")).isEqualTo(7);
        assertThat(new AvroDeserializer<>(registry, AuditEvent.class).deserialize(TOPIC, message))
                .isEqualTo(Records.deferredEvent());
    }

    @Test
    void shouldWriteAsEverWhenTheNewestSchemaIsItsOwn() {
        // Given
        byte[] expected = new AvroSerializer<>(registry).serialize(TOPIC, Records.deferredEvent());

        // Then
        assertThat(serializer(LATEST, false).serialize(TOPIC, Records.deferredEvent()))
                .isEqualTo(expected);
    }

    @Test
    void shouldRefuseTheNewestSchemaWhenItCannotReadWhatIsWritten() {
        // Given
        registry.register(SUBJECT, newer("\"doc\":\"without a default\""));

        // Then
        assertThatThrownBy(() -> serializer(LATEST, false).serialize(TOPIC, Records.deferredEvent()))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContainingAll(SUBJECT, "id 1", "latest.compatibility.strict");
    }

    @Test
    void shouldTryTheNewestSchemaWhenItNeedNotReadEverything() {
        // Given
        Schema narrower = new Schema.Parser()
                .parse(Contract.AUDIT_EVENT.schema().toString().replace("\"EXPORT\",", ""));
        assertThat(narrower).isNotEqualTo(Contract.AUDIT_EVENT.schema());
        registry.register(SUBJECT, narrower);
        Map<String, String> lenient = new HashMap<>(LATEST);
        lenient.put("latest.compatibility.strict", "false");

        // Then
        assertThat(serializer(lenient, false).serialize(TOPIC, Records.deferredEvent()))
                .isNotEmpty();
    }

    @Test
    void shouldRefuseToRegisterAndToUseTheNewest() {
        assertThatThrownBy(() -> serializer(Map.of("use.latest.version", "true"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("'use.latest.version' is true", "set auto.register.schemas to false");
    }

    private Serializer<SpecificRecord> serializer(Map<String, String> settings, boolean isKey) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("schema.registry.client", registry);
        return AvroSerdes.serializer(all, isKey);
    }

    /** The event with a number in front of everything else. */
    private static Schema newer(String attribute) {
        String extra = "\"fields\":[{\"name\":\"extra\",\"type\":\"int\"," + attribute + "},{\"name\":\"eventId\"";
        return new Schema.Parser()
                .parse(Contract.AUDIT_EVENT.schema().toString().replace("\"fields\":[{\"name\":\"eventId\"", extra));
    }
}
