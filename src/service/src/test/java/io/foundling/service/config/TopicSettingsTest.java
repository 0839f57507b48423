package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.topology.topics.TopicContract;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the names of topics follow from the configuration. */
final class TopicSettingsTest {

    private static final String REQUIRED = """
            kafka: {bootstrap.servers: "localhost:9092"}
            avro: {schema.registry.url: "http://localhost:8081"}
            """;

    private static ServiceConfig read(String yaml) {
        return new ConfigReader(Map.of()).read("test.yaml", REQUIRED + yaml);
    }

    @Test
    void shouldReadEventsUnderThePrefixWhenNoSourceIsNamed() {
        // When
        TopicSettings topics = read("topics: {prefix: team.a-}").topics();

        // Then
        assertThat(topics.sources()).containsExactly("team.a-events");
        assertThat(topics.contracts().all())
                .extracting(TopicContract::name)
                .contains("team.a-events", "team.a-closures")
                .allMatch(name -> name.startsWith("team.a-"));
    }

    @Test
    void shouldShareSourcesWithOthersWhenTheyAreNamed() {
        // When
        TopicSettings topics =
                read("topics: {prefix: blue.}\nsources: [audit.events]").topics();

        // Then
        assertThat(topics.contracts().all())
                .extracting(TopicContract::name)
                .contains("audit.events", "blue.dispositions")
                .doesNotContain("blue.events", "audit.dispositions");
    }

    @Test
    void shouldTakeThePrefixFromTheEnvironment() {
        // When
        ServiceConfig config = new ConfigReader(
                        Map.of("FOUNDLING_TOPICS_PREFIX", "green.", "FOUNDLING_TOPICS_PREDECESSORS", "blue, older"))
                .read("test.yaml", REQUIRED);

        // Then
        assertThat(config.topics().prefix().text()).isEqualTo("green.");
        assertThat(config.topics().predecessors()).containsExactlyInAnyOrder("blue", "older");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'a b'", "'a/'", "'ä'"})
    void shouldRefuseAPrefixThatKafkaWouldRefuse(String prefix) {
        assertThatThrownBy(() -> read("topics: {prefix: " + prefix + "}"))
                .hasMessageContaining("topics.prefix is ")
                .hasMessageContaining(
                        "expected the beginning of names that Kafka accepts for a topic: 1 to 200 letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[a, a]", "['a b']"})
    void shouldRefuseSourcesThatAreNoTopics(String sources) {
        assertThatThrownBy(() -> read("sources: " + sources))
                .hasMessageContaining("line 3: sources is ")
                .hasMessageContaining("expected a list of one or more different topic names");
    }

    @Test
    void shouldRefuseASourceThatIsItsOwnOutput() {
        assertThatThrownBy(() -> read("topics: {prefix: blue.}\nsources: [audit.events, blue.violations]"))
                .hasMessageContaining("sources names blue.violations, which Foundling writes itself")
                .hasMessageContaining("topics.prefix");
    }
}
