package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which topics are turned into audit events. */
final class BridgeConfigTest {

    @Test
    void shouldWriteJsonIntoTheFirstSourceUnlessMoreIsSaid() {
        // When
        ServiceConfig config = ConfigReaderTest.read(ConfigReaderTest.REQUIRED + """
                sources: [a.events, b.events]
                bridges:
                  - {name: orders, input: shop.outbox, mappingFile: outbox.yaml}
                """);

        // Then
        assertThat(config.topics().bridges())
                .containsExactly(new BridgeSettings(
                        "orders", "shop.outbox", BridgeSettings.Format.JSON, Path.of("outbox.yaml"), "a.events"));
    }

    @Test
    void shouldReadOneTopicByTwoBridges() {
        // When
        ServiceConfig config = ConfigReaderTest.read(ConfigReaderTest.REQUIRED + """
                bridges:
                  - {name: orders, input: shop.outbox, mappingFile: orders.yaml}
                  - {name: invoices, input: shop.outbox, mappingFile: invoices.yaml}
                """);

        // Then
        assertThat(config.topics().bridges()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {input: a, mappingFile: m}                                 | bridges[].name is missing, expected a name
            {name: a, mappingFile: m}                                  | bridges[].input is missing, expected a name
            {name: a, input: b}                                        | bridges[].mappingFile is missing, expected the path of a file
            {name: a, input: b, mappingFile: m, format: XML}           | bridges[].format is 'XML', expected one of JSON, AVRO
            {name: a, input: b, mappingFile: m, output: c}             | bridges[].output is c, expected one of sources (audit.events)
            {name: a, input: audit.events, mappingFile: m}             | bridges[].input is audit.events, one of sources
            {name: a, input: audit.alerts, mappingFile: m}             | bridges[].input is audit.alerts, which Foundling writes itself
            {name: a, input: b c, mappingFile: m}                      | bridges[].input is 'b c', expected a name
            {name: a, input: b, mappingFile: m, topic: c}              | unknown key 'bridges[].topic'
            """)
    void shouldRefuseWithASentence(String bridge, String sentence) {
        assertThat(ConfigReaderTest.problems(ConfigReaderTest.REQUIRED + "bridges: [" + bridge + "]\n"))
                .singleElement()
                .asString()
                .contains(sentence);
    }

    @Test
    void shouldRefuseANameThatIsThereTwice() {
        assertThat(ConfigReaderTest.problems(ConfigReaderTest.REQUIRED + """
                        bridges:
                          - {name: a, input: b, mappingFile: m}
                          - {name: a, input: c, mappingFile: m}
                        """))
                .singleElement()
                .asString()
                .contains("bridges[].name 'a' is there twice, first in line 4");
    }
}
