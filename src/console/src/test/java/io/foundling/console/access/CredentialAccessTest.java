package io.foundling.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.token.IssuedToken;
import io.foundling.console.access.token.TokenSecret;
import io.foundling.console.access.token.TokenVerifier;
import io.foundling.console.delivery.LogLines;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers that are accepted and denied, and what is counted and logged of the denied ones. */
class CredentialAccessTest {

    private static final TokenSecret SECRET = TokenSecret.random(new SecureRandom());
    private static final String TOKEN = SECRET.text();

    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private final LogLines log = new LogLines(Denials.class);
    private Instant now = Instant.parse("2026-09-01T10:00:00Z");
    private final Access access = new CredentialAccess(
            List.of(new TokenVerifier(
                    () -> List.of(new IssuedToken(
                            "nightly", SECRET.sha256(), Set.of(Role.READER), Optional.empty(), Optional.empty())),
                    () -> now)),
            () -> now,
            reason -> counts.merge(reason, 1, Integer::sum));

    @AfterEach
    void stop() {
        log.close();
    }

    static Stream<String> accepted() {
        return Stream.of("Bearer " + TOKEN, "bearer " + TOKEN, "BEARER   " + TOKEN);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void shouldKnowTheBearerOfAToken(String header) {
        assertThat(access.callerOf(Optional.of(header)).name()).isEqualTo("token:nightly");
        assertThat(counts).isEmpty();
    }

    static Stream<Arguments> denied() {
        String other = TokenSecret.random(new SecureRandom()).text();
        return Stream.of(
                Arguments.of(null, Reason.MISSING),
                Arguments.of("", Reason.MISSING),
                Arguments.of("   ", Reason.MISSING),
                Arguments.of("Bearer", Reason.MALFORMED),
                Arguments.of("Bearer ", Reason.MALFORMED),
                Arguments.of(TOKEN, Reason.MALFORMED),
                Arguments.of("Basic " + TOKEN, Reason.MALFORMED),
                Arguments.of("Bearer\t" + TOKEN, Reason.MALFORMED),
                Arguments.of(" Bearer " + TOKEN, Reason.MALFORMED),
                Arguments.of("Bearer " + TOKEN + " ", Reason.MALFORMED),
                Arguments.of("Bearer " + TOKEN + "\n", Reason.MALFORMED),
                Arguments.of("Bearer " + TOKEN + "\r\nX-Role: OPERATOR", Reason.MALFORMED),
                Arguments.of("Bearer " + TOKEN + ", Bearer " + TOKEN, Reason.MALFORMED),
                Arguments.of("Bearer " + TOKEN + "\u0000", Reason.MALFORMED),
                Arguments.of("Bearer \u202e" + TOKEN, Reason.MALFORMED),
                Arguments.of("Bearer " + TOKEN.replace("fdl_", "ｆdl_"), Reason.MALFORMED),
                Arguments.of("Bearer " + TOKEN.substring(0, 46), Reason.MALFORMED),
                Arguments.of("Bearer " + TOKEN + "=", Reason.MALFORMED),
                Arguments.of("Bearer " + TOKEN + "a", Reason.MALFORMED),
                Arguments.of("Bearer " + SECRET.sha256(), Reason.MALFORMED),
                Arguments.of("Bearer FDL_" + TOKEN.substring(4), Reason.MALFORMED),
                Arguments.of("Bearer fdl_" + "a".repeat(1 << 20), Reason.MALFORMED),
                Arguments.of("Bearer " + "=".repeat(BearerHeader.MAX_LENGTH - 7), Reason.MALFORMED),
                Arguments.of("Bearer a.b.c", Reason.MALFORMED),
                Arguments.of("Bearer " + other, Reason.UNKNOWN),
                Arguments.of("Bearer fdl_" + "A".repeat(43), Reason.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("denied")
    void shouldDenyAnythingElseAndRepeatNothingOfIt(String header, Reason reason) {
        // When
        AccessDeniedException denied =
                catchThrowableOfType(AccessDeniedException.class, () -> access.callerOf(Optional.ofNullable(header)));

        // Then
        assertThat(denied.reason()).isEqualTo(reason);
        assertThat(denied.getMessage()).doesNotContainPattern("\\p{C}").doesNotContain(TOKEN.substring(4, 12), "aaaa");
        assertThat(denied.getStackTrace()).isEmpty();
        assertThat(counts).containsExactly(Map.entry(reason, 1));
        assertThat(String.join("\n", log.all())).doesNotContain(TOKEN.substring(4, 12), "X-Role", "aaaa");
    }

    @Test
    void shouldLogOncePerReasonInTenSecondsAndCountAll() {
        // Given
        for (int i = 0; i < 1_000; i++) {
            deny("Bearer " + TokenSecret.random(new SecureRandom()).text());
            deny("Basic b");
        }
        assertThat(log.all()).hasSize(2);

        // When
        now = now.plus(Denials.LOGS_EVERY).minusMillis(1);
        deny("Basic b");
        now = now.plusMillis(1);
        deny("Basic b");

        // Then
        assertThat(log.all())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("a call was denied: the header Authorization is not as expected")
                .endsWith("1000 more were denied for this reason since the last such line");
        assertThat(counts).containsEntry(Reason.UNKNOWN, 1_000).containsEntry(Reason.MALFORMED, 1_002);
    }

    @Test
    void shouldGoOnLoggingWhenTheClockIsSetBack() {
        // Given
        deny("Basic b");

        // When
        now = now.minus(Duration.ofDays(1));
        deny("Basic b");

        // Then
        assertThat(log.all()).hasSize(2);
    }

    @Test
    void shouldNotLogACallWithoutCredentials() {
        deny(null);
        assertThat(log.all()).isEmpty();
        assertThat(counts).containsExactly(Map.entry(Reason.MISSING, 1));
    }

    private void deny(String header) {
        catchThrowableOfType(AccessDeniedException.class, () -> access.callerOf(Optional.ofNullable(header)));
    }
}
