package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnedKafkaKeysTest {

    @ParameterizedTest
    @CsvSource({
        "application.id, use application",
        "main.consumer.group.instance.id, use instance",
        "consumer.isolation.level, 'it is always read_committed, remove it'",
        "value.deserializer, 'is fixed, remove it'",
        "enable.transactional.statestores, 'stores are not transactional, remove it'",
        "schema.registry.url, use avro.schema.registry.url",
    })
    void shouldSayWhatToUseInsteadWhenAKafkaKeyIsFoundlingsOwn(String key, String advice) {
        assertThat(ConfigReaderTest.problems("kafka:\n  bootstrap.servers: a:1\n  " + key + ": x\n"
                        + "avro: {schema.registry.url: 'mock://x'}"))
                .containsExactly("line 3: kafka." + key + " is set by Foundling itself: " + advice);
    }
}
