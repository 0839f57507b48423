package io.foundling.service.config;

import static io.foundling.service.config.ConfigReaderTest.REQUIRED;
import static io.foundling.service.config.ConfigReaderTest.problems;
import static io.foundling.service.config.ConfigReaderTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.access.Role;
import io.foundling.console.access.oidc.OidcSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the console, as it is configured. */
final class AccessConfigTest {

    private static final String ISSUER = "issuer: https://idp, audience: foundling";

    private static AccessSettings access(String console) {
        return read(REQUIRED + "console: {" + console + "}\n").console().access();
    }

    @Test
    void shouldNeedNoCredentialsByDefault() {
        assertThat(read(REQUIRED).console().access()).isEqualTo(AccessSettings.NONE);
        assertThat(AccessSettings.NONE.needsCredentials()).isFalse();
    }

    @Test
    void shouldReadAllOfIt() {
        // When
        AccessSettings access = read(REQUIRED + """
                console:
                  host: 0.0.0.0
                  tokensFile: /secrets/tokens.yaml
                  metadata: [filename, "order id"]
                  cookieKeyFile: /secrets/cookie-key
                  requestsPerMinute: 500
                  oidc:
                    issuer: https://login.microsoftonline.com/tenant/v2.0
                    audience: api://foundling
                    jwksUrl: http://localhost:8080/keys
                    caFile: /secrets/ca.crt
                    nameClaim: preferred_username
                    rolesClaim: groups
                    sourcesClaim: teams
                    roles:
                      6a1f.b: OPERATOR, AUDITOR
                      Everybody Else: READER
                """).console().access();

        // Then
        assertThat(access)
                .isEqualTo(new AccessSettings(
                        Optional.of(Path.of("/secrets/tokens.yaml")),
                        Optional.of(new IssuerSettings(
                                "https://login.microsoftonline.com/tenant/v2.0",
                                "api://foundling",
                                Optional.of("http://localhost:8080/keys"),
                                Optional.of(Path.of("/secrets/ca.crt")),
                                new OidcSettings.Claims(
                                        "preferred_username",
                                        "groups",
                                        Optional.of("teams"),
                                        Map.of(
                                                "6a1f.b",
                                                Set.of(Role.OPERATOR, Role.AUDITOR),
                                                "Everybody Else",
                                                Set.of(Role.READER))))),
                        Set.of("filename", "order id"),
                        Optional.of(Path.of("/secrets/cookie-key")),
                        500));
        assertThat(access.needsCredentials()).isTrue();
    }

    @Test
    void shouldLimitRequestsOfThoseWhoNeedCredentials() {
        assertThat(access("port: 0").requestsPerMinute()).isZero();
        assertThat(access("tokensFile: a").requestsPerMinute()).isEqualTo(3_000);
        assertThat(access("oidc: {" + ISSUER + ", roles: {a: READER}}").requestsPerMinute())
                .isEqualTo(3_000);
        assertThat(access("tokensFile: a, requestsPerMinute: 0").requestsPerMinute())
                .isZero();
        assertThat(access("requestsPerMinute: 20").requestsPerMinute()).isEqualTo(20);
        assertThat(problems(REQUIRED + "console: {requestsPerMinute: -1}\n"))
                .singleElement()
                .asString()
                .contains("console.requestsPerMinute", "from 0 to 1000000");
    }

