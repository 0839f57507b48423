package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Cancelled;
import io.foundling.audit.Extended;
import io.foundling.console.access.Access;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Acts on all that a list shows, from the list to the end. */
class ListActsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final String LIST = "/awaiting?source=billing&order=OLDEST";
    private static final String HOSTILE = "<script>alert('x')</script>\"'&";

    @TempDir
    private Path directory;

    @Test
    void shouldActOnAllThatIsListedOnceTheCountIsConfirmed() {
        try (PagesRig rig = rig(Access.local())) {
            // When
            HttpResponse<String> counted = post(rig, LIST, "act=cancel&reason=" + encode(HOSTILE));

            // Then
            assertThat(counted.statusCode()).isEqualTo(303);
            String act = counted.headers().firstValue("Location").orElseThrow();
            assertThat(act).matches("/acts/[0-9a-f-]{36}");
            long listed = rig.get("/awaiting.csv?source=billing").body().lines().count() - 1;
            assertThat(rig.get(act).body())
                    .contains("<h1>Cancel " + listed + " subjects</h1>", "Nothing has been recorded yet")
                    .contains("action=\"" + act + "/confirm\"", "href=\"/subjects/record/billing/", "&lt;script&gt;")
                    .doesNotContain("<script>alert");
            assertThat(rig.recorder().events()).isEmpty();

            // When
            HttpResponse<String> confirmed = post(rig, act + "/confirm", "");

            // Then
            assertThat(confirmed.headers().firstValue("Location")).hasValue(act);
            await().atMost(PATIENCE).until(() -> rig.get(act).body().contains("It is done."));
            assertThat(rig.get(act).body())
                    .contains("It was recorded for " + listed + " subjects.", "<progress")
                    .doesNotContain("/confirm", "/stop");
            assertThat(rig.recorder().bodies()).hasSize((int) listed).containsOnly(new Cancelled(HOSTILE, "local"));
            assertThat(rig.get("/acts").body())
                    .contains("href=\"" + act + "\"", "Cancel awaiting", "&lt;script&gt;")
                    .doesNotContain("<script>alert");
        }
    }

    @Test
    void shouldShowWhatAnActWouldDoAndGiveItUp() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            String act = post(rig, "/orphans?stage=declaration", "act=extend&until=2d&reason=late")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(rig.get(act).body()).contains("New deadline", "in 2 d", "declaration");

            // When
            HttpResponse<String> stopped = post(rig, act + "/stop", "");

            // Then
            assertThat(stopped.headers().firstValue("Location")).hasValue(act);
            assertThat(rig.get(act).body()).contains("given up before anything was recorded");
            assertThat(rig.recorder().bodies(Extended.class)).isEmpty();
        }
    }

    @Test
    void shouldKeepFiltersAndWhatWasTyped() {
        try (PagesRig rig = rig(Access.local())) {
            // When
            HttpResponse<String> wrong = post(rig, LIST, "act=extend&until=soon&reason=" + encode(HOSTILE));

            // Then
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body())
                    .contains("value=\"soon\"", "must be a moment to come", "<details open>", "value=\"billing\"")
                    .contains("name=\"reason\" value=\"&lt;script")
                    .doesNotContain("<script>alert");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/awaiting, 'filter it by a source, a stage or a parent'",
        "/awaiting?minAge=1h, 'filter it by a source, a stage or a parent'",
        "/orphans?source=university&reason=DEADLINE_PASSED, 'clear the filter Reason'"
    })
    void shouldOfferNoActOnMoreThanIsListed(String list, String sentence) {
        try (PagesRig rig = rig(Access.local())) {
            // When
            String page = rig.get(list).body();

            // Then
            assertThat(page).contains(sentence).doesNotContain("method=\"post\"");
            assertThat(post(rig, list, "act=cancel&reason=sold").statusCode()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LIST, "/acts/7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10/confirm", "/acts/1/stop"})
    void shouldTakeNoFormOfAnybodyElse(String target) {
        try (PagesRig rig = rig(Access.local())) {
            HttpResponse<String> refused = rig.post(target, "act=cancel&reason=sold&formToken=guessed");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("This form was not made for you");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LIST, "/acts/7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10/confirm", "/acts/1/stop"})
    void shouldRefuseReaders(String target) {
        try (PagesRig rig = rig(authorization -> new Caller("reader", Set.of(Role.READER), Optional.empty()))) {
            assertThat(rig.get(LIST).body()).doesNotContain("method=\"post\"", "class=\"hint\"", "href=\"/acts\"");
            assertThat(rig.get("/acts").statusCode()).isEqualTo(403);
            assertThat(rig.post(target, "act=cancel&reason=sold&formToken=" + rig.formToken("reader"))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void shouldSayThatAnActIsNotKnown() {
        try (PagesRig rig = rig(Access.local())) {
            HttpResponse<String> unknown = rig.get("/acts/7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("This console knows no act of yours");
        }
    }

    private PagesRig rig(Access access) {
        PagesRig rig = new PagesRig(directory, access, InstantSource.fixed(NOW));
        PagesRows.write(rig);
        return rig;
    }

    private static HttpResponse<String> post(PagesRig rig, String target, String form) {
        return rig.post(target, form + "&formToken=" + rig.formToken("local"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
