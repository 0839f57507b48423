package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.schemas.AvroConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes of the serdes in the configuration. */
final class SerdeClassSettingsTest {

    /** The serdes call these keys avro.serde.class and avro.serializer.class, and the section is called avro. */
    @ParameterizedTest
    @ValueSource(strings = {"", "avro."})
    void shouldPassTheClassesOfTheSerdesWhetherTheirPrefixIsWrittenOnceOrTwice(String second) {
        // When
        ServiceConfig config = new ConfigReader(Map.of()).read("test.yaml", """
                kafka: {bootstrap.servers: "localhost:9092"}
                avro:
                  schema.registry.url: "http://localhost:8081"
                  %1$sserde.class: io.confluent.Serde
                  %1$sserializer.class: io.confluent.Serializer
                """.formatted(second));

        // Then
        assertThat(config.avro().values())
                .isEqualTo(Map.of(
                        "schema.registry.url",
                        "http://localhost:8081",
                        AvroConfig.SERDE_CLASS,
                        "io.confluent.Serde",
                        AvroConfig.SERIALIZER_CLASS,
                        "io.confluent.Serializer"));
    }

    @Test
    void shouldPreferTheClassOfTheSerdesWhosePrefixIsWrittenTwice() {
        // When
        ServiceConfig config = new ConfigReader(Map.of()).read("test.yaml", """
                kafka: {bootstrap.servers: "localhost:9092"}
                avro:
                  schema.registry.url: "http://localhost:8081"
                  avro.serde.class: twice.Serde
                  serde.class: once.Serde
                """);

        // Then
        assertThat(config.avro().values())
                .containsEntry(AvroConfig.SERDE_CLASS, "twice.Serde")
                .doesNotContainKey("serde.class");
    }
}
