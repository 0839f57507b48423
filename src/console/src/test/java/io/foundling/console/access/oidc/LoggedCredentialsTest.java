package io.foundling.console.access.oidc;

import static io.foundling.console.access.oidc.OidcHarness.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.foundling.console.access.Access;
import io.foundling.console.access.AccessListener;
import io.foundling.console.access.CredentialAccess;
import io.foundling.console.access.Role;
import io.foundling.console.access.token.IssuedToken;
import io.foundling.console.access.token.TokenSecret;
import io.foundling.console.access.token.TokenVerifier;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever comes of credentials, no part of them is in a log of any level, or in what is thrown. */
class LoggedCredentialsTest {

    private static final int PART = 12;

    private final OidcHarness harness = new OidcHarness();
    private final List<String> secrets = new ArrayList<>();
    private final StringWriter said = new StringWriter();

    @Test
    void shouldShowNoPartOfACredential() {
        // Given
        Logger root = (Logger) LoggerFactory.getLogger("io.foundling");
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.setLevel(Level.TRACE);
        root.addAppender(log);
        TokenSecret expired = TokenSecret.random(new SecureRandom());
        TokenSecret unknown = TokenSecret.random(new SecureRandom());

        // When
        try (FakeIssuer issuer = new FakeIssuer(KEY.toPublicJWK())) {
            Access access = new CredentialAccess(
                    List.of(
                            new TokenVerifier(
                                    () -> List.of(new IssuedToken(
                                            "old",
                                            expired.sha256(),
                                            Set.of(Role.READER),
                                            Optional.empty(),
                                            Optional.of(harness.clock.instant()))),
                                    harness.clock),
                            harness.verifier(issuer)),
                    harness.clock,
                    AccessListener.NONE);
            String jwt = harness.jwt(issuer, KEY);
            issuer.answers(500, "");
            attempt(access, jwt);
            issuer.publishes(KEY.toPublicJWK());
            harness.clock.passes(Duration.ofMinutes(1));
            for (String secret : List.of(
                    expired.text(),
                    unknown.text(),
                    unknown.text() + "x",
                    unknown.text() + "\nforged line",
                    jwt + "x",
                    jwt.replace("eyJ", "eyK"),
                    harness.jwt(issuer, OidcHarness.rsa("first", 2048)),
                    OidcHarness.signed(KEY, harness.claims(issuer).audience("a").build()),
                    OidcHarness.signed(
                            KEY,
                            harness.claims(issuer).subject("a\nforged line").build()),
                    OidcHarness.signed(
                            KEY,
                            harness.claims(issuer).claim("realm_access", "x").build()))) {
                attempt(access, secret);
                harness.clock.passes(Duration.ofSeconds(20));
            }
            harness.clock.passes(Duration.ofHours(1));
            attempt(access, jwt);
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
        }

        // Then
        log.list.forEach(line -> said.append(line.getFormattedMessage()).append('\n'));
        assertThat(log.list).hasSizeGreaterThan(5);
        assertThat(said.toString()).contains("'old' expired", "unknown here").doesNotContain("forged line");
        for (String secret : secrets) {
            for (int i = 0; i + PART <= secret.length(); i += PART) {
                assertThat(said.toString()).doesNotContain(secret.substring(i, i + PART));
            }
        }
    }

    private void attempt(Access access, String secret) {
        Throwable denied = catchThrowable(() -> access.callerOf(Optional.of("Bearer " + secret)));
        assertThat(denied).isNotNull();
        denied.printStackTrace(new PrintWriter(said));
        secrets.add(secret.substring(TokenSecret.PREFIX.length()));
    }
}
