package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ConsoleSettings;
import io.foundling.service.config.ServiceConfig;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

/** Events over HTTP, beside the ledger. */
class IntakeChartTest {

    private static final Map<String, Object> ENABLED = Map.of(
            "intake.enabled",
            true,
            "intake.secrets[0]",
            "intake",
            "config.console.tokensFile",
            "/etc/foundling/secrets/intake/tokens.yaml");

    private final Manifests manifests = Chart.release("foundling", "values-secured.yaml", "values-intake.yaml");

    @Test
    void shouldRunWithoutStateWhereTheBrokerHasWhatIsAccepted() {
        // Given
        Deployment deployment = manifests.only(Deployment.class);
        Container container =
                deployment.getSpec().getTemplate().getSpec().getContainers().get(0);

        // Then
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
        assertThat(container.getArgs()).containsExactly("intake");
        assertThat(container.getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                .containsExactlyInAnyOrder(tuple("http", 8080), tuple("intake", 8090));
        assertThat(config(manifests).console().address().host()).isEqualTo("0.0.0.0");
        assertThat(config(manifests).console().address().port()).isEqualTo(8090);
    }

    @Test
    void shouldKeepTheSpoolOnAVolumeThatOutlivesThePod() {
        // When
        Manifests spooling = Chart.with("values-minimal.yaml", plus("config.intake.durability", "SPOOL"));

        // Then
        StatefulSet intake = spooling.all(StatefulSet.class).stream()
                .filter(set -> set.getMetadata().getName().endsWith("-intake"))
                .findFirst()
                .orElseThrow();
        Path spool = config(spooling).intake().durability().spool().orElseThrow();
        assertThat(intake.getSpec().getVolumeClaimTemplates())
                .extracting(claim -> claim.getMetadata().getName())
                .containsExactly("state");
        assertThat(intake.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                .isEqualTo("Retain");
        assertThat(intake.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("state"))
                .extracting(VolumeMount::getMountPath)
                .allMatch(spool::startsWith)
                .hasSize(1);
    }

    @Test
    void shouldSendCallersToPodsThatAreReady() {
        // Given
        Service events = manifests.all(Service.class).stream()
                .filter(service -> service.getMetadata().getName().equals("foundling-intake-events"))
                .findFirst()
                .orElseThrow();
        Ingress ingress = manifests.only(Ingress.class);

        // Then
        assertThat(events.getSpec().getPublishNotReadyAddresses()).isNull();
        assertThat(events.getSpec().getSelector())
                .isEqualTo(
                        manifests.only(Deployment.class).getSpec().getSelector().getMatchLabels());
        assertThat(ingress.getSpec().getRules().get(0).getHost()).isEqualTo("events.example.org");
        assertThat(ingress.getSpec()
                        .getRules()
                        .get(0)
                        .getHttp()
                        .getPaths()
                        .get(0)
                        .getBackend()
                        .getService()
                        .getName())
                .isEqualTo("foundling-intake-events");
        assertThat(Chart.with("values-minimal.yaml", ENABLED).all(Ingress.class))
                .isEmpty();
    }

    @Test
    void shouldLetOnlyTheNamedNamespacesReport() {
        // Given
        NetworkPolicy policy = manifests.all(NetworkPolicy.class).stream()
                .filter(each -> each.getMetadata().getName().endsWith("-intake"))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(policy.getSpec().getIngress())
                .filteredOn(rule -> rule.getPorts().get(0).getPort().getStrVal().equals("intake"))
                .singleElement()
                .satisfies(rule -> assertThat(
                                rule.getFrom().get(0).getNamespaceSelector().getMatchLabels())
                        .containsEntry("kubernetes.io/metadata.name", "ingress"));
    }

    @Test
    void shouldGrantToWriteEventsOnlyWhereTheyAreTaken() {
        // Given
        Manifests without = Chart.release("foundling", "values-secured.yaml");

        // Then
        assertThat(KafkaRight.of(manifests.only(KafkaUser.class)))
                .anyMatch(right -> right.name().equals("audit.events") && right.operation() == AclOperation.WRITE);
        assertThat(KafkaRight.of(without.only(KafkaUser.class)))
                .noneMatch(right -> right.name().equals("audit.events") && right.operation() == AclOperation.WRITE);
    }

    @Test
    void shouldGiveConsoleAndIntakeTheFilesThatTheyReadIfBothRun() {
        for (List<String> order : List.of(
                List.of("values-console.yaml", "values-intake.yaml"),
                List.of("values-intake.yaml", "values-console.yaml"))) {
            // When
            Manifests both = Chart.release("foundling", "values-secured.yaml", order.get(0), order.get(1));

            // Then
            ConsoleSettings console = config(both).console();
            Path tokens = console.access().tokens().orElseThrow().getParent();
            Path password = console.passwordFile().orElseThrow().getParent();
            Path cookieKey = console.access().cookieKey().orElseThrow().getParent();
            assertThat(mounts(both, "-intake")).contains(tokens).doesNotContain(password);
            assertThat(mounts(both, "-console")).contains(tokens, password, cookieKey);
        }
    }

    @Test
    void shouldRefuseAFileOfASecretThatThePodsDoNotHave() {
        assertThatThrownBy(() -> Chart.with("values-minimal.yaml", plus("intake.secrets[0]", "other")))
                .hasMessageContaining(
                        "config.console.tokensFile is /etc/foundling/secrets/intake/tokens.yaml, but"
                                + " intake.secrets is [\"other\"]; add intake to it, since the pods of intake read the file, too");
        assertThatThrownBy(() -> Chart.with("values-minimal.yaml", plus("console.enabled", true)))
                .hasMessageContaining("but console.secrets is []; add intake to it");
        assertThatThrownBy(() -> Chart.with(
                        "values-minimal.yaml",
                        plus("config.console.certificateFile", "/etc/foundling/secrets/tls/tls.crt")))
                .hasMessageContaining("config.console.certificateFile is /etc/foundling/secrets/tls/tls.crt, but");
    }

    private static List<Path> mounts(Manifests manifests, String process) {
        return manifests.all(Deployment.class).stream()
                .filter(each -> each.getMetadata().getName().endsWith(process))
                .flatMap(each -> each.getSpec().getTemplate().getSpec().getContainers().stream())
                .flatMap(container -> container.getVolumeMounts().stream())
                .map(mount -> Path.of(mount.getMountPath()))
                .toList();
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        assertThatThrownBy(() -> Chart.with("values-minimal.yaml", Map.of("intake.enabled", true)))
                .hasMessageContaining(
                        "intake.enabled is true, but config.console has neither tokensFile nor oidc.issuer");
        assertThatThrownBy(() -> Chart.with("values-minimal.yaml", plus("intake.ingress.enabled", true)))
                .hasMessageContaining("intake.ingress.enabled is true, but intake.ingress.host is empty");
    }

    private static Map<String, Object> plus(String key, Object value) {
        Map<String, Object> values = new HashMap<>(ENABLED);
        values.put(key, value);
        return values;
    }

    private static ServiceConfig config(Manifests manifests) {
        return new ConfigReader(Map.of("FOUNDLING_INSTANCE", "a")).read("the chart's", manifests.configuration());
    }
}
