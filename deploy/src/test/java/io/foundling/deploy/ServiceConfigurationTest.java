package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the chart puts into a pod, file and environment, with the service's own reader. */
class ServiceConfigurationTest {

    private static final String POD = "foundling-1";

    @TempDir
    private Path mounted;

    @ParameterizedTest
    @ValueSource(strings = {"values-minimal.yaml", "values-secured.yaml", "values-everything.yaml"})
    void shouldFitThePod(String example) throws IOException {
        // Given
        Manifests manifests = Chart.with(example);

        // When
        ServiceConfig config = read(manifests);

        // Then
        assertThat(config.instance().name()).isEqualTo(POD);
        assertThat(manifests.container().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains(config.instance().stateDirectory().getParent().toString());
        assertThat(manifests.container().getPorts().get(0).getContainerPort())
                .isEqualTo(config.http().port());
        assertThat(config.http().host()).isEqualTo("0.0.0.0");
    }

    @Test
    void shouldHandOnWhatWasGiven() throws IOException {
        // When
        ServiceConfig config = read(Chart.with("values-everything.yaml"));

        // Then
        assertThat(config.instance().application()).isEqualTo("declarations");
        assertThat(config.sources()).containsExactly("audit.events", "payroll.Audit_events");
        assertThat(config.instance().threads()).isEqualTo(2);
        assertThat(config.instance().rocksdbMemoryInBytes()).isEqualTo(1024L << 20);
        assertThat(config.ledger().sweep().maxExpiries()).isEqualTo(5000);
        assertThat(config.ledger().retention().completed()).isEqualTo(Duration.ZERO);
        assertThat(config.ledger().retention().maxStages()).isEqualTo(2000);
        assertThat(config.ledger().alerting().clockStands()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.ledger().alerting().maxAge()).isEqualTo(Duration.ofDays(30));
        assertThat(config.ledger().policies()).hasSize(2);
        assertThat(config.ledger().expectations()).hasSize(1);
        assertThat(config.kafka().values())
                .containsEntry("topic.min.insync.replicas", "2")
                .containsEntry("ssl.keystore.password", "content of user.password");
        assertThat(config.avro().values()).containsEntry("auto.register.schemas", "false");
    }

    @Test
    void shouldReadSecretsFromTheirFiles() throws IOException {
        // When
        ServiceConfig config = read(Chart.with("values-secured.yaml"));

        // Then
        assertThat(config.kafka().values()).containsEntry("sasl.jaas.config", "content of sasl.jaas.config");
        assertThat(config.avro().values())
                .containsEntry("basic.auth.credentials.source", "USER_INFO")
                .containsEntry("basic.auth.user.info", "content of user.info");
    }

    @ParameterizedTest
    @ValueSource(strings = {"values-secured.yaml", "values-everything.yaml"})
    void shouldLookForCertificatesWhereTheyAreMounted(String example) throws IOException {
        // Given
        Manifests manifests = Chart.with(example);
        List<String> mounts = manifests.container().getVolumeMounts().stream()
                .map(VolumeMount::getMountPath)
                .toList();

        // When
        ServiceConfig config = read(manifests);

        // Then
        assertThat(Stream.of(config.kafka(), config.avro())
                        .flatMap(settings -> settings.values().entrySet().stream())
                        .filter(setting -> setting.getKey().endsWith(".location"))
                        .map(setting -> Path.of(setting.getValue()).getParent().toString()))
                .isNotEmpty()
                .isSubsetOf(mounts);
    }

    @Test
    void shouldMeanTheDefaultsOfTheServiceWhereNothingIsSaid() throws IOException {
        // Given
        ServiceConfig ours = read(Chart.with("values-minimal.yaml"));

        // When
        ServiceConfig defaults = new ConfigReader(Map.of()).read("defaults", """
                        instance: foundling-1
                        stateDirectory: /var/lib/foundling/state
                        kafka: {bootstrap.servers: "kafka-kafka-bootstrap.kafka:9092"}
                        avro: {schema.registry.url: "http://schema-registry.kafka:8081"}
                        """);

        // Then
        assertThat(ours).isEqualTo(defaults);
    }

    @Test
    void shouldKeepTheExampleOfTheFileReadable() {
        // Then
        assertThatCode(() -> new ConfigReader(Map.of()).read(Chart.EXAMPLES.resolve("domestic-declarations.yaml")))
                .doesNotThrowAnyException();
    }

    private ServiceConfig read(Manifests manifests) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : manifests.container().getEnv()) {
            environment.put(variable.getName(), value(variable));
        }
        return new ConfigReader(environment).read("foundling.yaml", manifests.configuration());
    }

    /** The value as the pod sees it; files of Secrets are made up below a directory of the test. */
    private String value(EnvVar variable) throws IOException {
        if (variable.getValueFrom() != null) {
            assertThat(variable.getValueFrom().getFieldRef().getFieldPath()).isEqualTo("metadata.name");
            return POD;
        }
        if (!variable.getName().endsWith("_FILE")) {
            return variable.getValue();
        }
        Path file = mounted.resolve(Path.of("/").relativize(Path.of(variable.getValue())));
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "content of " + file.getFileName()).toString();
    }
}
