package io.foundling.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.TopicContracts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RegistryGateTest {

    /** Sources are written by others; reconciliations by nobody yet; dead letters have no schema. */
    private static final List<String> NOT_WRITTEN = List.of(TopicNames.EVENTS, TopicNames.DELIVERIES);

    @Test
    void shouldIdentifyTheSchemaOfEveryTopicThatIsWrittenTo() {
        // Given
        Map<String, String> settings = Map.of(AvroConfig.REGISTRY_URL, "mock://gate");
        try (RegistryClient registry = AvroSerdes.registryClient(settings)) {

            // When
            new RegistryGate(registry, settings, TopicContracts.declared(), () -> false).await();

            // Then
            assertThat(TopicContracts.declared().all())
                    .filteredOn(topic -> topic.contract().isPresent() && !NOT_WRITTEN.contains(topic.name()))
                    .hasSize(9)
                    .allSatisfy(topic -> assertThat(registry.idOf(
                                    topic.name() + "-value",
                                    topic.contract().get().schema()))
                            .isPositive());
        }
    }
}
