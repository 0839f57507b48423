package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final SessionKey key = SessionKey.random();
    private final SessionCookie cookie = new SessionCookie(new PagesSettings(() -> key, HOUR, false));

    @Test
    void shouldBeReadByAnotherConsoleWithTheSameKeyOnly() {
        // Given
        Optional<String> sent = cookie.set("sesame", NOW).map(SessionCookieTest::sent);

        // Then
        byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        SessionCookie one = new SessionCookie(new PagesSettings(() -> new SessionKey(secret), HOUR, false));
        SessionCookie other = new SessionCookie(new PagesSettings(() -> new SessionKey(secret), HOUR, false));
        assertThat(other.token(one.set("sesame", NOW).map(SessionCookieTest::sent), NOW))
                .hasValue("sesame");
        assertThat(other.isFormToken(one.formToken("clerk", sent), "clerk", sent))
                .isTrue();
        assertThat(other.token(sent, NOW)).isEmpty();
        assertThat(other.isFormToken(cookie.formToken("clerk", sent), "clerk", sent))
                .isFalse();
    }

    @Test
    void shouldEndWhenTheKeyIsChanged() {
        // Given
        AtomicReference<SessionKey> now = new AtomicReference<>(key);
        SessionCookie changing = new SessionCookie(new PagesSettings(now::get, HOUR, false));
        Optional<String> sent = changing.set("sesame", NOW).map(SessionCookieTest::sent);
        assertThat(changing.token(sent, NOW)).hasValue("sesame");

        // When
        now.set(SessionKey.random());

        // Then
        assertThat(changing.token(sent, NOW)).isEmpty();
    }

    @Test
    void shouldNotBeMadeWithAKeyThatCanBeGuessed() {
        assertThatThrownBy(() -> new SessionKey(new byte[31]))
                .hasMessage("the secret has 31 bytes, must have at least 32");
        assertThat(key).hasToString("key");
    }

    @Test
    void shouldBeSentByTlsOnlyWhereThereIsTls() {
        // Given
        SessionCookie secure = new SessionCookie(new PagesSettings(() -> key, HOUR, true));

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
