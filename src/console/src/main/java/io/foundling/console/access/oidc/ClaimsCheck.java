package io.foundling.console.access.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/** Whether a JWT of the issuer is meant for this program, and for now. Clocks may differ by a minute. */
final class ClaimsCheck {

    static final Duration SKEW = Duration.ofSeconds(60);

    private final OidcSettings settings;
    private final InstantSource clock;

    ClaimsCheck(OidcSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws AccessDeniedException if it is not */
    void run(JWTClaimsSet claims) {
        if (!settings.issuer().equals(claims.getIssuer())) {
            throw new AccessDeniedException(
                    Reason.ISSUER, "the JWT has another issuer, expected the claim iss to be " + settings.issuer());
        }
        if (!claims.getAudience().contains(settings.audience())) {
            throw new AccessDeniedException(
                    Reason.AUDIENCE,
                    "the JWT has another audience, expected the claim aud to have " + settings.audience());
        }
        Instant now = clock.instant();
        Instant end = instant(claims.getExpirationTime());
        if (end == null) {
            throw new AccessDeniedException(Reason.MALFORMED, "the JWT never expires, expected the claim exp");
        }
        if (!now.minus(SKEW).isBefore(end)) {
            throw new AccessDeniedException(Reason.EXPIRED, "the JWT expired at " + end);
        }
        Instant begin = instant(claims.getNotBeforeTime());
        if (begin != null && now.plus(SKEW).isBefore(begin)) {
            throw new AccessDeniedException(Reason.NOT_YET_VALID, "the JWT is not valid before " + begin);
        }
    }

    private static Instant instant(Date date) {
        return date == null ? null : date.toInstant();
    }
}
