package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.foundling.service.bridge.BridgeProperties;
import io.foundling.service.config.BridgeSettings;
import io.foundling.service.config.ConfigReader;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What makes events of other topics, beside the ledger. */
class BridgeChartTest {

    private static final String CHECKSUM = "foundling.io/mappings-checksum";

    private final Manifests manifests = Chart.release("foundling", "values-secured.yaml", "values-bridge.yaml");

    @Test
    void shouldRunWithTheMappingsThatTheConfigurationNames() {
        // Given
        Container container = pod(manifests).getSpec().getContainers().get(0);
        ConfigMap mappings = manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals("foundling-bridge-mappings"))
                .findFirst()
                .orElseThrow();

        // When
        List<BridgeSettings> bridges = new ConfigReader(Map.of("FOUNDLING_INSTANCE", "a"))
                .read("the chart's", manifests.configuration())
                .topics()
                .bridges();

        // Then
        assertThat(container.getArgs()).containsExactly("bridge");
        assertThat(bridges).singleElement().satisfies(bridge -> {
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .contains(bridge.mappingFile().getParent().toString());
            assertThat(mappings.getData())
                    .containsKey(bridge.mappingFile().getFileName().toString());
        });
    }

    /** Its name is that of its transactions: under another one it could not end what it left open. */
    @Test
    void shouldGiveAPodThatComesBackTheSameName() {
        assertThat(bridge(manifests).getSpec().getReplicas()).isEqualTo(2);
        assertThat(bridge(manifests).getSpec().getServiceName()).isEqualTo("foundling-bridge");
        assertThat(bridge(manifests).getSpec().getVolumeClaimTemplates()).isEmpty();
    }

    @Test
    void shouldReplacePodsWhenAMappingChanges() {
        // When
        Manifests changed = Chart.with(
                "values-bridge.yaml",
                Map.of(
                        "config.kafka.bootstrap\\.servers", "kafka:9092",
                        "config.avro.schema\\.registry\\.url", "http://registry:8081",
                        "bridge.mappings.declarations\\.yaml", "other"));

        // Then
        assertThat(pod(changed).getMetadata().getAnnotations().get(CHECKSUM))
                .isNotEqualTo(pod(manifests).getMetadata().getAnnotations().get(CHECKSUM));
    }

    @Test
    void shouldGrantWhatItChecksFor() {
        // Given
        List<AccessRule> needed = AccessRules.ofBridge(
                List.of("portal.declarations"),
                List.of(TopicNames.EVENTS),
                TopicNames.DEAD_LETTERS,
                BridgeProperties.groups("foundling"));

        // When
        List<KafkaRight> rights = KafkaRight.of(manifests.only(KafkaUser.class));

        // Then
        assertThat(needed)
                .allSatisfy(rule -> assertThat(rights)
                        .anyMatch(right -> right.type() == rule.resource()
                                && right.operation() == rule.operation()
                                && rule.name().startsWith(right.name())));
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        assertThatThrownBy(() -> Chart.with("values-minimal.yaml", Map.of("bridge.enabled", true)))
                .hasMessageContaining("bridge.enabled is true, but config.bridges is empty");
        assertThatThrownBy(() -> Chart.with(
                        "values-minimal.yaml",
                        Map.of(
                                "bridge.enabled", true,
                                "config.bridges[0].name", "a",
                                "config.bridges[0].input", "b",
                                "config.bridges[0].mappingFile", "/etc/foundling/mappings/c.yaml")))
                .hasMessageContaining("bridge.mappings has no c.yaml; add it");
    }

    private static PodTemplateSpec pod(Manifests manifests) {
        return bridge(manifests).getSpec().getTemplate();
    }

    private static StatefulSet bridge(Manifests manifests) {
        return manifests.all(StatefulSet.class).stream()
                .filter(set -> set.getMetadata().getName().endsWith("-bridge"))
                .findFirst()
                .orElseThrow();
    }
}
