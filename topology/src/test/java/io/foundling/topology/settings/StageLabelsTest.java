package io.foundling.topology.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StageLabelsTest {

    @Test
    void shouldTakeEachLabelOfTheFirstPolicyThatApplies() {
        // Given
        List<PolicyAlert> additions = List.of(
                added(Optional.of("university"), Optional.of("declaration"), Map.of("owner", "registry")),
                added(Optional.of("university"), Optional.empty(), Map.of("owner", "faculty", "room", "17")),
                added(Optional.empty(), Optional.empty(), Map.of("owner", "operations")));

        // Then
        assertThat(StageLabels.of(additions, "university", "declaration"))
                .isEqualTo(Map.of("owner", "registry", "room", "17"));
        assertThat(StageLabels.of(additions, "university", "matriculation"))
                .isEqualTo(Map.of("owner", "faculty", "room", "17"));
        assertThat(StageLabels.of(additions, "billing", "declaration")).isEqualTo(Map.of("owner", "operations"));
        assertThat(StageLabels.of(List.of(), "billing", "declaration")).isEmpty();
    }

    private static PolicyAlert added(Optional<String> source, Optional<String> stage, Map<String, String> labels) {
        return new PolicyAlert("p", Optional.empty(), source, stage, Optional.empty(), labels, Map.of());
    }
}
