package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.foundling.console.delivery.topics.DeliverySettings;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ReceiverSettings;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The delivery of alerts beside the ledger. */
class NotifyChartTest {

    private final Manifests manifests = Chart.release("foundling", "values-secured.yaml", "values-notify.yaml");

    @Test
    void shouldRunNotifyWithTheConfigurationOfTheLedger() {
        // Given
        PodSpec pod = deployment().getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().get(0);

        // Then
        assertThat(container.getArgs()).containsExactly("notify");
        assertThat(container.getImage()).isEqualTo(manifests.container().getImage());
        assertThat(container.getSecurityContext())
                .isEqualTo(manifests.container().getSecurityContext());
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
        assertThat(container.getResources().getLimits().get("memory")).hasToString("320Mi");
        assertThat(new ConfigReader(Map.of("FOUNDLING_INSTANCE", "a"))
                        .read("the chart's", manifests.configuration())
                        .delivery()
                        .receivers())
                .extracting(ReceiverSettings::name)
                .containsExactly("alertmanager", "tickets");
    }

    @Test
    void shouldMountTheSecretsThatReceiversName() {
        // Given
        PodSpec pod = deployment().getSpec().getTemplate().getSpec();

        // Then
        assertThat(pod.getContainers().get(0).getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains("/etc/foundling/secrets/tickets");
        assertThat(manifests.container().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .doesNotContain("/etc/foundling/secrets/tickets");
    }

    /** Otherwise the services, the disruption budget and the policy of the ledger would take in pods of notify. */
    @Test
    void shouldNotBeSelectedAsAPodOfTheLedger() {
        // Given
        Map<String, String> labels =
                deployment().getSpec().getTemplate().getMetadata().getLabels();
        Map<String, String> ledger =
                manifests.only(StatefulSet.class).getSpec().getSelector().getMatchLabels();
        Map<String, String> own = deployment().getSpec().getSelector().getMatchLabels();

        // Then
        assertThat(labels.entrySet()).doesNotContainSequence(ledger.entrySet()).containsAll(own.entrySet());
        assertThat(labels).doesNotContainEntry("app.kubernetes.io/name", ledger.get("app.kubernetes.io/name"));
        assertThat(manifests.all(Service.class))
                .filteredOn(service -> service.getSpec().getSelector().equals(own))
                .hasSize(1);
    }

    @Test
    void shouldLetItReachItsReceivers() {
        // Given
        NetworkPolicy policy = manifests.all(NetworkPolicy.class).stream()
                .filter(each -> each.getMetadata().getName().endsWith("-notify"))
                .findFirst()
                .orElseThrow();

        // Then
        Set<Integer> ports = policy.getSpec().getEgress().get(1).getPorts().stream()
                .map(port -> port.getPort().getIntVal())
                .collect(Collectors.toSet());
        assertThat(ports).contains(9093, 443);
    }

    @Test
    void shouldGrantWhatItChecksFor() {
        // Given
        List<AccessRule> needed =
                AccessRules.ofNotify(TopicNames.ALERTS, TopicNames.DELIVERIES, DeliverySettings.groups("foundling"));

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
    void shouldHavePrometheusCallItsJobAsTheRulesDo() {
        // Given
        Manifests monitored =
                Chart.with("values-everything.yaml", Map.of("notify.enabled", true, "networkPolicy.enabled", false));

        // Then
        assertThat(monitored.all(ServiceMonitor.class))
                .filteredOn(monitor -> monitor.getMetadata().getName().endsWith("-notify"))
                .singleElement()
                .satisfies(monitor -> assertThat(monitor.getSpec().getSelector().getMatchLabels())
                        .containsEntry(monitor.getSpec().getJobLabel(), "foundling-notify"));
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        assertThatThrownBy(() -> Chart.with("values-minimal.yaml", Map.of("notify.enabled", true)))
                .hasMessageContaining("notify.enabled is true, but config.receivers is empty");
        assertThatThrownBy(() -> Chart.with(
                        "values-everything.yaml", Map.of("notify.enabled", true, "notify.egressPorts[0]", 9999)))
                .hasMessageContaining("config.receivers names port 9093 for pager");
    }

    private Deployment deployment() {
        return manifests.only(Deployment.class);
    }
}
