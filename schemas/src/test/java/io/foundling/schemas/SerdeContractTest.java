package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.registry.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the rest of Foundling relies on, whoever's serdes are chosen: those that the system properties {@code
 * avro.serde.class} and {@code avro.serializer.class} name, by default ours.
 */
class SerdeContractTest {

    private static final String TOPIC = "audit.events";

    private final MiniRegistry registry = new MiniRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldWriteTheWireFormatAndReadItAgain() {
        // Given
        AuditEvent event = Records.deferredEvent();

        // When
        byte[] message = serializer(Map.of()).serialize(TOPIC, event);

        // Then
        assertThat(message).startsWith(0, 0, 0, 0, 1);
        assertThat(deserializer(Map.of()).deserialize(TOPIC, message)).isEqualTo(event);
        assertThat(registry.subjects()).containsExactly("audit.events-value");
    }

    @Test
    void shouldGiveNullForNull() {
        assertThat(serializer(Map.of()).serialize(TOPIC, null)).isNull();
        assertThat(deserializer(Map.of()).deserialize(TOPIC, null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, audit.events-value",
        "RecordNameStrategy, io.foundling.audit.AuditEvent",
        "TopicRecordNameStrategy, audit.events-io.foundling.audit.AuditEvent",
    })
    void shouldNameTheSubjectAsTheStrategySays(String strategy, String subject) {
        // When
        serializer(Map.of("value.subject.name.strategy", "io.confluent.kafka.serializers.subject." + strategy))
                .serialize(TOPIC, Records.deferredEvent());

        // Then
        assertThat(registry.subjects()).containsExactly(subject);
    }

    @Test
    void shouldRegisterNothingWhenItIsOnlyToLookUp() {
        assertThatThrownBy(() ->
                        serializer(Map.of("auto.register.schemas", "false")).serialize(TOPIC, Records.deferredEvent()))
                .isInstanceOf(KafkaException.class);
        assertThat(registry.subjects()).isEmpty();
    }

    @Test
    void shouldAskForNormalisation() {
        // When
        serializer(Map.of("normalize.schemas", "true")).serialize(TOPIC, Records.deferredEvent());

        // Then
        assertThat(registry.queries()).first().asString().contains("normalize=true");
    }

    @Test
    void shouldSendTheUserInfo() {
        // When
        serializer(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ann:sesame"))
                .serialize(TOPIC, Records.deferredEvent());

        // Then
        assertThat(registry.proofs()).containsOnly(basic("ann:sesame"));
    }

    @Test
    void shouldSendWhatTheAddressHolds() {
        // When
        serializer(Map.of(
                        "basic.auth.credentials.source",
                        "URL",
                        "schema.registry.url",
                        registry.url().replace("//", "//ann:sesame@")))
                .serialize(TOPIC, Records.deferredEvent());

        // Then
        assertThat(registry.proofs()).containsOnly(basic("ann:sesame"));
    }

    @Test
    void shouldSendWhatTheKafkaClientLogsInWith() {
        // When
        serializer(
                        Map.of(
                                "basic.auth.credentials.source",
                                "SASL_INHERIT",
                                "sasl.jaas.config",
                                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ann\" password=\"sesame\";"))
                .serialize(TOPIC, Records.deferredEvent());

        // Then
        assertThat(registry.proofs()).containsOnly(basic("ann:sesame"));
    }

    @Test
    void shouldSendTheToken() {
        // When
        serializer(Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "sesame"))
                .serialize(TOPIC, Records.deferredEvent());

        // Then
        assertThat(registry.proofs()).containsOnly("Bearer sesame");
    }

    @Test
    void shouldBlameTheMessageWhenItIsDamaged() {
        // Given
        byte[] message = serializer(Map.of()).serialize(TOPIC, Records.deferredEvent());
        Deserializer<AuditEvent> deserializer = deserializer(Map.of());

        // Then
        assertBlamed(deserializer, "{}".getBytes(StandardCharsets.UTF_8));
        assertBlamed(deserializer, Arrays.copyOf(message, message.length - 3));
    }

    @Test
    void shouldNotBlameTheMessageWhenTheRegistryIsAway() {
        // Given
        byte[] message = serializer(Map.of()).serialize(TOPIC, Records.deferredEvent());
        Deserializer<AuditEvent> deserializer =
                deserializer(Map.of(isOurs() ? "schema.registry.max.wait.ms" : "max.retries", "0"));

        // When
        registry.close();

        // Then
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, message))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    private static boolean isOurs() {
        return System.getProperty(AvroConfig.SERDE_CLASS, "").isEmpty();
    }

    private static void assertBlamed(Deserializer<AuditEvent> deserializer, byte[] message) {
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, message))
                .as("%s", ByteBuffer.wrap(message))
                .isInstanceOf(SerializationException.class);
    }

    private Serializer<SpecificRecord> serializer(Map<String, String> settings) {
        return AvroSerdes.serializer(all(settings), false);
    }

    private Deserializer<AuditEvent> deserializer(Map<String, String> settings) {
        return AvroSerdes.deserializer(all(settings), AuditEvent.class);
    }

    private Map<String, String> all(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("schema.registry.url", registry.url()));
        for (String key : new String[] {AvroConfig.SERDE_CLASS, AvroConfig.SERIALIZER_CLASS}) {
            String named = System.getProperty(key, "");
            if (!named.isEmpty()) {
                all.put(key, named);
            }
        }
        all.putAll(settings);
        return all;
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }
}
