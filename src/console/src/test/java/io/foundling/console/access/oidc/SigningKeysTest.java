package io.foundling.console.access.oidc;

import static io.foundling.console.access.oidc.OidcHarness.KEY;
import static io.foundling.console.access.oidc.OidcHarness.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.AccessUnavailableException;
import io.foundling.console.delivery.LogLines;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The issuer's keys: rotated, away, slow, huge, and of others. */
class SigningKeysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RSAKey NEXT = OidcHarness.rsa("second", 2048);

    private final OidcHarness harness = new OidcHarness();
    private final FakeIssuer issuer = new FakeIssuer(KEY.toPublicJWK());
    private final OidcVerifier verifier = harness.verifier(issuer);
    private final LogLines log = new LogLines(SigningKeys.class);

    @AfterEach
    void stop() {
        issuer.close();
        log.close();
    }

    @Test
    void shouldAcceptANewKeyAtOnceAndDropTheOldOneWhenTheKeysAreRotated() {
        // Given
        verifier.callerOf(jwt(KEY));
        issuer.publishes(NEXT.toPublicJWK());
        harness.clock.passes(SigningKeys.PAUSE);

        // When, then
        assertThat(verifier.callerOf(jwt(NEXT))).isNotNull();
        assertThat(reason(verifier, jwt(KEY))).isEqualTo(Reason.SIGNATURE);
        assertThat(issuer.readings()).isEqualTo(2);
    }

    @Test
    void shouldReadTheKeysAgainAfterFiveMinutes() {
        // Given
        verifier.callerOf(jwt(KEY));
        issuer.publishes(NEXT.toPublicJWK());

        // When
        harness.clock.passes(SigningKeys.READ_EVERY);
        String jwt = jwt(KEY);

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(accepts(jwt)).isFalse());
    }

    @Test
    void shouldReadTheKeysAtMostOnceInTenSecondsWhateverKeysAreNamed() {
        // Given
        verifier.callerOf(jwt(KEY));

        // When
        harness.clock.passes(SigningKeys.PAUSE.minusMillis(1));
        for (int i = 0; i < 100; i++) {
            assertThat(reason(verifier, jwt(NEXT))).isEqualTo(Reason.SIGNATURE);
        }
        assertThat(issuer.readings()).isEqualTo(1);
        harness.clock.passes(Duration.ofMillis(1));
        for (int i = 0; i < 100; i++) {
            assertThat(reason(verifier, jwt(NEXT))).isEqualTo(Reason.SIGNATURE);
        }

        // Then
        assertThat(issuer.readings()).isEqualTo(2);
    }

    @Test
    void shouldGoOnWithTheKnownKeysAndSaySoOnceWhenTheIssuerIsAway() {
        // Given
        verifier.callerOf(jwt(KEY));
        issuer.answers(500, "");

        // When
        for (int i = 0; i < 5; i++) {
            harness.clock.passes(SigningKeys.READ_EVERY);
            assertThat(verifier.callerOf(jwt(KEY))).isNotNull();
            int readings = 2 + i;
            await().atMost(PATIENCE).until(() -> issuer.readings() == readings);
            // A key that is unknown waits for the end of the reading.
            assertThat(reason(verifier, jwt(NEXT))).isEqualTo(Reason.SIGNATURE);
        }

        // Then
        assertThat(log.all())
                .singleElement()
                .asString()
                .isEqualTo("the keys of the issuer of JWTs cannot be read, so those that were read before are used on: "
                        + issuer.uri() + "/keys answers with status 500; see console.oidc.issuer and"
                        + " console.oidc.jwksUrl");
        issuer.publishes(NEXT.toPublicJWK());
        harness.clock.passes(SigningKeys.PAUSE);
        assertThat(verifier.callerOf(jwt(NEXT))).isNotNull();
        assertThat(log.all()).hasSize(2).last().asString().contains("can be read again");
    }

    @Test
    void shouldGoOnReadingTheKeysWhenTheClockIsSetBack() {
        // Given
        verifier.callerOf(jwt(KEY));
        issuer.publishes(NEXT.toPublicJWK());

        // When
        harness.clock.passes(Duration.ofDays(-1));
        assertThat(reason(verifier, jwt(NEXT))).isEqualTo(Reason.SIGNATURE);
        harness.clock.passes(SigningKeys.PAUSE);

        // Then
        assertThat(verifier.callerOf(jwt(NEXT))).isNotNull();
    }

    @Test
    void shouldSayThatItCannotJudgeOnlyWhileNoKeyIsKnown() {
        // Given
        issuer.answers(503, "");
        assertThatThrownBy(() -> verifier.callerOf(jwt(KEY)))
                .isInstanceOf(AccessUnavailableException.class)
                .hasMessage("the keys of the issuer of JWTs cannot be read at the moment, so no JWT can be verified");
        assertThat(log.all()).singleElement().asString().contains("so no JWT is accepted", "status 503");

        // When
        issuer.publishes(KEY.toPublicJWK());
        harness.clock.passes(SigningKeys.PAUSE);

        // Then
        assertThat(verifier.callerOf(jwt(KEY))).isNotNull();
    }

    @Test
    void shouldNotLetCallersWithAKnownKeyWaitForASlowIssuer() {
        // Given
        verifier.callerOf(jwt(KEY));
        issuer.hangs();
        harness.clock.passes(SigningKeys.READ_EVERY);

        // When
        assertThat(verifier.callerOf(jwt(KEY))).isNotNull();

        // Then: the reading had no end, and gets one
        await().atMost(PATIENCE).until(() -> issuer.hanging() == 1);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(log.all()).singleElement().asString().endsWith("no complete answer within 5000 ms"));
    }

    @Test
    void shouldWaitForASlowIssuerTwoSecondsWhenNoKeyIsKnown() {
        // Given
        issuer.hangs();

        // When
        long begunNs = System.nanoTime();
        assertThatThrownBy(() -> verifier.callerOf(jwt(KEY))).isInstanceOf(AccessUnavailableException.class);

        // Then: before the reading ends
        assertThat(Duration.ofNanos(System.nanoTime() - begunNs)).isGreaterThanOrEqualTo(SigningKeys.WAITS);
        assertThat(log.all()).isEmpty();
    }

    @Test
    void shouldLetOnlyAFewCallersWaitForASlowIssuer() throws InterruptedException {
        // Given
        issuer.hangs();
        AtomicInteger refusedAtOnce = new AtomicInteger();
        int callers = 3 * SigningKeys.MOST_WAITING;
        List<Thread> threads = new ArrayList<>();

        // When
        for (int i = 0; i < callers; i++) {
            String jwt = jwt(KEY);
            threads.add(new Thread(() -> {
                long begunNs = System.nanoTime();
                assertThatThrownBy(() -> verifier.callerOf(jwt)).isInstanceOf(AccessUnavailableException.class);
                if (System.nanoTime() - begunNs < SigningKeys.WAITS.toNanos()) {
                    refusedAtOnce.incrementAndGet();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
        }

        // Then
        assertThat(refusedAtOnce).hasPositiveValue();
    }

    @Test
    void shouldGiveUpAnAnswerThatIsTooLarge() {
        // Given
        issuer.answersForEver();
        verifier.start();

        // When, then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.all())
                        .singleElement()
                        .asString()
                        .contains("so no JWT is accepted", "the answer is larger than 8388608 bytes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"keys\":1}",
                "{\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"RSA\"}]}",
                "<html>sesame</html>"
            })
    void shouldRefuseAnAnswerThatHasNoKeysAndShowNothingOfIt(String body) {
        // Given
        issuer.answers(200, body);

        // When, then
        assertThatThrownBy(() -> verifier.callerOf(jwt(KEY))).isInstanceOf(AccessUnavailableException.class);
        assertThat(log.all())
                .singleElement()
                .asString()
                .contains(issuer.uri() + "/keys ")
                .doesNotContain("sesame", "Exception");
    }

    @Test
    void shouldRefuseKeysThatNobodyCouldHavePublishedInGoodFaith() {
        // Given: only a shared secret, and then far too many keys
        issuer.publishes(
                new OctetSequenceKey.Builder(new byte[32]).keyID("first").build());
        assertThatThrownBy(() -> verifier.callerOf(jwt(KEY))).isInstanceOf(AccessUnavailableException.class);
        issuer.publishes(Collections.nCopies(101, KEY.toPublicJWK()).toArray(JWK[]::new));
        harness.clock.passes(SigningKeys.PAUSE);

        // When, then
        assertThatThrownBy(() -> verifier.callerOf(jwt(KEY))).isInstanceOf(AccessUnavailableException.class);
        issuer.publishes(Collections.nCopies(100, KEY.toPublicJWK()).toArray(JWK[]::new));
        harness.clock.passes(SigningKeys.PAUSE);
        assertThat(verifier.callerOf(jwt(KEY))).isNotNull();
    }

    /** Ed25519 needs another library. */
    @Test
    void shouldPassOverKeysOfOtherKinds() throws ParseException {
        // Given
        JWK other = JWK.parse(
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"ed\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
        issuer.publishes(other, KEY.toPublicJWK());

        // When, then
        assertThat(verifier.callerOf(jwt(KEY))).isNotNull();
        String jwt = jwt(KEY);
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"EdDSA\",\"kid\":\"ed\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(reason(verifier, header + jwt.substring(jwt.indexOf('.')))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldFollowNoRedirect() {
        try (FakeIssuer other = new FakeIssuer(KEY.toPublicJWK())) {
            issuer.redirectsTo(other.uri() + "/keys");
            assertThatThrownBy(() -> verifier.callerOf(jwt(KEY))).isInstanceOf(AccessUnavailableException.class);
            assertThat(other.readings()).isZero();
        }
    }

    @Test
    void shouldReadKeysOnlyFromWhereNobodyCanChangeThem() {
        // Given
        issuer.declares("jwks_uri", "http://keys.example.com/keys");

        // When, then
        assertThatThrownBy(() -> verifier.callerOf(jwt(KEY))).isInstanceOf(AccessUnavailableException.class);
        assertThat(log.all()).singleElement().asString().contains("has no jwks_uri with https");
    }

    @Test
    void shouldRefuseTheDocumentOfAnotherIssuer() {
        // Given
        issuer.declares("issuer", issuer.uri() + "/");

        // When, then
        assertThatThrownBy(() -> verifier.callerOf(jwt(KEY))).isInstanceOf(AccessUnavailableException.class);
        assertThat(log.all()).singleElement().asString().contains("is the document of another issuer");
        assertThat(issuer.readings()).isZero();
    }

    @Test
    void shouldReadKeysFromTheConfiguredAddressWithoutAskingForTheDocument() {
        // Given
        OidcSettings found = OidcHarness.settings(issuer);
        issuer.declares("issuer", "nobody");
        OidcVerifier configured = new OidcVerifier(
                new OidcSettings(
                        found.issuer(),
                        found.audience(),
                        Optional.of(URI.create(issuer.uri() + "/keys")),
                        Optional.empty(),
                        found.claims()),
                harness.clock);

        // When, then
        assertThat(configured.callerOf(jwt(KEY))).isNotNull();
    }

    @Test
    void shouldSayWhereNobodyListens() {
        // Given
        issuer.close();

        // When, then
        assertThatThrownBy(() -> verifier.callerOf(jwt(KEY))).isInstanceOf(AccessUnavailableException.class);
        assertThat(log.all())
                .singleElement()
                .asString()
                .endsWith("there is no connection to " + issuer.uri() + "/.well-known/openid-configuration");
    }

    private String jwt(RSAKey key) {
        return harness.jwt(issuer, key);
    }

    private boolean accepts(String jwt) {
        return OidcHarness.denied(verifier, jwt) == null;
    }
}
