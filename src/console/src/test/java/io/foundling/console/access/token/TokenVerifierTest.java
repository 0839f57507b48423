package io.foundling.console.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, their hashes, and who has them. */
class TokenVerifierTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant END = Instant.parse("2026-09-01T10:00:00Z");

    private Instant now = END.minusMillis(1);
    private final List<IssuedToken> issued = new ArrayList<>();
    private final TokenVerifier verifier = new TokenVerifier(() -> issued, () -> now);

    @Test
    void shouldKnowEachBearerByItsOwnToken() {
        // Given
        TokenSecret ann = issue("ann", Set.of(Role.OPERATOR), Optional.empty());
        TokenSecret job = issue("job", Set.of(Role.INTAKE), Optional.of(Set.of("billing")));

        // When, then
        assertThat(verifier.callerOf(ann.text()))
                .isEqualTo(new Caller("token:ann", Set.of(Role.OPERATOR), Optional.empty()));
        assertThat(verifier.callerOf(job.text()))
                .isEqualTo(new Caller("token:job", Set.of(Role.INTAKE), Optional.of(Set.of("billing"))));
    }

    @Test
    void shouldDenyATokenFromItsEndOn() {
        // Given
        TokenSecret secret = issue("ann", Set.of(Role.READER), Optional.empty());
        assertThat(verifier.callerOf(secret.text()).name()).isEqualTo("token:ann");

        // When
        now = END;

        // Then
        AccessDeniedException denied = denied(secret);
        assertThat(denied.reason()).isEqualTo(Reason.EXPIRED);
        assertThat(denied).hasMessage("the token 'ann' expired at 2026-09-01T10:00:00Z");
    }

    @Test
    void shouldDenyARevokedToken() {
        // Given
        TokenSecret secret = issue("ann", Set.of(Role.READER), Optional.empty());

        // When
        issued.clear();

        // Then
        assertThat(denied(secret).reason()).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void shouldTakeNoPasswordForATokenWhateverHashIsConfigured() {
        // Given: SHA-256 of "password"
        issued.add(new IssuedToken(
                "weak",
                "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
                Set.of(Role.READER),
                Optional.empty(),
                Optional.empty()));

        // When, then
        assertThat(verifier.takes("password")).isFalse();
        assertThat(denied("password").reason()).isEqualTo(Reason.MALFORMED);
        assertThat(denied("fdl_password").reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldMakeADifferentSecretOf256BitsEachTime() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            TokenSecret secret = TokenSecret.random(RANDOM);
            assertThat(secret.text()).matches("fdl_[A-Za-z0-9_-]{43}");
            made.add(secret.text());
        }
        assertThat(made).hasSize(1_000);
    }

    @Test
    void shouldHashAsEveryOtherToolDoes() {
        // printf fdl_0123456789012345678901234567890123456789012 | sha256sum
        assertThat(new TokenSecret("fdl_0123456789012345678901234567890123456789012").sha256())
                .isEqualTo("b23319f16f6a31a6884c560fa07ab1ca969e66397da5420e863c732b90ddb7e0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fdl_", "fdl_short", "abc_0123456789012345678901234567890123456789012"})
    void shouldNotShowATextThatIsNoToken(String text) {
        assertThatThrownBy(() -> new TokenSecret(text)).hasMessageStartingWith("no token, expected fdl_");
        assertThat(TokenSecret.random(RANDOM)).hasToString("token");
    }

    private TokenSecret issue(String name, Set<Role> roles, Optional<Set<String>> sources) {
        TokenSecret secret = TokenSecret.random(RANDOM);
        issued.add(new IssuedToken(name, secret.sha256(), roles, sources, Optional.of(END)));
        return secret;
    }

    private AccessDeniedException denied(TokenSecret secret) {
        return denied(secret.text());
    }

    private AccessDeniedException denied(String credential) {
        return catchThrowableOfType(AccessDeniedException.class, () -> verifier.callerOf(credential));
    }
}
