package io.foundling.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.console.access.Access;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessListener;
import io.foundling.console.access.AccessUnavailableException;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.access.oidc.OidcSettings;
import io.foundling.console.access.token.TokenSecret;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Callers;
import io.foundling.console.web.Operation;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.service.config.AccessSettings;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.config.IssuerSettings;
import io.foundling.service.metrics.WebMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access that a configuration makes. */
class ConsoleAccessTest {

    private static final TokenSecret SECRET = TokenSecret.random(new SecureRandom());

    @TempDir
    private Path directory;

    @Test
    void shouldTakeEverybodyForLocalWhenNoCredentialsAreConfigured() {
        try (ConsoleAccess opened = open(AccessSettings.NONE)) {
            assertThat(opened.access().callerOf(Optional.empty()).name()).isEqualTo("local");
        }
    }

    @Test
    void shouldNeedATokenAlsoOfThisMachineWhenTokensAreConfigured() throws Exception {
        // Given
        Path file = Files.writeString(
                directory.resolve("tokens.yaml"),
                "tokens: [{name: ann, sha256: %s, roles: [OPERATOR]}]".formatted(SECRET.sha256()));

        // When
        try (ConsoleAccess opened = open(new AccessSettings(Optional.of(file), Optional.empty(), Set.of()))) {
            Access access = opened.access();

            // Then
            assertThat(access.callerOf(bearer(SECRET.text())).has(Role.OPERATOR))
                    .isTrue();
            assertThatThrownBy(() -> access.callerOf(Optional.empty())).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> access.callerOf(bearer("a.b.c")))
                    .hasMessage("the credential is not a token, which begins with fdl_");
        }
    }

    @Test
    void shouldTakeTokensAndJwtsSideBySide() throws Exception {
        // Given: an issuer that is away
        Path file = Files.writeString(
                directory.resolve("tokens.yaml"),
                "tokens: [{name: ann, sha256: %s, roles: [OPERATOR]}]".formatted(SECRET.sha256()));
        AccessSettings settings =
                new AccessSettings(Optional.of(file), Optional.of(issuer(Optional.empty())), Set.of());

        // When
        try (ConsoleAccess opened = open(settings)) {
            Access access = opened.access();

            // Then
            assertThat(access.callerOf(bearer(SECRET.text())).name()).isEqualTo("token:ann");
            assertThatThrownBy(() -> access.callerOf(bearer("eyJhbGciOiJSUzI1NiJ9.e30.AAAA")))
                    .isInstanceOf(AccessUnavailableException.class);
            assertThatThrownBy(() -> access.callerOf(bearer("sesame")))
                    .hasMessage("the credential is not a token, which begins with fdl_ or a signed JWT");
        }
    }

    @Test
    void shouldRefuseToStartWithACertificateFileThatHoldsNone() throws Exception {
        Path file = Files.writeString(directory.resolve("ca.crt"), "sesame");
        AccessSettings settings =
                new AccessSettings(Optional.empty(), Optional.of(issuer(Optional.of(file))), Set.of());
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("console.oidc.caFile is " + file + ", expected certificates as PEM")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void shouldCountRequestsWithEventsForThemselves() {
        // Given
        AccessSettings settings = new AccessSettings(Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), 1);
        try (ConsoleAccess opened = open(settings)) {
            Callers callers = opened.callersOfIntake(2);

            // Then
            assertThat(taken(callers, Role.INTAKE)).isEqualTo(2);
            assertThat(taken(callers, Role.READER)).isEqualTo(1);
            assertThat(taken(opened.callersOfIntake(0), Role.INTAKE)).isEqualTo(5);
        }
    }

    private static int taken(Callers callers, Role role) {
        Answer nothing = new Answer("Nothing.", Map.of());
        Operation operation =
                Operation.get("asked", "/asked", role, "Answers", List.of(), nothing, request -> Reply.text(""));
        int taken = 0;
        for (int i = 0; i < 5; i++) {
            try {
                callers.limits().check(operation, Caller.LOCAL);
                taken++;
            } catch (ProblemException refused) {
                assertThat(refused.problem().status()).isEqualTo(429);
            }
        }
        return taken;
    }

    @Test
    void shouldCountDeniedCallsByTheirReason() throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("tokens.yaml"), "tokens: []");
        MeterRegistry registry = new SimpleMeterRegistry();
        WebMetrics metrics = new WebMetrics(registry);

        // When
        try (ConsoleAccess opened = new ConsoleAccess(
                new AccessSettings(Optional.of(file), Optional.empty(), Set.of()), InstantSource.system(), metrics)) {
            assertThatThrownBy(() -> opened.access().callerOf(bearer(SECRET.text())))
                    .isInstanceOf(AccessDeniedException.class);
        }

        // Then
        assertThat(registry.get("foundling_console_denied_calls_total")
                        .tag("reason", "unknown")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("foundling_console_denied_calls_total")
                        .tag("reason", "not_yet_valid")
                        .counter()
                        .count())
                .isZero();
    }

    private static IssuerSettings issuer(Optional<Path> authority) {
        return new IssuerSettings(
                "http://127.0.0.1:1",
                "foundling",
                Optional.empty(),
                authority,
                new OidcSettings.Claims("sub", "roles", Optional.empty(), Map.of("ops", Set.of(Role.OPERATOR))));
    }

    private static ConsoleAccess open(AccessSettings settings) {
        return new ConsoleAccess(settings, InstantSource.system(), AccessListener.NONE);
    }

    private static Optional<String> bearer(String credential) {
        return Optional.of("Bearer " + credential);
    }
}
