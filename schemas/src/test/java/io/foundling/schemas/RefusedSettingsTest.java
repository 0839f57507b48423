package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.host",
                "schema.registry.proxy.port",
                "request.header.Authorization",
                "rule.executors",
                "use.latest.with.metadata",
                "avro.use.logical.type.converters",
                "context.name.strategy",
                "value.schema.id.serializer",
                "key.schema.id.serializer",
                "value.schema.id.deserializer",
                "http.read.timeout.ms",
                "schema.registry.http.connect.timeout.ms",
                "max.retries",
                "specific.avro.reader",
                "bearer.auth.issuer.endpoint.url",
                "basic.auth.anything",
                "schema.registry.anything"
            })
    void shouldNameASettingThatItCannotFollow(String key) {
        assertRefused(key, "anything", "'" + key + "' is ");
    }

    @ParameterizedTest
    @CsvSource({
        "auto.register.schema, auto.register.schemas",
        "auto-register-schemas, auto.register.schemas",
        "use.latest.versions, use.latest.version",
        "schema.registry.ulr, schema.registry.url",
        "basic.auth.userinfo, basic.auth.user.info",
        "value.subject.name.stratgey, value.subject.name.strategy"
    })
    void shouldSayWhatAMisspeltSettingMeans(String key, String meant) {
        assertRefused(key, "anything", "'" + key + "' is unknown; did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({
        "specific.avro.reader, true",
        "avro.use.logical.type.converters, false",
        "use.schema.id, -1",
        "value.schema.id.serializer, io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer",
        "value.schema.id.deserializer, io.confluent.kafka.serializers.schema.id.DualSchemaIdDeserializer",
        "context.name.strategy, io.confluent.kafka.serializers.context.NullContextNameStrategy",
        "latest.cache.size, 9",
        "my.own.setting, 9"
    })
    void shouldAcceptWhatChangesNothing(String key, String value) {
        assertThatCode(() -> RefusedSettings.check(Map.of(key, value))).doesNotThrowAnyException();
    }

    @Test
    void shouldAcceptEveryKeyOfKafkaAndOfItsOwn() {
        // Given
        Map<String, String> settings = new HashMap<>();
        Stream.of(
                        ProducerConfig.configNames(),
                        ConsumerConfig.configNames(),
                        AdminClientConfig.configNames(),
                        AvroConfig.definition().names(),
                        Set.of("application.id", "num.stream.threads", AvroConfig.REGISTRY_CLIENT))
                .flatMap(Set::stream)
                .forEach(key -> settings.put(key, "anything"));

        // Then
        assertThat(settings).hasSizeGreaterThan(100);
        assertThatCode(() -> RefusedSettings.check(settings)).doesNotThrowAnyException();
    }

    @Test
    void shouldLeaveTheSettingsOfOthersToTheirSerdes() {
        assertThatCode(() -> AvroSerdes.check(Map.of(
                        AvroConfig.REGISTRY_URL,
                        "http://localhost:1",
                        AvroConfig.SERIALIZER_CLASS,
                        "org.apache.kafka.common.serialization.ByteArraySerializer",
                        "proxy.host",
                        "anything")))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(String key, String value, String sentence) {
        Map<String, String> settings = Map.of(AvroConfig.REGISTRY_URL, "http://localhost:1", key, value);
        assertThatThrownBy(() -> AvroSerdes.check(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(sentence);
        assertThatThrownBy(() -> new AvroSerializer<>().configure(settings, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(sentence);
        assertThatThrownBy(() -> new AvroDeserializer<>().configure(settings, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(sentence);
    }
}
