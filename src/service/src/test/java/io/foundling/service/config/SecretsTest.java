package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.keystore.password",
                "sasl.jaas.config",
                "ssl.keystore.key",
                "sasl.oauthbearer.client.credentials.client.secret",
                "basic.auth.user.info",
                "bearer.auth.token",
            })
    void shouldNotShowAValueWhenItsKeyNamesASecret(String key) {
        ServiceConfig config = new ConfigReader(Map.of())
                .read(
                        "test.yaml",
                        "kafka: {bootstrap.servers: 'a:1', " + key + ": sesame}\n"
                                + "avro: {schema.registry.url: 'https://user:sesame@host', " + key + ": sesame}");

        assertThat(config.toString()).doesNotContain("sesame").contains(key, Secrets.MASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:ses/ame", "user:ses,ame", "user:ses@ame", "user:ses ame", "ses//ame"})
    void shouldNotShowWhatStandsBeforeAHostHoweverItIsWritten(String userInfo) {
        assertThat(Secrets.masked("schema.registry.url", "https://" + userInfo + "@one,https://" + userInfo + "@two:1"))
                .isEqualTo("https://(hidden)@two:1");
    }

    @Test
    void shouldGiveTheLoginOfTheKafkaClientsToTheSerdesThatInheritIt() {
        // When
        ServiceConfig config = new ConfigReader(Map.of())
                .read(
                        "test.yaml",
                        "kafka: {bootstrap.servers: 'a:1', sasl.jaas.config: sesame}\n"
                                + "avro: {schema.registry.url: 'https://host', basic.auth.credentials.source: SASL_INHERIT}");

        // Then
        assertThat(config.avro().values()).containsEntry("sasl.jaas.config", "sesame");
        assertThat(config.toString()).doesNotContain("sesame");
    }

    @Test
    void shouldNotQuoteSecretsWhenThereAreProblems(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("threads"), "sesame");
        String yaml = """
                kafka: {bootstrap.servers: 'a', ssl.key.password: sesame}
                avro: {schema.registry.url: 'ftp://user:sesame@host'}
                """;

        // When
        var problems = ConfigReaderTest.problems(yaml, Map.of("FOUNDLING_THREADS_FILE", file.toString()));

        // Then
        assertThat(problems).hasSize(3).noneMatch(problem -> problem.contains("sesame"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*sesame", "!sesame", "&sesame", "!se!same", "%sesame", "[sesame", "\"sesame\\q\""})
    void shouldNotQuoteASecretWhenItIsNoYaml(String value) {
        assertThat(ConfigReaderTest.problems("kafka: {ssl.key.password: " + value + "}", Map.of()))
                .isNotEmpty()
                .noneMatch(problem -> problem.contains("same"));
    }
}
