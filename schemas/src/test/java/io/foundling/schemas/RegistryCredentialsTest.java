package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.schemas.registry.FakeRegistry;
import io.foundling.schemas.registry.RegistryAccessException;
import io.foundling.schemas.registry.RegistryClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to a registry, for what is configured under Confluent's keys. */
class RegistryCredentialsTest {

    private static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"ann\" password=\"ses:ame\";";

    private final FakeRegistry server = new FakeRegistry().answering(200, "{\"schema\": \"\\\"string\\\"\"}");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSendNothingWhenNothingIsConfigured() {
        assertThat(sent(Map.of())).isEmpty();
    }

    @Test
    void shouldSendTheUserInfo() {
        assertThat(sent(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ann:ses:amé")))
                .isEqualTo(basic("ann:ses:amé"));
    }

    @Test
    void shouldAcceptTheKeysWithThePrefixOfTheRegistry() {
        assertThat(sent(Map.of(
                        "schema.registry.basic.auth.credentials.source",
                        "USER_INFO",
                        "schema.registry.basic.auth.user.info",
                        "ann:sesame")))
                .isEqualTo(basic("ann:sesame"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "URL"})
    void shouldSendWhatTheAddressHoldsWhenItIsTheSource(String source) {
        // Given
        String url = server.url().toString().replace("//", "//ann:ses%40%2Came@");

        // Then
        assertThat(sent(Map.of("basic.auth.credentials.source", source, "schema.registry.url", url)))
                .isEqualTo(basic("ann:ses@,ame"));
    }

    @Test
    void shouldSendEachAddressItsOwn() {
        try (FakeRegistry other = new FakeRegistry().answering(503, "")) {
            // Given
            String urls = other.url().toString().replace("//", "//one:1@") + ","
                    + server.url().toString().replace("//", "//two:2@");

            // When
            String second = sent(Map.of("schema.registry.url", urls));

            // Then
            assertThat(second).isEqualTo(basic("two:2"));
            assertThat(other.authorizations()).containsExactly(basic("one:1"));
        }
    }

    @Test
    void shouldSendWhatTheKafkaClientLogsInWith() {
        assertThat(sent(Map.of("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", JAAS)))
                .isEqualTo(basic("ann:ses:ame"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "STATIC_TOKEN"})
    void shouldSendTheToken(String source) {
        assertThat(sent(Map.of("bearer.auth.credentials.source", source, "bearer.auth.token", "abc.def-1")))
                .isEqualTo("Bearer abc.def-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "basic.auth.user.info|(401); see basic.auth.user.info"
                        + "|basic.auth.credentials.source=USER_INFO,basic.auth.user.info=ann:sesame",
                "bearer.auth.token|(401); see bearer.auth.token|bearer.auth.token=sesame",
                "sasl.jaas.config|(401); see sasl.jaas.config"
                        + "|basic.auth.credentials.source=SASL_INHERIT,sasl.jaas.config=" + JAAS,
            })
    void shouldNameTheSettingWhenTheRegistryRefuses(String setting, String said, String settings) {
        try (FakeRegistry refusing = new FakeRegistry().answering(401, "{}")) {
            // Given
            Map<String, Object> all =
                    new HashMap<>(Map.of("schema.registry.url", refusing.url().toString()));
            List.of(settings.split(",")).forEach(pair -> all.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));

            // Then
            assertThatThrownBy(() -> AvroSerdes.registryClient(all).schemaById(1))
                    .isInstanceOf(RegistryAccessException.class)
                    .hasMessage("the schema registry at " + refusing.url() + " refused the credentials " + said);
            assertThat(refusing.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "basic.auth.credentials.source=OTHER|is OTHER, expected URL, USER_INFO or SASL_INHERIT",
                "basic.auth.credentials.source=USER_INFO|'basic.auth.user.info' is missing, expected user:password",
                "basic.auth.credentials.source=USER_INFO;basic.auth.user.info=sesame|has no colon, expected user:password",
                "basic.auth.user.info=ann:sesame|'basic.auth.credentials.source' is expected to be USER_INFO, not left out",
                "basic.auth.credentials.source=URL;basic.auth.user.info=ann:sesame|expected to be USER_INFO, not URL",
                "basic.auth.credentials.source=USER_INFO;basic.auth.user.info=ann:sesame;bearer.auth.token=sesame"
                        + "|'bearer.auth.token' is set",
                "basic.auth.credentials.source=URL;bearer.auth.credentials.source=STATIC_TOKEN;bearer.auth.token=sesame"
                        + "|expected only one of them",
                "basic.auth.credentials.source=USER_INFO;basic.auth.user.info=ann:sesame;"
                        + "schema.registry.url=http://ann:sesame@localhost|'schema.registry.url' holds credentials",
                "bearer.auth.credentials.source=STATIC_TOKEN|'bearer.auth.token' is missing",
                "bearer.auth.token=ses ame|'bearer.auth.token' holds a space",
                "bearer.auth.credentials.source=OAUTHBEARER|is OAUTHBEARER, expected STATIC_TOKEN: this client fetches no",
                "bearer.auth.credentials.source=SASL_OAUTHBEARER_INHERIT|Confluent's serdes do, see avro.serde.class",
                "bearer.auth.credentials.source=CUSTOM|is CUSTOM, expected STATIC_TOKEN",
                "basic.auth.credentials.source=SASL_INHERIT|sasl.jaas.config is missing",
                "basic.auth.credentials.source=SASL_INHERIT;sasl.jaas.config=sesame|names no username and password",
                "basic.auth.credentials.source=SASL_INHERIT;sasl.jaas.config=a.B required password=sesame sesame;"
                        + "|names no username and password",
                "basic.auth.credentials.source=USER_INFO;basic.auth.user.info=ann:sesame;"
                        + "schema.registry.basic.auth.user.info=bob:sesame|differ, expected only one of them",
                "schema.registry.url=http://ann:ses/ame@localhost|has an entry (hidden), which must be an http",
                "schema.registry.url=http://ann:sesame,ses@localhost|has an entry (hidden), which must be an http",
                "schema.registry.url=ftp://ann:sesame@localhost|has an entry (hidden), which must be an http",
            })
    void shouldSayWhatIsWrongWithoutQuotingASecret(String settings, String said) {
        // Given
        Map<String, Object> all = new HashMap<>(Map.of("schema.registry.url", "http://localhost:1"));
        List.of(settings.split(";")).forEach(pair -> all.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));

        // Then
        assertThatThrownBy(() -> AvroSerdes.check(all))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(said)
                .hasNoCause()
                .satisfies(wrong ->
                        assertThat(wrong.getMessage().toLowerCase()).doesNotContain("ses ame", "sesame", "ses/ame"));
    }

    private String sent(Map<String, String> settings) {
        Map<String, String> all =
                new HashMap<>(Map.of("schema.registry.url", server.url().toString()));
        all.putAll(settings);
        try (RegistryClient client = AvroSerdes.registryClient(all)) {
            client.schemaById(1);
        }
        return server.authorizations().get(0);
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }
}
