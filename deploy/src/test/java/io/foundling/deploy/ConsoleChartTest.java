package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.foundling.console.model.reading.ReaderSettings;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ConsoleSettings;
import io.foundling.service.config.ServiceConfig;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages and API beside the ledger. */
class ConsoleChartTest {

    private static final Map<String, ?> SQLITE = Map.of(
            "console.enabled",
            true,
            "console.secrets[0]",
            "console",
            "config.console.tokensFile",
            "/etc/foundling/secrets/console/tokens.yaml");

    private final Manifests manifests = Chart.release("foundling", "values-secured.yaml", "values-console.yaml");

    @Test
    void shouldRunSeveralWithPostgresql() {
        // Given
        Deployment deployment = manifests.only(Deployment.class);
        Container container =
                deployment.getSpec().getTemplate().getSpec().getContainers().get(0);

        // Then
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
        assertThat(container.getArgs()).containsExactly("console");
        assertThat(container.getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                .containsExactlyInAnyOrder(tuple("http", 8080), tuple("console", 8090));
        assertThat(container.getReadinessProbe().getHttpGet().getPort().getStrVal())
                .isEqualTo("http");
        assertThat(settings(manifests).database()).isEqualTo("jdbc:postgresql://postgresql.databases:5432/foundling");
        assertThat(settings(manifests).address().host()).isEqualTo("0.0.0.0");
        assertThat(settings(manifests).access().cookieKey())
                .as("people who sign in at one pod are signed in at the other")
                .contains(Path.of("/etc/foundling/secrets/foundling-console/cookie-key"));
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains("/etc/foundling/secrets/foundling-console");
    }

    @Test
    void shouldRunOneWithAVolumeForSqlite() {
        // Given
        Manifests sqlite = Chart.with("values-minimal.yaml", SQLITE);
        StatefulSet console = console(sqlite);

        // Then
        assertThat(console.getSpec().getReplicas()).isOne();
        assertThat(console.getSpec().getServiceName())
                .isEqualTo(console.getMetadata().getName());
        assertThat(console.getSpec().getPodManagementPolicy())
                .as("as with a spool, because it cannot be changed")
                .isEqualTo("Parallel");
        assertThat(console.getSpec().getVolumeClaimTemplates())
                .extracting(PersistentVolumeClaim::getMetadata)
                .extracting("name")
                .containsExactly("state");
        assertThat(console.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("state"))
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/var/lib/foundling");
        assertThat(settings(sqlite).database()).isEqualTo("jdbc:sqlite:/var/lib/foundling/console.db");
    }

    @Test
    void shouldKeepTheSpoolOfItsIntakeOnAVolumeWithEitherDatabase() {
        // Given
        Map<String, Object> spooling = new HashMap<>(SQLITE);
        spooling.putAll(Map.of(
                "config.intake.enabled", true, "config.intake.durability", "SPOOL", "state.whenDeleted", "Delete"));
        Map<String, Object> postgresql = new HashMap<>(spooling);
        postgresql.put("config.console.database", "jdbc:postgresql://db:5432/foundling");
        for (Map<String, Object> values : List.of(spooling, postgresql)) {
            // When
            Manifests manifests = Chart.with("values-minimal.yaml", values);

            // Then
            StatefulSetSpec console = console(manifests).getSpec();
            Path spool = config(manifests).intake().durability().spool().orElseThrow();
            assertThat(console.getVolumeClaimTemplates()).hasSize(1);
            assertThat(console.getPodManagementPolicy()).isEqualTo("Parallel");
            assertThat(console.getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                    .as("its events have no other copy")
                    .isEqualTo("Retain");
            assertThat(console.getTemplate().getSpec().getContainers().get(0).getVolumeMounts())
                    .filteredOn(mount -> mount.getName().equals("state"))
                    .extracting(VolumeMount::getMountPath)
                    .allMatch(spool::startsWith)
                    .hasSize(1);
        }
    }

    @Test
    void shouldHaveNoSpoolIfItTakesNoEvents() {
        // When
        Manifests manifests = Chart.with(
                "values-minimal.yaml",
                Map.of(
                        "console.enabled",
                        true,
                        "console.secrets[0]",
                        "console",
                        "config.console.tokensFile",
                        "/etc/foundling/secrets/console/tokens.yaml",
                        "config.console.database",
                        "jdbc:postgresql://db:5432/foundling",
                        "config.intake.spoolDirectory",
                        "/var/lib/foundling/spool",
                        "config.intake.durability",
                        "SPOOL"));

        // Then
        assertThat(manifests.only(Deployment.class).getMetadata().getName()).endsWith("-console");
    }

    /** By default. */
    @Test
    void shouldHaveRoomForTheFileAndTheSpool() {
        // Given
        ServiceConfig defaults = config(Chart.with("values-minimal.yaml", SQLITE));
        long volume = Quantity.getAmountInBytes(new Quantity(
                        Chart.file("values.yaml").at("/console/storage/size").asText()))
                .longValueExact();

        // Then
        assertThat(defaults.console().maxSizeInBytes()
                        + defaults.intake().durability().spoolMaxBytes())
                .isLessThan(volume);
    }

    /** The first by default, with the defaults of the service. */
    @ParameterizedTest
    @CsvSource({"11Gi,,", "12Gi,12884901888,1MiB", "12Gi,10 GiB,2GiB", "12G,11000MB,1GB", "0.5Gi,256MiB,256MiB"})
    void shouldRefuseAVolumeWithoutRoomForTheFileAndTheSpool(String volume, String file, String spool) {
        // Given
        Map<String, Object> values = sharing(volume, file, spool);

        // Then
        assertThatThrownBy(() -> Chart.with("values-minimal.yaml", values))
                .hasMessageContaining("console.storage.size is " + volume
                        + ", expected more than config.console.maxSize and config.intake.spoolMaxSize together");
        values.put("config.console.database", "jdbc:postgresql://db:5432/foundling");
        assertThat(Chart.with("values-minimal.yaml", values).all(StatefulSet.class))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"12Gi,10GiB,1GiB", "12Gi,10737418240,2147483647", "1100M,1GB,99MB"})
    void shouldTakeAVolumeWithRoomForTheFileAndTheSpool(String volume, String file, String spool) {
        assertThat(Chart.with("values-minimal.yaml", sharing(volume, file, spool))
                        .all(StatefulSet.class))
                .isNotEmpty();
    }

    private static Map<String, Object> sharing(String volume, String file, String spool) {
        Map<String, Object> values = new HashMap<>(SQLITE);
        values.putAll(Map.of(
                "config.intake.enabled", true, "config.intake.durability", "SPOOL", "console.storage.size", volume));
        if (file != null) {
            values.put("config.console.maxSize", file);
            values.put("config.intake.spoolMaxSize", spool);
        }
        return values;
    }

    /** Otherwise the services, the disruption budget and the policy of the ledger would take in pods of the console. */
    @Test
    void shouldNotBeSelectedAsAPodOfTheLedger() {
        // Given
        Map<String, String> ledger =
                manifests.only(StatefulSet.class).getSpec().getSelector().getMatchLabels();
        Map<String, String> labels = manifests
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();

        // Then
        assertThat(labels).doesNotContainEntry("app.kubernetes.io/name", ledger.get("app.kubernetes.io/name"));
    }

    @Test
    void shouldSendPeopleToPodsThatAreReady() {
        // Given
        Service pages = manifests.all(Service.class).stream()
                .filter(each -> each.getMetadata().getName().endsWith("-console-pages"))
                .findFirst()
                .orElseThrow();
        Ingress ingress = manifests.only(Ingress.class);

        // Then
        assertThat(pages.getSpec().getPublishNotReadyAddresses()).isNull();
        assertThat(ingress.getSpec().getRules().get(0).getHost()).isEqualTo("foundling.example.org");
        assertThat(ingress.getSpec()
                        .getRules()
                        .get(0)
                        .getHttp()
                        .getPaths()
                        .get(0)
                        .getBackend()
                        .getService()
                        .getName())
                .isEqualTo(pages.getMetadata().getName());
    }

    /** Another pod knows nothing of an act that is to be confirmed, or of a person who signed in. */
    @Test
    void shouldSendACallerToOnePod() {
        // Given
        Service pages = manifests.all(Service.class).stream()
                .filter(each -> each.getMetadata().getName().endsWith("-console-pages"))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(pages.getSpec().getSessionAffinity()).isEqualTo("ClientIP");
    }

    @Test
    void shouldHaveNoIngressUnlessAsked() {
        assertThat(Chart.with("values-minimal.yaml", SQLITE).all(Ingress.class)).isEmpty();
    }

    @Test
    void shouldLetItReachItsDatabase() {
        // Given
        NetworkPolicy policy = manifests.all(NetworkPolicy.class).stream()
                .filter(each -> each.getMetadata().getName().endsWith("-console"))
                .findFirst()
                .orElseThrow();

        // Then
        Set<Integer> ports = policy.getSpec().getEgress().get(1).getPorts().stream()
                .map(port -> port.getPort().getIntVal())
                .collect(Collectors.toSet());
        assertThat(ports).contains(5432, 443);
        assertThat(policy.getSpec().getIngress())
                .flatExtracting(rule -> rule.getPorts())
                .extracting(port -> port.getPort().getStrVal())
                .containsExactlyInAnyOrder("http", "console");
    }

    @Test
    void shouldGrantWhatItChecksFor() {
        // Given
        List<AccessRule> needed = AccessRules.ofConsole(
                List.of("audit.events", "audit.dispositions"),
                List.of("audit.events"),
                ReaderSettings.group("foundling"));

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
    void shouldHavePrometheusAskEachPodOnce() {
        // Given
        Manifests monitored = Chart.with(
                "values-minimal.yaml",
                Map.of(
                        "console.enabled",
                        true,
                        "console.secrets[0]",
                        "console",
                        "config.console.tokensFile",
                        "/etc/foundling/secrets/console/tokens.yaml",
                        "monitoring.serviceMonitor.enabled",
                        true));
        Map<String, String> selector = monitored.all(ServiceMonitor.class).stream()
                .filter(each -> each.getMetadata().getName().endsWith("-console"))
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getSelector()
                .getMatchLabels();

        // Then
        assertThat(monitored.all(Service.class))
                .filteredOn(
                        service -> service.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
                .hasSize(1);
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        assertThatThrownBy(() -> Chart.with("values-minimal.yaml", Map.of("console.enabled", true)))
                .hasMessageContaining("config.console has neither tokensFile nor oidc.issuer");
        assertThatThrownBy(() -> Chart.with(
                        "values-minimal.yaml",
                        Map.of(
                                "console.enabled",
                                true,
                                "console.secrets[0]",
                                "console",
                                "console.replicas",
                                2,
                                "config.console.tokensFile",
                                "/etc/foundling/secrets/console/tokens.yaml")))
                .hasMessageContaining("console.replicas is 2, but the database is a file of SQLite");
        assertThatThrownBy(() -> Chart.with(
                        "values-minimal.yaml",
                        Map.of(
                                "console.enabled",
                                true,
                                "console.secrets[0]",
                                "console",
                                "config.console.tokensFile",
                                "/etc/foundling/secrets/console/tokens.yaml",
                                "config.console.database",
                                "jdbc:postgresql://db:6432/foundling")))
                .hasMessageContaining("names port 6432, but console.egressPorts is [5432,443]");
    }

    private static StatefulSet console(Manifests manifests) {
        return manifests.all(StatefulSet.class).stream()
                .filter(each -> each.getMetadata().getName().endsWith("-console"))
                .findFirst()
                .orElseThrow();
    }

    private static ConsoleSettings settings(Manifests manifests) {
        return config(manifests).console();
    }

    private static ServiceConfig config(Manifests manifests) {
        return new ConfigReader(Map.of("FOUNDLING_INSTANCE", "a")).read("the chart's", manifests.configuration());
    }
}
