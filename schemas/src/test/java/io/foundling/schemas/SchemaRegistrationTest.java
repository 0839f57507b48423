package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.schemas.registry.InMemoryRegistryClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaRegistrationTest {

    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final SchemaRegistration registration = new SchemaRegistration(registry);

    @Test
    void shouldGiveTheSerializerTheSameIdWhenTheTopicWasRegisteredBefore() {
        // Given
        Map<String, Integer> ids = registration.register(
                Map.of("audit.events", Contract.AUDIT_EVENT, "other.events", Contract.AUDIT_EVENT));

        // When
        byte[] message = new AvroSerializer<>(registry).serialize("audit.events", Records.deferredEvent());

        // Then
        assertThat(ids).isEqualTo(Map.of("audit.events", 1, "other.events", 1));
        assertThat(message[4]).isEqualTo((byte) 1);
        assertThat(registry.subjects()).containsExactlyInAnyOrder("audit.events-value", "other.events-value");
    }

    @Test
    void shouldChangeNothingWhenItIsRepeated() {
        // Given
        Map<String, Contract> topics = Map.of("audit.orphans", Contract.ORPHAN_WARNING);

        // Then
        assertThat(registration.register(topics)).isEqualTo(registration.register(topics));
    }
}
