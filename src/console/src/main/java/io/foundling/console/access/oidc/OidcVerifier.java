package io.foundling.console.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.AccessUnavailableException;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Verifier;
import io.foundling.console.delivery.SteadyClock;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows callers by JWTs of one issuer. Only signatures with a private key count, never one with a shared secret, and
 * the keys are those that the issuer publishes, never one that the JWT brings along. The signature is verified before
 * any claim counts. A verified JWT is not remembered, so a key that the issuer withdraws is withdrawn here, too: to
 * verify one costs some 0.1 ms of a core with RSA, 1.6 ms with elliptic curves.
 */
public final class OidcVerifier implements Verifier {

    /** EdDSA is not among them, because the library needs another one, Tink, for it. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** RFC 9068 has the second. Other kinds, such as logout tokens, have types of their own. */
    private static final Set<JOSEObjectType> TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private final SigningKeys keys;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final ClaimedCaller callers;

    /** @param clock of the wall, which may be set back: the times in JWTs are of that kind */
    public OidcVerifier(OidcSettings settings, InstantSource clock) {
        keys = new SigningKeys(new KeyDownload(settings), new SteadyClock(clock));
        callers = new ClaimedCaller(settings.claims());
        ClaimsCheck check = new ClaimsCheck(settings, clock);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWSTypeVerifier((type, ignored) -> accept(type));
        processor.setJWTClaimsSetVerifier((claims, ignored) -> check.run(claims));
    }

    /** Begins to read the keys of the issuer, so that the log says at the start if that fails. Waits for nothing. */
    public void start() {
        keys.read();
    }

    @Override
    public boolean takes(String credential) {
        return FORM.matcher(credential).matches();
    }

    @Override
    public String kind() {
        return "a signed JWT";
    }

    @Override
    public Caller callerOf(String credential) {
        SignedJWT jwt = parsed(credential);
        if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
            throw new AccessDeniedException(
                    Reason.MALFORMED,
                    "the JWT is signed in a way that is not accepted, expected one of "
                            + ALGORITHMS.stream()
                                    .map(JWSAlgorithm::getName)
                                    .sorted()
                                    .toList());
        }
        return callers.of(verified(jwt));
    }

    /**
     * The library checks little of what it reads before the signature is verified: null for a header is a
     * NullPointerException.
     */
    private static SignedJWT parsed(String credential) {
        try {
            return SignedJWT.parse(credential);
        } catch (ParseException | RuntimeException other) {
            // Its message may quote what was sent.
            throw new AccessDeniedException(Reason.MALFORMED, "the credential is not a signed JWT");
        }
    }

    private JWTClaimsSet verified(SignedJWT jwt) {
        try {
            return processor.process(jwt, null);
        } catch (AccessDeniedException | AccessUnavailableException known) {
            throw known;
        } catch (BadJWTException | RuntimeException unreadable) {
            throw new AccessDeniedException(Reason.MALFORMED, "the claims of the JWT cannot be read");
        } catch (BadJOSEException | JOSEException wrong) {
            throw new AccessDeniedException(
                    Reason.SIGNATURE, "the signature of the JWT is not by a key that the issuer publishes");
        }
    }

    private static void accept(JOSEObjectType type) {
        if (type != null && !TYPES.contains(type)) {
            throw new AccessDeniedException(
                    Reason.MALFORMED, "the JWT is of another type, expected the header typ to be JWT or at+jwt");
        }
    }
}
