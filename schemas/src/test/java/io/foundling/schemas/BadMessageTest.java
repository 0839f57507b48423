package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.Skipped;
import io.foundling.schemas.UnreadableMessageException.Reason;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadMessageTest {

    private static final String TOPIC = "audit.events";
    private static final byte[] HUGE_LENGTH = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
    private static final byte[] ENDLESS_NUMBER = repeat((byte) 0xff, 20);

    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final AvroSerde<AuditEvent> serde = new AvroSerde<>(registry, AuditEvent.class);
    private final byte[] good = serde.serializer().serialize(TOPIC, Records.deferredEvent());

    @Test
    void shouldSayThatItIsNoMessageWhenTheHeaderIsMissing() {
        assertReason(new byte[0], Reason.NOT_AVRO_MESSAGE, "0 bytes");
        assertReason(new byte[] {0, 0, 0, 0}, Reason.NOT_AVRO_MESSAGE, "4 bytes");
        assertReason("{\"eventId\":1}".getBytes(), Reason.NOT_AVRO_MESSAGE, "begins with byte 123");
    }

    @Test
    void shouldNameTheIdWhenTheRegistryDeniesIt() {
        assertReason(message(4711, new byte[3]), Reason.UNKNOWN_SCHEMA_ID, "4711");
        assertReason(message(-1, new byte[3]), Reason.UNKNOWN_SCHEMA_ID, "-1");
    }

    @Test
    void shouldNameBothSchemasWhenTheWriterUsedAnother() {
        // Given
        int id = registry.register("x", Disposition.getClassSchema());

        // Then
        assertReason(message(id, new byte[100]), Reason.WRONG_SCHEMA, "audit.Disposition", "expected io", "AuditEvent");
    }

    @Test
    void shouldSayWrongSchemaWhenAFieldOfTheExpectedRecordIsMissing() {
        // Given
        int id = registry.register("x", new Schema.Parser().parse("""
                {"type": "record", "name": "io.foundling.audit.AuditEvent",
                 "fields": [{"name": "eventId", "type": "string"}]}"""));

        // Then
        assertReason(message(id, new byte[] {0}), Reason.WRONG_SCHEMA, "missing required field");
    }

    /** Avro alone would take it for a known fact that has the same fields. */
    @ParameterizedTest
    @ValueSource(strings = {"Postponed", "other.Postponed", ".Postponed"})
    void shouldSayWrongSchemaWhenANewerWriterUsesAFactThatIsNotKnownHere(String name) {
        // Given
        int id = registry.register("x", newerEvent(name));
        byte[] message = good.clone();
        ByteBuffer.wrap(message).putInt(1, id);

        // Then
        assertReason(message, Reason.WRONG_SCHEMA, "Postponed");
    }

    @Test
    void shouldReadKnownFactsWhenTheWriterKnowsMore() {
        // Given
        AuditEvent skipped = AuditEvent.newBuilder(Records.deferredEvent())
                .setBody(new Skipped("closed"))
                .build();
        byte[] message = serde.serializer().serialize(TOPIC, skipped);
        ByteBuffer.wrap(message).putInt(1, registry.register("x", newerEvent("Postponed")));

        // Then
        assertThat(serde.deserializer().deserialize(TOPIC, message)).isEqualTo(skipped);
    }

    @Test
    void shouldSayUnreadableWhenAMessageIsCutAnywhere() {
        for (int length = WireFormat.HEADER_BYTES; length < good.length; length++) {
            assertReason(Arrays.copyOf(good, length), Reason.UNREADABLE_VALUE, "schema id 1");
        }
    }

    @Test
    void shouldSayUnreadableWhenBytesFollowAMessage() {
        assertReason(Arrays.copyOf(good, good.length + 2), Reason.UNREADABLE_VALUE, "2 bytes follow");
    }

    @Test
    void shouldBlameTheMessageWhenItIsRandom() {
        // Given
        long seed = 20_260_101;
        Random random = new Random(seed);

        for (int i = 0; i < 5_000; i++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);

            // Then
            assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, message(1, body)))
                    .as("message %d of seed %d", i, seed)
                    .isInstanceOf(UnreadableMessageException.class);
        }
    }

    @Test
    void shouldBlameTheMessageOrReadItWhenABitIsFlipped() {
        for (int bit = WireFormat.HEADER_BYTES * 8; bit < good.length * 8; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(serde.deserializer().deserialize(TOPIC, flipped)).isNotNull();
            } catch (UnreadableMessageException expected) {
                assertThat(expected.reason()).isIn(Reason.UNREADABLE_VALUE, Reason.WRONG_SCHEMA);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Schema.Type.class,
            names = {"STRING", "BYTES", "LONG", "NULL"})
    void shouldNotBelieveALengthWhenItSkipsAFieldThatOnlyTheWriterKnows(Schema.Type type) {
        // Given
        Schema plain = Schema.create(type);
        boolean hasLength = type == Schema.Type.STRING || type == Schema.Type.BYTES;
        List<Schema> fields = hasLength ? List.of(plain) : List.of(Schema.createArray(plain), Schema.createMap(plain));

        for (Schema field : fields) {
            int id = registry.register("x", eventThatBeginsWith(field));

            // Then
            assertReason(message(id, HUGE_LENGTH), Reason.UNREADABLE_VALUE, "length of 2147483647 is announced");
            assertReason(message(id, ENDLESS_NUMBER), Reason.UNREADABLE_VALUE, "more than 10 bytes");
        }
    }

    @Test
    void shouldSayUnreadableWhenASchemaLetsAMessageNestWithoutEnd() {
        // Given
        Schema node = new Schema.Parser().parse("""
                {"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]}""");
        int id = registry.register("x", eventThatBeginsWith(node));

        // Then
        assertReason(message(id, repeat((byte) 2, 900_000)), Reason.UNREADABLE_VALUE, "schema id");
    }

    @Test
    void shouldReadTheNextMessageWhenOneWasBad() {
        // Given
        assertReason(Arrays.copyOf(good, good.length - 1), Reason.UNREADABLE_VALUE, "left");

        // When
        AuditEvent next = serde.deserializer().deserialize(TOPIC, good);

        // Then
        assertThat(next).isEqualTo(Records.deferredEvent());
    }

    private static Schema newerEvent(String name) {
        return new Schema.Parser()
                .parse(Contract.AUDIT_EVENT.schema().toString().replace("\"Deferred\"", '"' + name + '"'));
    }

    /**
     * A newer writer's event, whose first field is unknown here, so that its length is the first thing in the message.
     */
    private static Schema eventThatBeginsWith(Schema type) {
        String extra = "\"fields\":[{\"name\":\"extra\",\"type\":" + type + "},{\"name\":\"eventId\"";
        return new Schema.Parser()
                .parse(Contract.AUDIT_EVENT.schema().toString().replace("\"fields\":[{\"name\":\"eventId\"", extra));
    }

    private void assertReason(byte[] message, Reason reason, String... parts) {
        UnreadableMessageException failure = catchThrowableOfType(
                UnreadableMessageException.class, () -> serde.deserializer().deserialize(TOPIC, message));
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
        assertThat(failure).hasMessageContainingAll(parts);
    }

    private static byte[] message(int id, byte[] body) {
        return ByteBuffer.allocate(WireFormat.HEADER_BYTES + body.length)
                .put(WireFormat.MAGIC)
                .putInt(id)
                .put(body)
                .array();
    }

    private static byte[] repeat(byte value, int times) {
        byte[] bytes = new byte[times];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
