package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.foundling.service.config.ConfigKey;
import io.foundling.service.config.ConfigKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values the chart takes, and what somebody reads whose values it refuses. */
class ChartValuesTest {

    /** Set by the chart itself, from what the pod is made of. */
    private static final Set<String> OWNED = Set.of(
            "instance", "stateDirectory", "rocksdb.memory", "http.host", "http.port", "console.host", "console.port");

    @TempDir
    private static Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replica: 3                                      | '': additional properties 'replica' not allowed
            memory: {heap: 3}                               | '/memory': additional properties 'heap' not allowed
            config: {retention: {complete: 1d}}             | '/config/retention': additional properties 'complete' not allowed
            config: {policies: [{name: a, windows: 1d}]}    | '/config/policies/0': additional properties 'windows' not allowed
            config: {instance: foundling-0}                 | '/config': additional properties 'instance' not allowed
            config: {rocksdb: {memory: 1GiB}}               | '/config': additional properties 'rocksdb' not allowed
            config: {allowedLag: 5}                         | '/config/allowedLag': got number, want string
            config: {allowedLag: 5 s}                       | '/config/allowedLag': '5 s' does not match pattern
            config: {kafka: {sasl.jaas.config: secret}}     | config.kafka.sasl.jaas.config looks like a secret
            config: {kafka: {ssl.key.password: secret}}     | config.kafka.ssl.key.password looks like a secret
            config: {avro: {bearer.auth.token: a}}          | config.avro.bearer.auth.token looks like a secret
            config: {avro: {basic.auth.user.info: a}}       | config.avro.basic.auth.user.info looks like a secret
            config: {avro: {schema.registry.url: http://a:b@c}} | config.avro.schema.registry.url looks like a secret
            config: {avro: {schema.registry.url: http://a:b/c@d}} | config.avro.schema.registry.url looks like a secret
            config: {avro: {schema.registry.url: https://registry.example}} | config.avro.schema.registry.url names port 443, but networkPolicy.egressPorts is [9092,9093,8081]; add it
            config: {avro: {schema.registry.url: "http://a:8081,http://b:8085/api"}} | config.avro.schema.registry.url names port 8085
            replicas: two                                   | '/replicas': got string, want integer
            image: {tag: latest}                            | image.tag is latest, which is another image tomorrow; name a version
            image: {tag: 7.1.0, digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef} | image.tag is 7.1.0 and image.digest is set, which goes before it
            image: {digest: sha256:1}                       | '/image/digest': 'sha256:1' does not match pattern
            image: {user: 0}                                | '/image/user': minimum: got 0, want 1
            javaOptions: -Xmx4g                             | javaOptions is "-Xmx4g", but heap and temporary directory are set by memory.heapMi
            terminationGracePeriodSeconds: 10               | '/terminationGracePeriodSeconds': minimum: got 10, want 35
            monitoring: {rules: {enable: true}}             | '/monitoring/rules': additional properties 'enable' not allowed
            extraEnv: [{name: FOUNDLING_INSTANCE, value: a}] | extraEnv names FOUNDLING_INSTANCE, which the chart sets
            extraVolumes: [{name: config, emptyDir: {}}]    | extraVolumes names a volume config, as the chart does; choose another name
            monitoring: {serviceMonitor: {enabled: true}, podMonitor: {enabled: true}} | monitoring.serviceMonitor and monitoring.podMonitor are both enabled
            logFormat: xml                                  | '/logFormat': value must be one of 'text', 'json'
            networkPolicy: {egressPorts: [8081]}            | config.kafka.bootstrap.servers names port 9092, but networkPolicy.egressPorts is [8081]; add it
            strimzi: {topics: true, replicas: 1}            | strimzi.minInSyncReplicas is 2, expected at most strimzi.replicas, 1
            """)
    void shouldRefuseWithASentence(String values, String sentence) throws IOException {
        // Given
        Path file = directory.resolve("values.yaml");
        JsonNode merged = merged(Chart.EXAMPLES.resolve("values-minimal.yaml"), values);
        Files.writeString(file, merged.toString());

        // Then
        assertThatThrownBy(() -> Chart.with(file, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void shouldSayWhatIsRequired() throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("none.yaml"), "{}\n");

        // Then
        assertThatThrownBy(() -> Chart.with(file, Map.of()))
                .hasMessageContaining("at '/config/kafka': missing property 'bootstrap.servers'")
                .hasMessageContaining("at '/config/avro': missing property 'schema.registry.url'");
    }

    @Test
    void shouldKnowEveryKeyOfTheConfigurationButItsOwn() {
        // Given
        Set<String> ofTheService = new TreeSet<>();
        ConfigKeys.all().stream()
                .map(ConfigKey::path)
                .map(path -> path.replaceFirst("^(policies\\[].+|console\\.oidc\\..+)\\.\\*$", "$1"))
                .filter(path -> !OWNED.contains(path) && !path.endsWith(".*"))
                .forEach(ofTheService::add);

        // When
        Set<String> ofTheChart = new TreeSet<>();
        leaves("", Chart.file("values.schema.json").at("/properties/config/properties"), ofTheChart);

        // Then
        assertThat(ofTheChart).isEqualTo(ofTheService);
    }

    @Test
    void shouldRefuseUnknownKeysEverywhere() {
        // When
        List<String> open = new ArrayList<>();
        openObjects("", Chart.file("values.schema.json"), open);

        // Then: those whose keys are the user's or another program's.
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "/definitions/labels",
                        "/definitions/clientSettings",
                        "/definitions/named",
                        "/properties/global",
                        "/properties/affinity",
                        "/properties/extraEnv/items/properties/valueFrom",
                        "/properties/envFrom/items",
                        "/properties/bridge/properties/mappings",
                        "/properties/config/properties/console/properties/oidc/properties/roles",
                        "/properties/secrets/items/properties/settings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"values-minimal.yaml", "values-secured.yaml", "values-everything.yaml"})
    void shouldPassHelmsOwnChecks(String example) throws IOException {
        // Given
        Path copy = Directories.copy(Chart.DIRECTORY, directory.resolve(example));
        JsonNode values = merged(copy.resolve("values.yaml"), Files.readString(Chart.EXAMPLES.resolve(example)));
        Files.writeString(copy.resolve("values.yaml"), values.toString());

        // When
        LintResult result = new Helm(copy).lint().strict().call();

        // Then
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    private static JsonNode merged(Path file, String values) throws IOException {
        return Yaml.merged(Yaml.tree(Files.readString(file)), Yaml.tree(values));
    }

    private static void leaves(String path, JsonNode properties, Set<String> found) {
        properties.properties().forEach(property -> {
            JsonNode schema = property.getValue();
            if (schema.path("items").has("properties")) {
                leaves(path + property.getKey() + "[].", schema.at("/items/properties"), found);
            } else if (schema.has("properties")) {
                leaves(path + property.getKey() + ".", schema.get("properties"), found);
            } else {
                found.add(path + property.getKey());
            }
        });
    }

    private static void openObjects(String path, JsonNode schema, List<String> found) {
        if (schema.path("type").asText().equals("object")
                && !schema.path("additionalProperties").isBoolean()) {
            found.add(path);
        }
        schema.properties().forEach(child -> openObjects(path + '/' + child.getKey(), child.getValue(), found));
    }
}