    @Test
    void shouldReadVariables() {
        // Given
        ConfigReader reader = new ConfigReader(Map.of(
                "FOUNDLING_CONSOLE_TOKENS_FILE", "/secrets/tokens.yaml",
                "FOUNDLING_CONSOLE_OIDC_ISSUER", "https://idp",
                "FOUNDLING_CONSOLE_OIDC_AUDIENCE", "foundling",
                "FOUNDLING_CONSOLE_OIDC_ROLES_CLAIM", "groups",
                "FOUNDLING_CONSOLE_OIDC_ROLES_OPS", "OPERATOR"));

        // When
        AccessSettings access = reader.read("test.yaml", REQUIRED).console().access();

        // Then
        assertThat(access.tokens()).contains(Path.of("/secrets/tokens.yaml"));
        assertThat(access.issuer().orElseThrow().claims())
                .isEqualTo(new OidcSettings.Claims(
                        "sub", "groups", Optional.empty(), Map.of("ops", Set.of(Role.OPERATOR))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "192.168.0.1",
                "console",
                "127.0.0.1.example.com",
                "127.0.0.256",
                "127.1",
                "localhost.example.com",
                "::ffff:10.0.0.1",
                "2130706433",
            })
    void shouldRefuseAnAddressThatOthersReachWithoutCredentials(String host) {
        assertThat(problems(REQUIRED + "console: {host: '" + host + "'}\n"))
                .containsExactly(
                        "console.host is '" + host + "', which other machines may reach, and no credentials are"
                                + " configured; expected console.tokensFile or console.oidc, or a console.host of this machine"
                                + " only: 127.0.0.1, ::1 or localhost");
        assertThat(access("host: '" + host + "', tokensFile: a").needsCredentials())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void shouldNeedNoCredentialsOnThisMachineOnly(String host) {
        assertThat(access("host: '" + host + "'").needsCredentials()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenFile: a | unknown key 'console.tokenFile'; did you mean 'console.tokensFile'?",
                "tokens: [] | unknown key 'console.tokens'",
                "oidc: {isuer: https://idp} | unknown key 'console.oidc.isuer'; did you mean 'console.oidc.issuer'?",
                "oidc: https://idp | console.oidc is a single value, expected a mapping of keys to values",
                "oidc: {ISSUER, roles: READER} | console.oidc.roles is a single value, expected a mapping of keys to values",
                "oidc: {ISSUER, roles: {a: [READER]}} | console.oidc.roles.a is a list, expected a single value",
                "oidc: {ISSUER, roles: {a: OPERTOR}} | console.oidc.roles.a is 'OPERTOR', expected one or more of READER, OPERATOR, AUDITOR, INTAKE, separated by commas",
                "oidc: {ISSUER, roles: {a: reader}} | console.oidc.roles.a is 'reader', expected one or more of",
                "oidc: {ISSUER, roles: {a: 'READER,'}} | console.oidc.roles.a is 'READER,', expected one or more of",
                "oidc: {ISSUER, roles: {a: ''}} | console.oidc.roles.a is '', expected one or more of",
                "oidc: {ISSUER} | console.oidc.roles is missing, expected a role for at least one value of the claim roles",
                "oidc: {audience: a, roles: {a: READER}} | console.oidc.issuer is missing, expected an https URL",
                "oidc: {issuer: https://idp, roles: {a: READER}} | console.oidc.audience is missing, expected a text",
                "oidc: {issuer: http://idp, audience: a, roles: {a: READER}} | console.oidc.issuer is 'http://idp', expected an https URL, or an http URL of this machine, without a user",
                "oidc: {ISSUER, jwksUrl: file:///keys, roles: {a: READER}} | console.oidc.jwksUrl is 'file:///keys', expected an https URL",
                "oidc: {ISSUER, nameClaim: '', roles: {a: READER}} | console.oidc.nameClaim is '', expected a text",
                "metadata: filename | console.metadata is a single value, expected a list",
                "metadata: [a, ''] | console.metadata is 'a,', expected a list of texts, none of them empty",
            })
    void shouldNameKeyAndExpectationOfEachWrongValue(String console, String problem) {
        assertThat(problems(REQUIRED + "console: {" + console.replace("ISSUER", ISSUER) + "}\n"))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void shouldNotOpenTheConsoleWhenItsIssuerIsOnlyHalfConfigured() {
        assertThat(problems(REQUIRED + "console: {oidc: {nameClaim: email}}\n"))
                .anyMatch(problem -> problem.startsWith("console.oidc.issuer is missing"))
                .anyMatch(problem -> problem.startsWith("console.oidc.audience is missing"))
                .anyMatch(problem -> problem.startsWith("console.oidc.roles is missing"));
    }
}
