package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.access.Access;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.web.CallLimit;
import io.foundling.console.web.CallLimits;
import io.foundling.console.web.Callers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see of problems that no page of its own is about. */
class ProblemsOfPagesTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-30T12:00:00Z"));
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "/nothing, GET, 404, Not Found",
        "/overview, POST, 405, Method Not Allowed",
        "/alerts?x=1, GET, 400, Bad Request"
    })
    void shouldShowAPageOfThisConsole(String target, String method, int status, String title) {
        try (PagesRig rig = new PagesRig(directory, Access.local(), CLOCK)) {
            // When
            HttpResponse<String> page =
                    method.equals("GET") ? rig.get(target, "Accept", BROWSER) : rig.post(target, "", "Accept", BROWSER);

            // Then
            assertThat(page.statusCode()).isEqualTo(status);
            assertThat(page.body())
                    .contains("<title>" + title + " · Foundling</title>", "/assets/console.", "href=\"/overview\"");
        }
    }

    @Test
    void shouldSayWhatIsWrongInASentence() {
        try (PagesRig rig = new PagesRig(directory, Access.local(), CLOCK)) {
            assertThat(rig.get("/alerts?statuss=FIRING", "Accept", BROWSER).body())
                    .containsPattern(">Parameter .*statuss.* is unknown, .* did you mean .*\\?</p>");
            assertThat(rig.get("/nothing", "Accept", BROWSER).body()).contains("lists what there is.</p>");
        }
    }

    @Test
    void shouldEscapeThePath() {
        try (PagesRig rig = new PagesRig(directory, Access.local(), CLOCK)) {
            // When
            String page = rig.get("/%3Cscript%3E", "Accept", BROWSER).body();

            // Then
            assertThat(page).doesNotContain("<script>").contains("There is nothing at");
        }
    }

    /** Otherwise somebody at the same address could keep others from signing in. */
    @Test
    void shouldCountWrongTokensAndShowTheFormToSignInToEverybody() {
        // Given
        Access access = authorization -> {
            throw new AccessDeniedException(AccessDeniedException.Reason.UNKNOWN, "No such token is configured");
        };
        CallLimits limits = new CallLimits(new CallLimit("console.requestsPerMinute", 2, CLOCK));
        try (PagesRig rig = new PagesRig(directory, new Callers(access, limits), CLOCK)) {
            // When, then
            assertThat(IntStream.range(0, 4)
                            .map(i -> rig.post("/sign-in", "token=guessed").statusCode()))
                    .containsExactly(401, 401, 429, 429);
            assertThat(rig.get("/api/v1/awaiting").statusCode()).isEqualTo(429);
            assertThat(rig.get("/overview").statusCode()).isEqualTo(401);
            assertThat(rig.get("/overview").body()).contains("action=\"/sign-in\"");
        }
    }

    @Test
    void shouldShowHowManyCallsAreAllowedAndCountNoFiles() {
        // Given
        CallLimits limits = new CallLimits(new CallLimit("console.requestsPerMinute", 2, CLOCK));
        try (PagesRig rig = new PagesRig(directory, new Callers(Access.local(), limits), CLOCK)) {
            String style = rig.get("/overview").body().replaceAll("(?s).*href=\"(/assets/[^\"]+\\.css)\".*", "$1");
            rig.get("/overview");

            // When
            HttpResponse<String> page = rig.get("/overview");

            // Then
            assertThat(page.statusCode()).isEqualTo(429);
            assertThat(page.headers().firstValue("Retry-After")).hasValue("31");
            assertThat(page.body()).contains("console.requestsPerMinute allows, 2 a minute");
            assertThat(IntStream.range(0, 5).map(i -> rig.get(style).statusCode()))
                    .containsOnly(200);
        }
    }
}
