package io.foundling.service.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.foundling.console.access.Role;
import io.foundling.console.access.oidc.OidcSettings;
import io.foundling.service.config.AccessSettings;
import io.foundling.service.config.ActRights;
import io.foundling.service.config.ConsoleAddress;
import io.foundling.service.config.ConsoleSettings;
import io.foundling.service.config.IssuerSettings;
import io.foundling.service.finding.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsExaminationTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final String SQLITE = "jdbc:sqlite:console.db";
    private static final String POSTGRESQL = "jdbc:postgresql://db/console";

    /** Of RFC 7517. */
    private static final String KEYS = """
            {"keys": [{"kty": "EC", "crv": "P-256", "kid": "1", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                       "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}""";

    @TempDir
    private Path directory;

    @Test
    void shouldSayThatNoCredentialsAreNeeded() {
        assertThat(examine(SQLITE, AccessSettings.NONE))
                .containsExactly(
                        "ok console.host is 127.0.0.1, which only this machine reaches, so the console asks for no credentials");
    }

    @Test
    void shouldNameTokensThatHaveExpiredOrSoonWill() throws IOException {
        // Given
        Path file = tokens("""
                tokens:
                  - {name: nightly, sha256: %s, roles: [READER]}
                  - {name: old, sha256: %s, roles: [READER], expires: 2026-11-30T12:00:00Z}
                  - {name: ending, sha256: %s, roles: [READER], expires: 2026-12-07T12:00:00Z}
                  - {name: young, sha256: %s, roles: [READER], expires: 2026-12-07T12:00:01Z}
                """.formatted("a".repeat(64), "b".repeat(64), "c".repeat(64), "d".repeat(64)));
        String name = "console.tokensFile " + file + ": ";

        // Then
        assertThat(examine(SQLITE, access(file)))
                .containsExactly(
                        "ok " + name + "3 tokens are accepted",
                        "warning " + name
                                + "the token 'old' expired at 2026-11-30T12:00:00Z; remove its entry, or put that of"
                                + " a new token in its place",
                        "warning " + name + "the token 'ending' expires at 2026-12-07T12:00:00Z; make a new one with"
                                + " 'foundling token new' before");
    }

    @Test
    void shouldSayThatNoTokenIsAccepted() throws IOException {
        // Given
        Path file = tokens("tokens: []");

        // Then
        assertThat(examine(SQLITE, access(file)))
                .containsExactly("warning console.tokensFile " + file
                        + ": no token in it is accepted; add the entry that" + " 'foundling token new' prints");
    }

    @Test
    void shouldListAllThatIsWrongWithTheFileOfTokens() throws IOException {
        // Given
        Path file = tokens("tokens: [{name: a, sha256: sesame, roles: [READER]}, {name: b, roles: [KING]}]");

        // Then
        assertThat(examine(SQLITE, access(file)))
                .hasSize(3)
                .allMatch(finding -> finding.startsWith("error console.tokensFile " + file + ": line 1: "))
                .anyMatch(finding -> finding.contains("sha256") && finding.contains("foundling token new"))
                .noneMatch(finding -> finding.contains("sesame"));
        Files.delete(file);
        assertThat(examine(SQLITE, access(file)))
                .singleElement()
                .asString()
                .startsWith("error console.tokensFile " + file + ": does not exist, expected");
        assertThat(examine(SQLITE, access(directory)))
                .singleElement()
                .asString()
                .startsWith("skipped console.tokensFile");
    }

    @Test
    void shouldExamineTheKeyOfCookies() throws IOException {
        // Given
        Path tokens = tokens("tokens: []");
        Path key = Files.writeString(directory.resolve("key"), "x".repeat(32));
        Path weak = Files.writeString(directory.resolve("weak"), "sesame");

        // Then
        assertThat(examine(POSTGRESQL, access(tokens)))
                .anyMatch(finding -> finding.startsWith("warning console.cookieKeyFile is unset;"));
        assertThat(examine(POSTGRESQL, access(tokens, key)))
                .contains("ok console.cookieKeyFile " + key + ": it can be used");
        assertThat(examine(SQLITE, access(tokens, weak)))
                .contains("error console.cookieKeyFile is " + weak
                        + ", which holds 6 characters, expected a secret of at least"
                        + " 32 characters, as of openssl rand -base64 32");
    }

    /** The chart gives both one configuration, and the file of the key to the console alone. */
    @Test
    void shouldNotAskForTheKeyOfCookiesWhereThereAreNoPages() throws IOException {
        // Given
        Path tokens = tokens("tokens: []");

        // When
        List<Finding> findings = CredentialsExamination.ofIntake(
                        console(POSTGRESQL, access(tokens, directory.resolve("absent/key"))), InstantSource.fixed(NOW))
                .findings();

        // Then
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).startsWith("console.tokensFile " + tokens));
    }

    @Test
    void shouldCountTheKeysOfTheIssuer() throws IOException {
        // Given
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://127.0.0.1:" + issuer.getAddress().getPort();
        issuer.createContext("/", exchange -> {
            byte[] body = KEYS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/keys") ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
        try {
            // Then
            assertThat(examine(SQLITE, issuer(url, "/keys")))
                    .containsExactly(
                            "ok console.oidc.issuer " + url + ": it publishes 1 key that can verify signatures");
            assertThat(examine(SQLITE, issuer(url, "/other")))
                    .containsExactly("error console.oidc.issuer " + url
                            + ": the keys cannot be read, so no JWT is accepted: " + url
                            + "/other answers with status 404; see console.oidc.issuer and console.oidc.jwksUrl");
        } finally {
            issuer.stop(0);
        }
        assertThat(examine(SQLITE, issuer(url, "/keys")))
                .containsExactly("error console.oidc.issuer " + url
                        + ": the keys cannot be read, so no JWT is accepted: there is"
                        + " no connection to " + url
                        + "/keys; see console.oidc.issuer, and what is between this machine and"
                        + " the issuer");
    }

    private Path tokens(String text) throws IOException {
        return Files.writeString(directory.resolve("tokens.yaml"), text);
    }

    private static AccessSettings access(Path tokens) {
        return new AccessSettings(Optional.of(tokens), Optional.empty(), Set.of());
    }

    private static AccessSettings access(Path tokens, Path cookieKey) {
        return new AccessSettings(Optional.of(tokens), Optional.empty(), Set.of(), Optional.of(cookieKey), 0);
    }

    private static AccessSettings issuer(String url, String keys) {
        IssuerSettings issuer = new IssuerSettings(
                url,
                "foundling",
                Optional.of(url + keys),
                Optional.empty(),
                new OidcSettings.Claims("sub", "roles", Optional.empty(), Map.of("ops", Set.of(Role.READER))));
        return new AccessSettings(Optional.empty(), Optional.of(issuer), Set.of());
    }

    private static List<String> examine(String database, AccessSettings access) {
        return CredentialsExamination.ofConsole(console(database, access), InstantSource.fixed(NOW)).findings().stream()
                .map(CredentialsExaminationTest::text)
                .toList();
    }

    private static ConsoleSettings console(String database, AccessSettings access) {
        return new ConsoleSettings(
                database,
                Optional.empty(),
                Optional.empty(),
                1L << 30,
                Duration.ofDays(30),
                new ConsoleAddress("127.0.0.1", 8090, Optional.empty(), Optional.empty()),
                access,
                new ActRights(true, 100));
    }

    private static String text(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.sentence();
    }
}
