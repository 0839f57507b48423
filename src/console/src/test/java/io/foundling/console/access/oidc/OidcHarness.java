package io.foundling.console.access.oidc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.Role;
import io.foundling.console.delivery.FakeClock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JWTs of a fake issuer, and a verifier that accepts them. */
final class OidcHarness {

    static final String AUDIENCE = "foundling";
    static final RSAKey KEY = rsa("first", 2048);

    final FakeClock clock = new FakeClock();

    static RSAKey rsa(String id, int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static OidcSettings settings(FakeIssuer issuer) {
        return new OidcSettings(
                issuer.uri(),
                AUDIENCE,
                Optional.empty(),
                Optional.empty(),
                new OidcSettings.Claims(
                        "sub",
                        "realm_access.roles",
                        Optional.of("sources"),
                        Map.of("ops", Set.of(Role.OPERATOR), "look", Set.of(Role.READER))));
    }

    OidcVerifier verifier(FakeIssuer issuer) {
        return new OidcVerifier(settings(issuer), clock);
    }

    /** Returns claims that are accepted for ten minutes. */
    JWTClaimsSet.Builder claims(FakeIssuer issuer) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer.uri())
                .audience(AUDIENCE)
                .subject("ann@example.com")
                .expirationTime(after(Duration.ofMinutes(10)))
                .claim("realm_access", Map.of("roles", List.of("ops", "other")))
                .claim("sources", List.of("billing"));
    }

    Date after(Duration time) {
        return Date.from(clock.instant().plus(time));
    }

    String jwt(FakeIssuer issuer, RSAKey key) {
        return signed(key, claims(issuer).build());
    }

    static String signed(RSAKey key, JWTClaimsSet claims) {
        try {
            return signed(
                    header(JWSAlgorithm.RS256, key.getKeyID()),
                    claims,
                    new RSASSASigner(key, Set.of(AllowWeakRSAKey.getInstance())));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static JWSHeader header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm)
                .keyID(keyId)
                .type(JOSEObjectType.JWT)
                .build();
    }

    static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static AccessDeniedException denied(OidcVerifier verifier, String jwt) {
        return catchThrowableOfType(AccessDeniedException.class, () -> verifier.callerOf(jwt));
    }

    static Reason reason(OidcVerifier verifier, String jwt) {
        return denied(verifier, jwt).reason();
    }
}
