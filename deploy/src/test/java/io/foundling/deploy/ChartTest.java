package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.foundling.service.metrics.BuildVersion;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of every variant of the chart. */
class ChartTest {

    private static final String MINIMAL = "values-minimal.yaml";
    private static final String SECURED = "values-secured.yaml";
    private static final String EVERYTHING = "values-everything.yaml";

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, SECURED, EVERYTHING})
    void shouldAskForProbesThatTheServiceAnswers(String example) {
        // When
        Container container = Chart.with(example).container();

        // Then
        assertThat(path(container.getStartupProbe())).isEqualTo("/livez");
        assertThat(path(container.getLivenessProbe())).isEqualTo("/livez");
        assertThat(path(container.getReadinessProbe())).isEqualTo("/readyz");
        assertThat(container.getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getName()).isEqualTo("http"));
    }

    @Test
    void shouldGiveTheStartAsLongAsTheRestoreMayTake() {
        // When
        Probe probe = Chart.with(EVERYTHING).container().getStartupProbe();

        // Then
        assertThat(probe.getPeriodSeconds() * probe.getFailureThreshold()).isEqualTo(1800);
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, SECURED, EVERYTHING})
    void shouldRunWithoutAnyRight(String example) {
        // When
        Manifests manifests = Chart.with(example);

        // Then
        PodSpec pod = manifests.pod();
        Container container = manifests.container();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getFsGroup())
                .isEqualTo(pod.getSecurityContext().getRunAsGroup());
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(manifests.only(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(pod.getServiceAccountName())
                .isEqualTo(manifests.only(ServiceAccount.class).getMetadata().getName());
        assertThat(pod.getHostNetwork()).isNull();
    }

    /** The tests of the image compare the same values with the image. */
    @Test
    void shouldLeaveTheImageItsEntryPointAndItsUser() {
        // Given
        JsonNode image = Chart.file("values.yaml").get("image");

        // When
        Manifests manifests = Chart.with(MINIMAL);

        // Then
        PodSecurityContext security = manifests.pod().getSecurityContext();
        assertThat(security.getRunAsUser()).isEqualTo(image.get("user").asLong());
        assertThat(security.getRunAsGroup()).isEqualTo(image.get("group").asLong());
        assertThat(manifests.container().getCommand()).isEmpty();
        assertThat(manifests.container().getArgs()).containsExactly("serve");
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, SECURED, EVERYTHING})
    void shouldBoundWhatAPodTakes(String example) {
        // When
        Container container = Chart.with(example).container();

        // Then
        Map<String, Quantity> limits = container.getResources().getLimits();
        Map<String, Quantity> requests = container.getResources().getRequests();
        assertThat(requests).containsKeys("cpu", "memory");
        assertThat(limits).containsEntry("memory", requests.get("memory"));
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, SECURED, EVERYTHING})
    void shouldNameAnImageThatStaysTheSame(String example) {
        // When
        String image = Chart.with(example).container().getImage();

        // Then
        assertThat(image).matches("\\S+(:[\\w.-]+|@sha256:[0-9a-f]{64})").doesNotContain("latest");
    }

    @Test
    void shouldUseTheVersionOfTheBuildUnlessToldOtherwise() {
        // Then
        assertThat(Chart.with(MINIMAL).container().getImage()).isEqualTo("foundling:" + BuildVersion.text());
        assertThat(Chart.with(MINIMAL, Map.of("image.tag", "7.1.0")).container().getImage())
                .isEqualTo("foundling:7.1.0");
        assertThat(Chart.with(EVERYTHING).container().getImage()).contains("@sha256:");
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, SECURED, EVERYTHING})
    void shouldTakeSecretsOnlyFromFiles(String example) {
        // When
        Manifests manifests = Chart.with(example);

        // Then
        assertThat(manifests.objects()).noneMatch(object -> object.getKind().equals("Secret"));
        assertThat(manifests.container().getEnvFrom()).noneMatch(from -> from.getSecretRef() != null);
        assertThat(manifests.container().getEnv())
                .filteredOn(variable -> variable.getName().startsWith("FOUNDLING_KAFKA")
                        || variable.getName().startsWith("FOUNDLING_AVRO"))
                .allSatisfy(variable -> {
                    assertThat(variable.getName()).endsWith("_FILE");
                    assertThat(variable.getValue()).startsWith("/etc/foundling/secrets/");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, SECURED, EVERYTHING})
    void shouldKeepTheStateAndLetNativeLibrariesRun(String example) {
        // When
        Manifests manifests = Chart.with(example);

        // Then
        StatefulSetSpec set = manifests.only(StatefulSet.class).getSpec();
        Map<String, String> mounts = manifests.container().getVolumeMounts().stream()
                .collect(Collectors.toMap(VolumeMount::getName, VolumeMount::getMountPath));
        assertThat(set.getVolumeClaimTemplates()).singleElement().satisfies(claim -> {
            assertThat(claim.getMetadata().getName()).isEqualTo("foundling-state");
            assertThat(claim.getSpec().getResources().getRequests()).containsKey("storage");
        });
        assertThat(set.getPersistentVolumeClaimRetentionPolicy()).isNotNull();
        assertThat(mounts).containsEntry("foundling-state", "/var/lib/foundling");
        Volume temporary = manifests.pod().getVolumes().stream()
                .filter(volume -> volume.getName().equals("temporary"))
                .findFirst()
                .orElseThrow();
        assertThat(temporary.getEmptyDir().getMedium()).isNull();
        assertThat(value(manifests.container(), "FOUNDLING_JAVA_OPTS"))
                .contains("-Djava.io.tmpdir=" + mounts.get("temporary") + " ");
        assertThat(mounts.keySet())
                .containsAll(manifests.pod().getVolumes().stream()
                        .map(Volume::getName)
                        .toList());
    }

    /** The bound that the service gives Kafka Streams to stop is 25 s. */
    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, SECURED, EVERYTHING})
    void shouldStopInPeaceAndOneAtATime(String example) {
        // When
        Manifests manifests = Chart.with(example);

        // Then
        assertThat(manifests.pod().getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(35);
        assertThat(manifests
                        .only(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
        assertThat(manifests.only(StatefulSet.class).getSpec().getPodManagementPolicy())
                .isEqualTo("Parallel");
        assertThat(manifests.pod().getTopologySpreadConstraints()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, SECURED, EVERYTHING})
    void shouldSelectItsOwnPodsOnly(String example) {
        // When
        Manifests manifests = Chart.with(example);

        // Then
        StatefulSet set = manifests.only(StatefulSet.class);
        Map<String, String> selector = set.getSpec().getSelector().getMatchLabels();
        assertThat(set.getSpec().getTemplate().getMetadata().getLabels()).containsAllEntriesOf(selector);
        assertThat(selectors(manifests))
                .hasSize(5)
                .allSatisfy(other -> assertThat(other).isEqualTo(selector));
    }

    @Test
    void shouldNameAllPodsInOneServiceAndReadyOnesInTheOther() {
        // When
        Manifests manifests = Chart.with(MINIMAL);

        // Then
        Service pods = service(manifests, "foundling-pods");
        assertThat(pods.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(pods.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(manifests.only(StatefulSet.class).getSpec().getServiceName()).isEqualTo("foundling-pods");
        assertThat(service(manifests, "foundling").getSpec().getPublishNotReadyAddresses())
                .isNull();
    }

    @Test
    void shouldHavePrometheusAskEveryPod() {
        // When
        Manifests manifests = Chart.with(EVERYTHING);

        // Then
        ServiceMonitor monitor = manifests.only(ServiceMonitor.class);
        assertThat(service(manifests, "foundling-pods").getMetadata().getLabels())
                .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
        assertThat(service(manifests, "foundling").getMetadata().getLabels())
                .doesNotContainEntry("app.kubernetes.io/component", "pods");
        assertThat(monitor.getSpec().getEndpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.getPath()).isEqualTo("/metrics"));
        assertThat(service(manifests, "foundling-pods").getMetadata().getLabels())
                .containsEntry(monitor.getSpec().getJobLabel(), "foundling");
    }

    @Test
    void shouldReplacePodsWhenTheConfigurationChanges() {
        // Then
        assertThat(checksum(Map.of())).isEqualTo(checksum(Map.of("replicas", 5)));
        assertThat(checksum(Map.of())).isNotEqualTo(checksum(Map.of("config.threads", 3)));
        assertThat(checksum(Map.of())).isNotEqualTo(checksum(Map.of("memory.rocksdbMi", 300)));
    }

    @Test
    void shouldReplaceNoPodWhenOnlyPoliciesChange() {
        // Then
        assertThat(checksum(Map.of()))
                .isEqualTo(checksum(Map.of("config.policies[0].name", "all", "config.policies[0].window", "1h")));
    }

    /** A file that is mounted by subPath stays as it was when the pod started. */
    @Test
    void shouldMountTheConfigurationSoThatItFollowsTheConfigMap() {
        // When
        Container container = Chart.with(MINIMAL).container();

        // Then
        VolumeMount mount = container.getVolumeMounts().stream()
                .filter(each -> each.getName().equals("config"))
                .findFirst()
                .orElseThrow();
        assertThat(mount.getSubPath()).isNull();
        assertThat(container.getEnv())
                .filteredOn(variable -> variable.getName().equals("FOUNDLING_CONFIG"))
                .singleElement()
                .satisfies(variable ->
                        assertThat(variable.getValue()).isEqualTo(mount.getMountPath() + "/foundling.yaml"));
    }

    @Test
    void shouldAddUpMemory() {
        // Then
        assertThat(limitMi(Map.of())).isEqualTo(512 + 256 + 320);
        assertThat(limitMi(Map.of("memory.heapMi", 2048, "memory.rocksdbMi", 1024)))
                .isEqualTo(2048 + 1024 + 768);
        assertThat(limitMi(Map.of("memory.heapMi", 2049, "memory.rocksdbMi", 1024)))
                .isEqualTo(2049 + 1024 + 769);
        assertThat(limitMi(Map.of("memory.restAtLeastMi", 192))).isEqualTo(512 + 256 + 192);
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, SECURED, EVERYTHING})
    void shouldLetOnlyNeededConnectionsThrough(String example) {
        // When
        NetworkPolicy policy = Chart.with(example).only(NetworkPolicy.class);

        // Then
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getIngress())
                .hasSize(1)
                .allSatisfy(rule -> assertThat(rule.getPorts()).hasSize(1));
        assertThat(policy.getSpec().getEgress())
                .hasSize(2)
                .allSatisfy(rule -> assertThat(rule.getPorts()).isNotEmpty());
    }

    @Test
    void shouldLeaveOutWhatIsTurnedOff() {
        // When
        Manifests manifests = Chart.with(MINIMAL, Map.of("networkPolicy.enabled", false));

        // Then
        assertThat(manifests.objects())
                .extracting(HasMetadata::getKind)
                .containsOnly("ConfigMap", "Service", "ServiceAccount", "StatefulSet", "PodDisruptionBudget");
    }

    private static Stream<Map<String, String>> stream(Manifests manifests) {
        return manifests.all(Service.class).stream()
                .map(service -> service.getSpec().getSelector());
    }

    /** Of both services, the disruption budget, the network policy and the spread constraint. */
    private static List<Map<String, String>> selectors(Manifests manifests) {
        return Stream.of(
                        stream(manifests),
                        Stream.of(manifests
                                .only(PodDisruptionBudget.class)
                                .getSpec()
                                .getSelector()
                                .getMatchLabels()),
                        Stream.of(manifests
                                .only(NetworkPolicy.class)
                                .getSpec()
                                .getPodSelector()
                                .getMatchLabels()),
                        manifests.pod().getTopologySpreadConstraints().stream()
                                .map(spread -> spread.getLabelSelector().getMatchLabels()))
                .flatMap(selectors -> selectors)
                .toList();
    }

    private static String checksum(Map<String, ?> values) {
        return Chart.with(MINIMAL, values)
                .only(StatefulSet.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("foundling.io/config-checksum");
    }

    private static long limitMi(Map<String, ?> values) {
        Quantity limit = Chart.with(MINIMAL, new HashMap<>(values))
                .container()
                .getResources()
                .getLimits()
                .get("memory");
        return Quantity.getAmountInBytes(limit)
                .divide(BigDecimal.valueOf(1 << 20))
                .longValueExact();
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    private static String value(Container container, String variable) {
        return container.getEnv().stream()
                .filter(found -> found.getName().equals(variable))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static Service service(Manifests manifests, String name) {
        return manifests.all(Service.class).stream()
                .filter(service -> service.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
