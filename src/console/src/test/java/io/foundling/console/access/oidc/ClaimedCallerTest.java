package io.foundling.console.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What claims of well-known issuers make of a caller. */
class ClaimedCallerTest {

    private static final Map<String, Set<Role>> GRANTED = Map.of(
            "look", Set.of(Role.READER),
            "ops", Set.of(Role.OPERATOR),
            "all", Set.of(Role.OPERATOR, Role.AUDITOR),
            "ann@example.com", Set.of(Role.AUDITOR));

    private static ClaimedCaller reading(String name, String roles, String sources) {
        return new ClaimedCaller(new OidcSettings.Claims(name, roles, Optional.ofNullable(sources), GRANTED));
    }

    private static JWTClaimsSet.Builder ann() {
        return new JWTClaimsSet.Builder().subject("ann");
    }

    @Test
    void shouldReadRolesInsideAnotherClaimAsKeycloakHasThem() {
        JWTClaimsSet claims = ann().claim("preferred_username", "Änn O'Neill")
                .claim("resource_access", Map.of("foundling", Map.of("roles", List.of("look", "all", 7))))
                .build();
        var caller = reading("preferred_username", "resource_access.foundling.roles", null)
                .of(claims);
        assertThat(caller.name()).isEqualTo("Änn O'Neill");
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.READER, Role.OPERATOR, Role.AUDITOR);
        assertThat(caller.sources()).isEmpty();
    }

    @Test
    void shouldReadARoleOfAnAddressAsGoogleHasIt() {
        JWTClaimsSet claims = ann().claim("email", "ann@example.com").build();
        assertThat(reading("email", "email", null).of(claims).roles()).containsExactly(Role.AUDITOR);
    }

    @Test
    void shouldReadAClaimWhoseNameIsAUrl() {
        JWTClaimsSet claims =
                ann().claim("https://example.com/roles", List.of("ops")).build();
        assertThat(reading("sub", "https://example.com/roles", null).of(claims).roles())
                .containsExactly(Role.OPERATOR);
    }

    @Test
    void shouldReadWordsOfAScope() {
        JWTClaimsSet claims = ann().claim("scope", " openid look  ops").build();
        assertThat(reading("sub", "scope", null).of(claims).roles())
                .containsExactlyInAnyOrder(Role.READER, Role.OPERATOR);
    }

    @Test
    void shouldLimitSourcesToThoseOfTheClaim() {
        JWTClaimsSet.Builder claims = ann().claim("roles", List.of("look"));
        ClaimedCaller callers = reading("sub", "roles", "teams");
        assertThat(callers.of(claims.build()).maySee("billing")).isFalse();
        assertThat(callers.of(claims.claim("teams", List.of("billing", "")).build())
                        .sources())
                .contains(Set.of("billing", ""));
        assertThat(callers.of(claims.claim("teams", "billing claims").build()).sources())
                .contains(Set.of("billing", "claims"));
        assertThat(callers.of(claims.claim("teams", List.of("*")).build()).sources())
                .isEmpty();
        assertThat(callers.of(claims.claim("teams", Map.of("a", "b")).build()).sources())
                .contains(Set.of());
    }

    @Test
    void shouldDenyAJwtThatGrantsNothingAndNameTheSettings() {
        AccessDeniedException denied = catchThrowableOfType(
                AccessDeniedException.class,
                () -> reading("sub", "groups", null)
                        .of(ann().claim("groups", List.of("Look", "READER")).build()));
        assertThat(denied.reason()).isEqualTo(Reason.GRANTS_NOTHING);
        assertThat(denied)
                .hasMessage("the JWT grants nothing: no value of its claim groups (console.oidc.rolesClaim) is among"
                        + " console.oidc.roles");
        assertThatThrownBy(() -> reading("sub", "groups", null).of(ann().build()))
                .isInstanceOf(AccessDeniedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "local",
                "token:nightly",
                "a\nb",
                "a\r",
                "a\u0000",
                "a\u202eb",
                "a\u2028b",
                "a\u200bb",
                "a\u001b[31m"
            })
    void shouldDenyANameThatIsAnothersOrHarmsALog(String name) {
        AccessDeniedException denied = catchThrowableOfType(
                AccessDeniedException.class,
                () -> reading("sub", "roles", null)
                        .of(new JWTClaimsSet.Builder()
                                .subject(name)
                                .claim("roles", List.of("ops"))
                                .build()));
        assertThat(denied.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(denied.getMessage()).contains("console.oidc.nameClaim").doesNotContainPattern("\\p{C}");
    }

    @Test
    void shouldDenyANameThatIsMissingOrLongerThan200Characters() {
        ClaimedCaller callers = reading("sub", "roles", null);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().claim("roles", List.of("ops"));
        assertThatThrownBy(() -> callers.of(claims.build())).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> callers.of(claims.subject("a".repeat(201)).build()))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(callers.of(claims.subject("a".repeat(200)).build()).name()).hasSize(200);
    }
}
