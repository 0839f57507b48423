package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final byte[] key = PagesSettings.randomKey();
    private final SessionCookie cookie = new SessionCookie(new PagesSettings(key, HOUR, false));

    @Test
    void shouldBeReadByAnotherConsoleWithTheSameKeyOnly() {
        // Given
        Optional<String> sent = cookie.set("sesame", NOW).map(SessionCookieTest::sent);

        // Then
        assertThat(new SessionCookie(new PagesSettings(key, HOUR, false)).token(sent, NOW))
                .hasValue("sesame");
        assertThat(new SessionCookie(new PagesSettings(PagesSettings.randomKey(), HOUR, false)).token(sent, NOW))
                .isEmpty();
    }

    @Test
    void shouldBeSentByTlsOnlyWhereThereIsTls() {
        // Given
        SessionCookie secure = new SessionCookie(new PagesSettings(key, HOUR, true));

        // Then
        assertThat(secure.set("sesame", NOW))
                .hasValueSatisfying(header ->
                        assertThat(header).startsWith("__Host-foundling=").endsWith("; Secure"));
        assertThat(cookie.set("sesame", NOW))
                .hasValueSatisfying(
                        header -> assertThat(header).startsWith("foundling=").doesNotContain("Secure"));
    }

    @Test
    void shouldNotBeMadeOfATokenThatBrowsersWouldCut() {
        assertThat(cookie.set("x".repeat(4_000), NOW)).isEmpty();
        assertThat(cookie.set("x".repeat(2_500), NOW)).isPresent();
    }

    @Test
    void shouldTakeAFormOnlyFromTheCallerThatItWasMadeFor() {
        // Given
        Optional<String> mine = cookie.set("sesame", NOW).map(SessionCookieTest::sent);
        Optional<String> other = cookie.set("sesame", NOW).map(SessionCookieTest::sent);
        String token = cookie.formToken("clerk", mine);

        // Then
        assertThat(cookie.isFormToken(token, "clerk", mine)).isTrue();
        assertThat(cookie.isFormToken(token, "another", mine)).isFalse();
        assertThat(cookie.isFormToken(token, "clerk", other)).isFalse();
        assertThat(cookie.isFormToken("", "clerk", mine)).isFalse();
    }

    private static String sent(String header) {
        return header.replaceFirst(";.*", "");
    }
}
