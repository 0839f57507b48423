package io.foundling.console.access.oidc;

import static io.foundling.console.access.oidc.OidcHarness.AUDIENCE;
import static io.foundling.console.access.oidc.OidcHarness.KEY;
import static io.foundling.console.access.oidc.OidcHarness.denied;
import static io.foundling.console.access.oidc.OidcHarness.header;
import static io.foundling.console.access.oidc.OidcHarness.reason;
import static io.foundling.console.access.oidc.OidcHarness.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JWTs that are accepted, and hostile ones. */
class OidcVerifierTest {

    private static final RSAKey FOREIGN = OidcHarness.rsa("first", 2048);

    private final OidcHarness harness = new OidcHarness();
    private final FakeIssuer issuer = new FakeIssuer(KEY.toPublicJWK());
    private final OidcVerifier verifier = harness.verifier(issuer);

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void shouldKnowTheCallerOfTheIssuersJwt() {
        assertThat(verifier.callerOf(harness.jwt(issuer, KEY)))
                .isEqualTo(new Caller("ann@example.com", Set.of(Role.OPERATOR), Optional.of(Set.of("billing"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void shouldAcceptEachKindOfRsa(String name) throws Exception {
        JWSHeader header = header(JWSAlgorithm.parse(name), KEY.getKeyID());
        String jwt = signed(header, harness.claims(issuer).build(), new RSASSASigner(KEY));
        assertThat(verifier.callerOf(jwt).name()).isEqualTo("ann@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256 ES256", "P-384 ES384", "P-521 ES512"})
    void shouldAcceptEachKindOfEllipticCurve(String kind) throws Exception {
        // Given
        ECKey key = new ECKeyGenerator(Curve.parse(kind.split(" ")[0]))
                .keyID("curve")
                .generate();
        issuer.publishes(KEY.toPublicJWK(), key.toPublicJWK());

        // When
        JWSHeader header = header(JWSAlgorithm.parse(kind.split(" ")[1]), "curve");
        String jwt = signed(header, harness.claims(issuer).build(), new ECDSASigner(key));

        // Then
        assertThat(verifier.callerOf(jwt).name()).isEqualTo("ann@example.com");
    }

    @Test
    void shouldAcceptAnAccessTokenAndOneWithoutATypeOrAKeyId() throws Exception {
        RSASSASigner signer = new RSASSASigner(KEY);
        JWTClaimsSet claims = harness.claims(issuer).build();
        JWSHeader.Builder rsa = new JWSHeader.Builder(JWSAlgorithm.RS256);
        assertThat(verifier.callerOf(signed(rsa.build(), claims, signer))).isNotNull();
        assertThat(verifier.callerOf(
                        signed(rsa.type(new JOSEObjectType("at+jwt")).build(), claims, signer)))
                .isNotNull();
        assertThat(reason(
                        verifier,
                        signed(rsa.type(new JOSEObjectType("logout+jwt")).build(), claims, signer)))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldDenyAnotherIssuerOrAudience() {
        assertThat(reason(
                        verifier,
                        signed(
                                KEY,
                                harness.claims(issuer)
                                        .issuer(issuer.uri() + "/")
                                        .build())))
                .isEqualTo(Reason.ISSUER);
        assertThat(reason(
                        verifier,
                        signed(KEY, harness.claims(issuer).issuer(null).build())))
                .isEqualTo(Reason.ISSUER);
        assertThat(reason(
                        verifier,
                        signed(KEY, harness.claims(issuer).audience("grafana").build())))
                .isEqualTo(Reason.AUDIENCE);
        assertThat(reason(
                        verifier,
                        signed(KEY, harness.claims(issuer).audience(List.of()).build())))
                .isEqualTo(Reason.AUDIENCE);
        assertThat(verifier.callerOf(signed(
                        KEY,
                        harness.claims(issuer)
                                .audience(List.of("grafana", AUDIENCE))
                                .build())))
                .isNotNull();
    }

    @Test
    void shouldDenyAnExpiredJwtOnceClocksCannotExplainIt() {
        // Given
        String jwt = signed(
                KEY,
                harness.claims(issuer)
                        .expirationTime(harness.after(Duration.ofSeconds(10)))
                        .build());
        harness.clock.passes(Duration.ofSeconds(70).minusMillis(1));
        assertThat(verifier.callerOf(jwt)).isNotNull();

        // When
        harness.clock.passes(Duration.ofMillis(1));

        // Then
        assertThat(denied(verifier, jwt)).hasMessage("the JWT expired at 2026-09-01T10:00:10Z");
        assertThat(reason(
                        verifier,
                        signed(KEY, harness.claims(issuer).expirationTime(null).build())))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldDenyAJwtThatIsNotYetValidUnlessClocksCanExplainIt() {
        // Given
        String jwt = signed(
                KEY,
                harness.claims(issuer)
                        .notBeforeTime(harness.after(Duration.ofSeconds(61)))
                        .build());
        assertThat(reason(verifier, jwt)).isEqualTo(Reason.NOT_YET_VALID);

        // When
        harness.clock.passes(Duration.ofSeconds(1));

        // Then
        assertThat(verifier.callerOf(jwt)).isNotNull();
    }

    @Test
    void shouldDenyAJwtThatAnotherKeyHasSigned() throws Exception {
        JWTClaimsSet claims = harness.claims(issuer).build();
        assertThat(reason(verifier, harness.jwt(issuer, FOREIGN))).isEqualTo(Reason.SIGNATURE);
        // The JWT brings its key along.
        JWSHeader withKey = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .jwk(FOREIGN.toPublicJWK())
                .build();
        assertThat(reason(verifier, signed(withKey, claims, new RSASSASigner(FOREIGN))))
                .isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void shouldDenyAJwtWithoutASignature() {
        String claims = "." + base64(harness.claims(issuer).build().toString()) + ".";
        assertThat(reason(verifier, base64("{\"alg\":\"none\"}") + claims)).isEqualTo(Reason.MALFORMED);
        assertThat(reason(verifier, base64("{\"alg\":\"None\"}") + claims)).isEqualTo(Reason.MALFORMED);
        assertThat(reason(verifier, base64("{\"alg\":\"RS256\",\"kid\":\"first\"}") + claims))
                .isIn(Reason.MALFORMED, Reason.SIGNATURE);
        String jwt = harness.jwt(issuer, KEY);
        assertThat(reason(verifier, jwt.substring(0, jwt.lastIndexOf('.') + 1)))
                .isIn(Reason.MALFORMED, Reason.SIGNATURE);
    }

    @Test
    void shouldDenyAJwtWhoseSharedSecretIsThePublicKey() throws Exception {
        JWTClaimsSet claims = harness.claims(issuer).build();
        for (byte[] secret : List.of(
                KEY.toRSAPublicKey().getEncoded(),
                KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            String jwt = signed(header(JWSAlgorithm.HS256, "first"), claims, new MACSigner(secret));
            assertThat(reason(verifier, jwt)).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void shouldDenyAJwtWhoseSharedSecretTheIssuerPublishes() throws Exception {
        // Given
        OctetSequenceKey shared =
                new OctetSequenceKey.Builder(new byte[64]).keyID("shared").build();
        issuer.publishes(shared, KEY.toPublicJWK());

        // When
        String jwt = signed(
                header(JWSAlgorithm.HS256, "shared"), harness.claims(issuer).build(), new MACSigner(shared));

        // Then
        assertThat(reason(verifier, jwt)).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldDenyAJwtWhoseKeyIsForEncryptionOrTooShort() {
        // Given
        RSAKey encrypts = new RSAKey.Builder(OidcHarness.rsa("encrypts", 2048))
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        RSAKey isShort = OidcHarness.rsa("short", 1024);
        issuer.publishes(encrypts.toPublicJWK(), isShort.toPublicJWK(), KEY.toPublicJWK());

        // When, then
        assertThat(reason(verifier, harness.jwt(issuer, encrypts))).isEqualTo(Reason.SIGNATURE);
        assertThat(reason(verifier, harness.jwt(issuer, isShort))).isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void shouldDenyAJwtThatWasChanged() {
        String jwt = harness.jwt(issuer, KEY);
        String[] parts = jwt.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String raised = base64(claims.replace("billing", "*"));
        assertThat(reason(verifier, parts[0] + "." + raised + "." + parts[2])).isEqualTo(Reason.SIGNATURE);
        assertThat(reason(
                        verifier,
                        base64("{\"alg\":\"RS256\",\"kid\":\"first\",\"crit\":[\"x\"],\"x\":1}") + "." + parts[1] + "."
                                + parts[2]))
                .isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void shouldOnlyEverDenyWhateverBytesAreInAJwt() {
        // Given
        Random random = new Random(20);
        String jwt = harness.jwt(issuer, KEY);
        byte[] header = "{\"alg\":\"RS256\",\"kid\":\"first\",\"typ\":\"JWT\",\"crit\":[],\"jwk\":{\"kty\":\"RSA\"}}"
                .getBytes(StandardCharsets.UTF_8);
        verifier.callerOf(jwt);

        for (int i = 0; i < 5_000; i++) {
            // When
            byte[] changed = header.clone();
            for (int bytes = random.nextInt(4); bytes >= 0; bytes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            String hostile =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(changed) + jwt.substring(jwt.indexOf('.'));

            // Then
            assertThat(denied(verifier, hostile)).as(hostile).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"alg\":null}",
                "{\"alg\":[]}",
                "{\"alg\":\"\"}",
                "{\"alg\":\"RS256\",\"kid\":{}}",
                "{\"alg\":\"RS256\",\"b64\":false,\"crit\":[\"b64\"]}"
            })
    void shouldDenyAHeaderOfAnotherShape(String header) {
        String jwt = harness.jwt(issuer, KEY);
        assertThat(denied(verifier, base64(header) + jwt.substring(jwt.indexOf('.'))))
                .isNotNull();
        assertThat(denied(verifier, base64("[".repeat(10_000)) + jwt.substring(jwt.indexOf('.'))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "1",
                "{\"iss\":1}",
                "{\"aud\":{}}",
                "{\"exp\":\"soon\"}",
                "{\"exp\":1e400}",
                "{\"iss\":null}"
            })
    void shouldDenyClaimsOfAnotherShape(String claims) throws Exception {
        String unsigned = base64("{\"alg\":\"RS256\",\"kid\":\"first\"}") + "." + base64(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KEY.toPrivateKey());
        signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
        String jwt = unsigned + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        assertThat(denied(verifier, jwt)).isNotNull();
    }

    @Test
    void shouldTakeOnlyWhatHasTheFormOfASignedJwt() {
        assertThat(verifier.takes(harness.jwt(issuer, KEY))).isTrue();
        assertThat(verifier.takes("fdl_0123456789012345678901234567890123456789012"))
                .isFalse();
        assertThat(verifier.takes("a.b.c.d.e")).isFalse();
        assertThat(verifier.takes("a.b")).isFalse();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
