package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.UnreadableMessageException.Reason;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of Confluent's serializers since their version 8, which can name the schema in a header. */
class SchemaIdHeaderTest {

    private static final String TOPIC = "audit.events";
    private static final String VALUE = "__value_schema_id";

    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final AvroDeserializer<AuditEvent> deserializer = new AvroDeserializer<>(registry, AuditEvent.class);
    private final AuditEvent event = Records.deferredEvent();
    private final byte[] prefixed = new AvroSerializer<AuditEvent>(registry).serialize(TOPIC, event);
    private final byte[] bare = Arrays.copyOfRange(prefixed, WireFormat.HEADER_BYTES, prefixed.length);

    @Test
    void shouldReadAGuidInTheHeader() {
        assertThat(deserializer.deserialize(
                        TOPIC,
                        guid(InMemoryRegistryClient.guid(registry.schemaById(1).orElseThrow())),
                        bare))
                .isEqualTo(event);
    }

    @Test
    void shouldReadAnIdInTheHeader() {
        assertThat(deserializer.deserialize(TOPIC, header(VALUE, Arrays.copyOf(prefixed, 5)), bare))
                .isEqualTo(event);
    }

    @Test
    void shouldReadThePrefixWhenTheHeaderIsOfTheKeyOrEmpty() {
        assertThat(deserializer.deserialize(TOPIC, header("__key_schema_id", new byte[] {9}), prefixed))
                .isEqualTo(event);
        assertThat(deserializer.deserialize(TOPIC, header(VALUE, null), prefixed))
                .isEqualTo(event);
        assertThat(deserializer.deserialize(TOPIC, header(VALUE, new byte[] {9}), (byte[]) null))
                .isNull();
    }

    @Test
    void shouldReadTheHeaderOfTheKeyWhenItReadsKeys() {
        // Given
        AvroDeserializer<AuditEvent> keys = new AvroDeserializer<>(registry, AuditEvent.class);
        keys.configure(Map.of(AvroConfig.REGISTRY_CLIENT, registry), true);

        // Then
        assertThat(keys.deserialize(TOPIC, header("__key_schema_id", Arrays.copyOf(prefixed, 5)), bare))
                .isEqualTo(event);
    }

    @Test
    void shouldNameTheGuidThatTheRegistryDenies() {
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, guid(new UUID(1, 2)), bare))
                .isInstanceOfSatisfying(
                        UnreadableMessageException.class,
                        bad -> assertThat(bad.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA_ID))
                .hasMessage("message names schema GUID " + new UUID(1, 2) + ", which the registry denies");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 16, 17, 18})
    void shouldSayWhatTheHeaderMustHold(int length) {
        // Given
        byte[] nine = new byte[length];
        Arrays.fill(nine, (byte) 9);

        // Then
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, header(VALUE, nine), bare))
                .isInstanceOfSatisfying(
                        UnreadableMessageException.class,
                        bad -> assertThat(bad.reason()).isEqualTo(Reason.NOT_AVRO_MESSAGE))
                .hasMessage("header __value_schema_id has " + length + " bytes"
                        + (length == 0 ? "" : " and begins with byte 9")
                        + ", must have a zero byte and a 4-byte schema id, or a byte 1 and a 16-byte schema GUID");
    }

    private static Headers guid(UUID guid) {
        return header(
                VALUE,
                ByteBuffer.allocate(17)
                        .put((byte) 1)
                        .putLong(guid.getMostSignificantBits())
                        .putLong(guid.getLeastSignificantBits())
                        .array());
    }

    private static Headers header(String name, byte[] value) {
        return new RecordHeaders().add(name, value);
    }
}
