package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the values say of all pods, whichever process they run. */
class PodChartTest {

    private static final String VERSION = "app.kubernetes.io/version";

    private final Manifests everything = Chart.with(
            "values-everything.yaml",
            Map.of(
                    "notify.enabled",
                    true,
                    "console.enabled",
                    true,
                    "config.console.tokensFile",
                    "/etc/foundling/secrets/foundling-console/tokens.yaml",
                    "config.console.database",
                    "jdbc:postgresql://db:5432/foundling"));

    @Test
    void shouldPutEveryPodWhereTheValuesSay() {
        assertThat(pods(everything)).hasSizeGreaterThanOrEqualTo(3).allSatisfy(pod -> {
            assertThat(pod.getNodeSelector()).containsEntry("kubernetes.io/arch", "amd64");
            assertThat(pod.getTolerations()).hasSize(1);
            assertThat(pod.getAffinity().getNodeAffinity()).isNotNull();
            assertThat(pod.getPriorityClassName()).isEqualTo("important");
            assertThat(pod.getTopologySpreadConstraints())
                    .extracting("topologyKey")
                    .containsExactly("topology.kubernetes.io/zone");
        });
    }

    @Test
    void shouldAddToEveryPodWhatTheValuesAdd() {
        assertThat(pods(everything)).allSatisfy(pod -> {
            Container container = pod.getContainers().get(0);
            assertThat(container.getEnv())
                    .extracting(EnvVar::getName, EnvVar::getValue)
                    .contains(tuple("AWS_REGION", "eu-central-1"), tuple("FOUNDLING_LOG_FORMAT", "json"));
            assertThat(container.getEnvFrom())
                    .extracting(from -> from.getConfigMapRef().getName())
                    .containsExactly("proxy");
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .contains("/etc/authorities");
            assertThat(pod.getVolumes()).extracting(Volume::getName).contains("authorities");
            assertThat(pod.getInitContainers()).extracting(Container::getName).containsExactly("authorities");
        });
    }

    @Test
    void shouldAddNothingByItself() {
        // When
        Manifests minimal = Chart.with("values-minimal.yaml");

        // Then
        assertThat(minimal.pod().getAffinity()).isNull();
        assertThat(minimal.pod().getInitContainers()).isEmpty();
        assertThat(minimal.container().getEnvFrom()).isEmpty();
        assertThat(minimal.only(ServiceAccount.class).getMetadata().getAnnotations())
                .isNullOrEmpty();
        assertThat(minimal.container().getEnv())
                .extracting(EnvVar::getName, EnvVar::getValue)
                .contains(tuple("FOUNDLING_LOG_FORMAT", "text"));
    }

    @Test
    void shouldAnnotateTheAccountThatAllPodsHave() {
        // Given
        ServiceAccount account = everything.only(ServiceAccount.class);

        // Then
        assertThat(account.getMetadata().getAnnotations())
                .containsEntry("eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/foundling");
        assertThat(pods(everything))
                .extracting(PodSpec::getServiceAccountName)
                .containsOnly(account.getMetadata().getName());
    }

    @ParameterizedTest
    @CsvSource({
        "image.tag, 7.1.0, 7.1.0",
        "image.tag, 1234567890123456789012345678901234567890123456789012345678901.-a,"
                + " 1234567890123456789012345678901234567890123456789012345678901",
        "image.digest, sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, sha256-0123456789ab"
    })
    void shouldLabelEverythingWithTheVersionThatRuns(String value, String image, String label) {
        // When
        Manifests manifests = Chart.with("values-minimal.yaml", Map.of(value, image, "notify.enabled", false));

        // Then
        assertThat(manifests.objects())
                .extracting(HasMetadata::getMetadata)
                .allSatisfy(metadata -> assertThat(metadata.getLabels()).containsEntry(VERSION, label));
        assertThat(templates(manifests))
                .allSatisfy(pod -> assertThat(pod.getMetadata().getLabels()).containsEntry(VERSION, label));
    }

    /** The alert rules select by job, and group by the name of the service that a ServiceMonitor finds pods by. */
    @Test
    void shouldGiveASeriesTheSameLabelsByPodMonitorAsByServiceMonitor() {
        // Given
        Map<String, Object> console = Map.of(
                "console.enabled",
                true,
                "console.secrets[0]",
                "console",
                "config.console.tokensFile",
                "/etc/foundling/secrets/console/tokens.yaml");
        Manifests byService = Chart.with("values-minimal.yaml", plus(console, "monitoring.serviceMonitor.enabled"));
        Manifests byPod = Chart.with("values-minimal.yaml", plus(console, "monitoring.podMonitor.enabled"));

        // When
        List<List<String>> expected = byService.all(ServiceMonitor.class).stream()
                .map(monitor -> List.of(
                        monitor.getSpec().getSelector().getMatchLabels().get("app.kubernetes.io/name"),
                        monitored(byService, monitor.getSpec().getSelector().getMatchLabels())))
                .toList();

        // Then
        assertThat(byPod.all(ServiceMonitor.class)).isEmpty();
        assertThat(byPod.all(PodMonitor.class))
                .extracting(
                        monitor -> monitor.getSpec()
                                .getSelector()
                                .getMatchLabels()
                                .get(monitor.getSpec().getJobLabel()),
                        monitor -> monitor.getSpec()
                                .getPodMetricsEndpoints()
                                .get(0)
                                .getRelabelings()
                                .get(0)
                                .getReplacement())
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(pair -> tuple(pair.get(0), pair.get(1)))
                        .toList());
        assertThat(byPod.all(PodMonitor.class))
                .allSatisfy(monitor -> assertThat(templates(byPod))
                        .filteredOn(pod -> pod.getMetadata()
                                .getLabels()
                                .entrySet()
                                .containsAll(monitor.getSpec()
                                        .getSelector()
                                        .getMatchLabels()
                                        .entrySet()))
                        .hasSize(1));
    }

    private static Map<String, Object> plus(Map<String, Object> values, String enabled) {
        return Stream.concat(values.entrySet().stream(), Stream.of(Map.entry(enabled, true)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String monitored(Manifests manifests, Map<String, String> selector) {
        return manifests.all(Service.class).stream()
                .filter(service -> service.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
                .map(service -> service.getMetadata().getName())
                .findFirst()
                .orElseThrow();
    }

    private static List<PodTemplateSpec> templates(Manifests manifests) {
        return Stream.concat(
                        manifests.all(StatefulSet.class).stream()
                                .map(set -> set.getSpec().getTemplate()),
                        manifests.all(Deployment.class).stream()
                                .map(deployment -> deployment.getSpec().getTemplate()))
                .toList();
    }

    private static List<PodSpec> pods(Manifests manifests) {
        return templates(manifests).stream().map(PodTemplateSpec::getSpec).toList();
    }
}
