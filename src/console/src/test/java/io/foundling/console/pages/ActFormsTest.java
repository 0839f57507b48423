package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Cancelled;
import io.foundling.audit.Erased;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.client.LossReason;
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
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms on the page of a subject. */
class ActFormsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final String PAGE = "/subjects/" + PagesRows.LONG_LIFE;
    private static final String HOSTILE = "<script>alert('x')</script>\"'&";
    private static final Map<String, Set<Role>> ROLES = Map.of(
            "Bearer reader", Set.of(Role.READER),
            "Bearer auditor", Set.of(Role.AUDITOR),
            "Bearer operator", Set.of(Role.OPERATOR),
            "Bearer both", Set.of(Role.OPERATOR, Role.AUDITOR));
    private static final Access ACCESS = authorization -> Optional.ofNullable(ROLES.get(authorization.orElse("")))
            .map(roles -> new Caller(authorization.orElse(""), roles, Optional.empty()))
            .orElseThrow(() ->
                    new AccessDeniedException(AccessDeniedException.Reason.UNKNOWN, "No such token is configured"));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "reader, '', 403, 403",
        "auditor, '', 403, 403",
        "operator, 'extend cancel annotate', 303, 403",
        "both, 'extend cancel annotate erase', 303, 303"
    })
    void shouldOfferAndTakeWhatTheRolesAllow(String caller, String offered, int cancelled, int erased) {
        try (PagesRig rig = rig(ACCESS)) {
            // When
            String page = get(rig, PAGE, caller);

            // Then
            assertThat(acts(page)).isEqualTo(offered);
            assertThat(page.contains("href=\"/acts\"")).isEqualTo(!offered.isEmpty());
            String token = rig.formToken("Bearer " + caller);
            assertThat(post(rig, caller, "act=cancel&reason=sold", token).statusCode())
                    .isEqualTo(cancelled);
            assertThat(post(rig, caller, "act=erase&reason=gone", token).statusCode())
                    .isEqualTo(erased);
        }
    }

    @Test
    void shouldOfferNothingWhereActsAreOff() {
        try (PagesRig rig = PagesRig.withoutActs(directory, Access.local(), InstantSource.fixed(NOW))) {
            // Given
            PagesRows.write(rig);

            // When
            String page = rig.get(PAGE).body();

            // Then
            assertThat(page).doesNotContain("method=\"post\"", "href=\"/acts\"");
            assertThat(rig.get("/awaiting?source=university").body()).doesNotContain("method=\"post\"");
        }
    }

    @Test
    void shouldRecordAnActAndSaySo() {
        try (PagesRig rig = rig(Access.local())) {
            // When
            HttpResponse<String> extended = post(rig, "act=extend&until=6h&reason=" + encode("the bank is late"));

            // Then
            assertThat(extended.statusCode()).isEqualTo(303);
            String location = extended.headers().firstValue("Location").orElseThrow();
            assertThat(location).isEqualTo(PAGE + "?acted=extend");
            assertThat(rig.get(location).body()).contains("The new deadline was recorded.");
            assertThat(rig.recorder().bodies()).containsExactly(new Extended(NOW.plus(Duration.ofHours(6)), null));
            assertThat(rig.recorder().last().getMetadata())
                    .containsEntry("foundling.actor", "local")
                    .containsEntry("foundling.reason", "the bank is late");
        }
    }

    @Test
    void shouldExpectASubjectThatNobodyKnows() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            String page = "/subjects/record/university/declaration/new";
            HttpResponse<String> unknown = rig.get(page);
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("Nothing is known of this subject");
            assertThat(acts(unknown.body())).isEqualTo("expect");

            // When
            HttpResponse<String> expected =
                    rig.post(page, "act=expect&by=6h&reason=promised&formToken=" + rig.formToken("local"));

            // Then
            assertThat(expected.headers().firstValue("Location")).hasValue(page + "?acted=expect");
            assertThat(rig.recorder().bodies())
                    .containsExactly(new Expected(NOW.plus(Duration.ofHours(6)), null, "promised"));
        }
    }

    @Test
    void shouldAddMetadataAndErase() {
        try (PagesRig rig = rig(Access.local())) {
            // When
            HttpResponse<String> annotated =
                    post(rig, "act=annotate&reason=seen&metadata=" + encode("ticket=OPS-12\r\n\r\nlink = a=b\r\n"));

            // Then
            assertThat(annotated.statusCode()).isEqualTo(303);
            assertThat(rig.recorder().last().getMetadata())
                    .containsEntry("ticket", "OPS-12")
                    .containsEntry("link", "a=b");

            // When
            HttpResponse<String> erased = post(rig, "act=erase&reason=asked");

            // Then
            assertThat(erased.statusCode()).isEqualTo(303);
            assertThat(rig.recorder().bodies(Erased.class)).containsExactly(new Erased("asked", "local"));
        }
    }

    @Test
    void shouldCountWhatIsSentTwiceOnceAndWhatWasChangedTwice() {
        try (PagesRig rig = rig(Access.local())) {
            // When
            post(rig, "id=1&act=cancel&reason=sold");
            post(rig, "id=1&act=cancel&reason=sold");
            post(rig, "id=1&act=cancel&reason=lost");
            post(rig, "id=2&act=cancel&reason=sold");

            // Then
            assertThat(rig.recorder().events()).hasSize(4);
            assertThat(rig.recorder().events().stream()
                            .map(event -> event.getEventId())
                            .distinct())
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "formToken=", "formToken=guessed"})
    void shouldTakeNoFormOfAnybodyElse(String token) {
        try (PagesRig rig = rig(Access.local())) {
            // When
            HttpResponse<String> refused = rig.post(PAGE, "act=cancel&reason=sold&" + token);

            // Then
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("This form was not made for you");
            assertThat(rig.recorder().events()).isEmpty();
        }
    }

    @Test
    void shouldTakeNoFormThatWasMadeForAnotherCaller() {
        try (PagesRig rig = rig(ACCESS)) {
            String token = rig.formToken("Bearer both");
            assertThat(post(rig, "operator", "act=cancel&reason=sold", token).statusCode())
                    .isEqualTo(403);
            assertThat(rig.recorder().events()).isEmpty();
        }
    }

    @Test
    void shouldKeepWhatWasTypedAndSayWhatIsWrongWithIt() {
        try (PagesRig rig = rig(Access.local())) {
            // When
            HttpResponse<String> wrong = post(rig, "id=7&act=extend&until=soon&reason=" + encode(HOSTILE));

            // Then
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body())
                    .contains("value=\"soon\"", "must be a moment to come", "<details open>")
                    .contains("name=\"reason\" value=\"&lt;script")
                    .contains("name=\"id\" value=\"7\"")
                    .doesNotContain("<script>alert");
            assertThat(wrong.body().split("<details open>")).hasSize(2);
            assertThat(rig.recorder().events()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "act=cancel, reason is missing",
        "act=extend&reason=x, until is missing",
        "act=annotate&reason=x&metadata=ticket, 'must have lines such as ticket=OPS-12'",
        "act=annotate&reason=x&metadata=a%3D1%0Aa%3D2, 'must have lines such as ticket=OPS-12'",
        "act=annotate&reason=x, metadata has 0 entries",
        "act=annotate&reason=x&metadata=foundling.actor%3Dme, begins with foundling.",
        "act=cancel&reason=a%E2%80%AEb, must be one line of text"
    })
    void shouldSayWhatIsWrong(String form, String sentence) {
        try (PagesRig rig = rig(Access.local())) {
            // When
            HttpResponse<String> wrong = post(rig, form);

            // Then
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).contains(sentence, "role=\"alert\"");
        }
    }

    @Test
    void shouldShowAConflictWithWhatWasTyped() {
        try (PagesRig rig = rig(Access.local())) {
            // When
            HttpResponse<String> refused = post(rig, "act=expect&reason=again");

            // Then
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("only what does not await can be expected", "value=\"again\"");
        }
    }

    @Test
    void shouldOfferToSendAgainWhatTheBrokerDidNotAcknowledge() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            rig.recorder().loseNext(LossReason.REFUSED);

            // When
            HttpResponse<String> unknown = post(rig, "id=7&act=cancel&reason=sold");

            // Then
            assertThat(unknown.statusCode()).isEqualTo(503);
            assertThat(unknown.body()).contains("The broker did not acknowledge the act", "value=\"sold\"");
            assertThat(post(rig, "id=7&act=cancel&reason=sold").statusCode()).isEqualTo(303);
            assertThat(rig.recorder().bodies()).containsExactly(new Cancelled("sold", "local"));
        }
    }

    private PagesRig rig(Access access) {
        PagesRig rig = new PagesRig(directory, access, InstantSource.fixed(NOW));
        PagesRows.write(rig);
        return rig;
    }

    private static HttpResponse<String> post(PagesRig rig, String form) {
        return rig.post(
                PAGE, form + "&formToken=" + tokenOf(rig.get(PAGE).body()).orElseThrow());
    }

    private static HttpResponse<String> post(PagesRig rig, String caller, String form, String token) {
        return rig.post(PAGE, form + "&formToken=" + token, "Authorization", "Bearer " + caller);
    }

    private static String get(PagesRig rig, String page, String caller) {
        return rig.get(page, "Authorization", "Bearer " + caller).body();
    }

    private static Optional<String> tokenOf(String page) {
        Matcher found = Pattern.compile("name=\"formToken\" value=\"([^\"]+)\"").matcher(page);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static String acts(String page) {
        Matcher found = Pattern.compile("name=\"act\" value=\"([^\"]+)\"").matcher(page);
        StringBuilder acts = new StringBuilder();
        while (found.find()) {
            acts.append(found.group(1)).append(' ');
        }
        return acts.toString().strip();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
