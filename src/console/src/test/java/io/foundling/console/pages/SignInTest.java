package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.access.Access;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

    private static final String TOKEN = "sesame";

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
    private final AtomicReference<String> accepted = new AtomicReference<>(TOKEN);
    private final AtomicReference<Role> role = new AtomicReference<>(Role.READER);
    private PagesRig rig;

    @BeforeEach
    void start() {
        Access access = authorization -> {
            if (authorization.filter(("Bearer " + accepted.get())::equals).isEmpty()) {
                throw new AccessDeniedException(AccessDeniedException.Reason.UNKNOWN, "No such token is configured");
            }
            return new Caller("clerk", Set.of(role.get()), Optional.empty());
        };
        rig = new PagesRig(directory, access, now::get);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldAskForATokenWhereThereIsNone() {
        // When
        HttpResponse<String> page = rig.get("/awaiting?source=billing");

        // Then
        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body())
                .contains("action=\"/sign-in\"", "name=\"to\" value=\"/awaiting?source=billing\"")
                .doesNotContain("<nav");
    }

    @Test
    void shouldShowThePageThatWasAskedForOnceSignedIn() {
        // When
        HttpResponse<String> signedIn = signIn(TOKEN, "/awaiting?source=billing");
        String cookie = cookie(signedIn);

        // Then
        assertThat(signedIn.statusCode()).isEqualTo(303);
        assertThat(signedIn.headers().firstValue("Location")).hasValue("/awaiting?source=billing");
        assertThat(signedIn.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(set -> assertThat(set)
                        .contains("HttpOnly", "SameSite=Strict", "Max-Age=43200", "Path=/")
                        .doesNotContain(TOKEN));
        assertThat(rig.get("/awaiting", "Cookie", "other=1; " + cookie).body())
                .contains("Signed in as clerk", "action=\"/sign-out\"");
    }

    @Test
    void shouldRefuseAWrongToken() {
        // When
        HttpResponse<String> refused = signIn("wrong<b>", "/awaiting");

        // Then
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(refused.body()).contains("No such token is configured").doesNotContain("wrong");
    }

    @Test
    void shouldSayThatATokenOfTheIntakeShowsNothing() {
        // Given
        role.set(Role.INTAKE);

        // When
        HttpResponse<String> refused = signIn(TOKEN, "/awaiting");

        // Then
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(refused.body()).contains("This needs the role reader", "action=\"/sign-in\"");
    }

    @Test
    void shouldAskAgainWhenTheCookieHasEndedOrTheTokenIsTakenAway() {
        // Given
        String cookie = cookie(signIn(TOKEN, "/awaiting"));

        // When
        now.set(now.get().plus(Duration.ofHours(12)).minusMillis(1));
        int before = rig.get("/awaiting", "Cookie", cookie).statusCode();
        now.set(now.get().plusMillis(1));
        int after = rig.get("/awaiting", "Cookie", cookie).statusCode();
        String fresh = cookie(signIn(TOKEN, "/awaiting"));
        accepted.set("another");

        // Then
        assertThat(before).isEqualTo(200);
        assertThat(after).isEqualTo(401);
        assertThat(rig.get("/awaiting", "Cookie", fresh).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldNotTakeACookieThatSomebodyChanged() {
        // Given
        String cookie = cookie(signIn(TOKEN, "/awaiting"));
        char last = cookie.charAt(cookie.length() - 5);

        // When
        String changed = cookie.substring(0, cookie.length() - 5)
                + (last == 'A' ? 'B' : 'A')
                + cookie.substring(cookie.length() - 4);

        // Then
        assertThat(rig.get("/awaiting", "Cookie", changed).statusCode()).isEqualTo(401);
        assertThat(rig.get("/awaiting", "Cookie", "foundling=AAAA").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:1", ""})
    void shouldLeadNowhereElse(String to) {
        assertThat(signIn(TOKEN, to).headers().firstValue("Location")).hasValue("/overview");
    }

    @Test
    void shouldRemoveTheCookieWhenSigningOut() {
        // Given
        String cookie = cookie(signIn(TOKEN, "/awaiting"));
        String token = rig.get("/awaiting", "Cookie", cookie)
                .body()
                .replaceAll("(?s).*name=\"formToken\" value=\"([^\"]+)\".*", "$1");

        // When
        HttpResponse<String> signedOut = rig.post("/sign-out", "formToken=" + token, "Cookie", cookie);

        // Then
        assertThat(signedOut.headers().firstValue("Location")).hasValue("/sign-in");
        assertThat(signedOut.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(
                        set -> assertThat(set).startsWith("foundling=;").contains("Max-Age=0"));
    }

    @Test
    void shouldNotSignOutByAFormOfSomebodyElse() {
        // Given
        String cookie = cookie(signIn(TOKEN, "/awaiting"));

        // When
        HttpResponse<String> refused = rig.post("/sign-out", "formToken=guessed", "Cookie", cookie);

        // Then
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    }

    private HttpResponse<String> signIn(String token, String to) {
        return rig.post(
                "/sign-in",
                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&to="
                        + URLEncoder.encode(to, StandardCharsets.UTF_8));
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }
}
