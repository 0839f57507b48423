package io.foundling.service.config;

import static io.foundling.service.config.ConfigReaderTest.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentSourceTest {

    @Test
    void shouldOverrideTheFileWhenAVariableIsSet() {
        // Given
        Map<String, String> environment = Map.of(
                "FOUNDLING_LATE_ARRIVAL_GRACE", "5s",
                "FOUNDLING_RETENTION_COMPLETED", "2d",
                "FOUNDLING_ROCKSDB_MEMORY", "64MiB",
                "FOUNDLING_MAX_EXPIRIES_PER_SWEEP", "7",
                "FOUNDLING_SOURCES", "one, two",
                "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", "broker:9093",
                "FOUNDLING_KAFKA_SECURITY_PROTOCOL", "SSL",
                "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", "mock://other",
                "HOME", "/nowhere");

        // When
        ServiceConfig config = new ConfigReader(environment).read("test.yaml", REQUIRED + "lateArrivalGrace: 1m");

        // Then
        assertThat(config.ledger().lateEvents().arrivalGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.ledger().retention().completed()).isEqualTo(Duration.ofDays(2));
        assertThat(config.instance().rocksdbMemoryInBytes()).isEqualTo(64L << 20);
        assertThat(config.ledger().sweep().maxExpiries()).isEqualTo(7);
        assertThat(config.sources()).containsExactly("one", "two");
        assertThat(config.kafka().values())
                .isEqualTo(Map.of("bootstrap.servers", "broker:9093", "security.protocol", "SSL"));
        assertThat(config.avro().values()).isEqualTo(Map.of("schema.registry.url", "mock://other"));
    }

    @Test
    void shouldHaveOneVariableForEveryKeyWhenItIsNoListItem() {
        assertThat(ConfigKeys.all().stream()
                        .filter(key -> !key.isItem())
                        .map(key -> key.environmentVariable().orElseThrow()))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("FOUNDLING_[A-Z_]+(\\.\\*|_\\*)?"))
                .doesNotContainAnyElementsOf(EnvironmentSource.RESERVED);
    }

    @Test
    void shouldNameTheVariableWhenItsValueIsWrong() {
        assertThat(problems(Map.of("FOUNDLING_HTTP_PORT", "http")))
                .containsExactly(
                        "environment variable FOUNDLING_HTTP_PORT: http.port is 'http', expected a whole number"
                                + " from 0 to 65535");
    }

    @Test
    void shouldSuggestAVariableWhenItIsUnknown() {
        assertThat(problems(Map.of("FOUNDLING_ALLOWEDLAG", "5s", "FOUNDLING_KAFKA_", "x", "FOUNDLING_COLOUR", "red")))
                .containsExactly(
                        "environment variable FOUNDLING_ALLOWEDLAG: unknown, no setting has this name;"
                                + " did you mean 'FOUNDLING_ALLOWED_LAG'?",
                        "environment variable FOUNDLING_COLOUR: unknown, no setting has this name",
                        "environment variable FOUNDLING_KAFKA_: unknown, no setting has this name");
    }

    @Test
    void shouldLeaveAloneWhatIsNoSetting() {
        assertThat(problems(Map.of(
                        "FOUNDLING_CONFIG", "foundling.yaml",
                        "FOUNDLING_JAVA_OPTS", "-Xmx1g",
                        "FOUNDLING_HOME", "/opt/foundling")))
                .isEmpty();
    }

    @Test
    void shouldLeaveAloneWhatKubernetesAddsForServices() {
        assertThat(problems(Map.of(
                        "FOUNDLING_SERVICE_HOST", "10.0.0.1",
                        "FOUNDLING_SERVICE_PORT_HTTP", "8080",
                        "FOUNDLING_PORT", "tcp://10.0.0.1:8080",
                        "FOUNDLING_HTTP_PORT", "tcp://10.0.0.1:8080",
                        "FOUNDLING_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "FOUNDLING_KAFKA_PORT_9092_TCP", "tcp://10.0.0.2:9092")))
                .isEmpty();
    }

    @Test
    void shouldReadTheValueFromAFileWhenTheVariableEndsInFile(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("secret"), "sesame \n");

        // When
        ServiceConfig config = new ConfigReader(Map.of("FOUNDLING_KAFKA_SSL_KEY_PASSWORD_FILE", file.toString()))
                .read("test.yaml", REQUIRED);

        // Then
        assertThat(config.kafka().values()).containsEntry("ssl.key.password", "sesame ");
    }

    @Test
    void shouldRefuseBothFormsOfAVariable(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("port"), "1\n");

        assertThat(problems(Map.of("FOUNDLING_HTTP_PORT", "2", "FOUNDLING_HTTP_PORT_FILE", file.toString())))
                .containsExactly("environment variable FOUNDLING_HTTP_PORT_FILE: FOUNDLING_HTTP_PORT is set too;"
                        + " keep one of them");
    }

    /** Whoever writes the value itself where its file belongs must not find it in the log. */
    @ParameterizedTest
    @ValueSource(strings = {"sesame", "/sesame", "sesame\u0000"})
    void shouldNotShowWhatShouldBeTheNameOfAFile(String secret) {
        assertThat(problems(Map.of("FOUNDLING_KAFKA_SSL_KEY_PASSWORD_FILE", secret)))
                .singleElement(STRING)
                .startsWith("environment variable FOUNDLING_KAFKA_SSL_KEY_PASSWORD_FILE: ")
                .endsWith(", expected the path of a UTF-8 file that holds the value")
                .doesNotContain("sesame");
    }

    private static List<String> problems(Map<String, String> environment) {
        return ConfigReaderTest.problems(REQUIRED, environment);
    }
}
