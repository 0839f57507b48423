package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.access.Access;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.model.table.Tables;
import io.foundling.schemas.SubjectKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

class BrowserIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WIDE = 1_280;
    private static final int PHONE = 375;
    /** As if people came back to the page, after which it asks anew. */
    private static final String RETURN = "document.dispatchEvent(new Event('visibilitychange'));";

    private static final List<String> PAGES = List.of(
            "/overview",
            "/awaiting",
            "/awaiting?minAge=soon",
            "/orphans",
            "/batches",
            "/settlements",
            "/batches/" + PagesRows.BATCH,
            "/subjects/" + PagesRows.LONG_LIFE,
            "/subjects/record/a/b/unknown",
            "/scopes",
            "/reconciliations",
            "/violations",
            "/dead-letters",
            "/alerts",
            "/policies",
            "/acts",
            "/orphans?source=university",
            "/sign-in");

    @TempDir
    private Path directory;

    @TempDir
    private Path profile;

    private final AtomicReference<Access> access = new AtomicReference<>(Access.local());
    private PagesRig rig;
    private Browser browser;

    @BeforeEach
    void start() {
        rig = new PagesRig(directory, authorization -> access.get().callerOf(authorization), InstantSource.system());
        browser = new Browser(rig.port(), profile);
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
        }
        rig.close();
    }

    @Test
    void shouldBeUsableByEverybodyWithoutRows() {
        PAGES.forEach(page -> check(page, false, WIDE));
    }

    @Test
    void shouldBeUsableByEverybodyInLight() {
        PagesRows.write(rig);
        PAGES.forEach(page -> check(page, false, WIDE));
    }

    @Test
    void shouldBeUsableByEverybodyInDarkAndOnAPhone() {
        PagesRows.write(rig);
        PAGES.forEach(page -> check(page, true, PHONE));
    }

    private void check(String page, boolean isDark, int width) {
        browser.look(isDark, width);
        browser.open(page);
        browser.check(page + (isDark ? " dark" : " light") + " at " + width);
    }

    @Test
    void shouldShowNewRowsWithoutBeingLoadedAnewAlsoAfterARestart() {
        // Given
        browser.look(false, WIDE);
        rig.catchUp();
        browser.open("/awaiting");
        await().atMost(PATIENCE).until(() -> browser.texts(".live.on").contains("live"));
        browser.mark();

        // When
        write("first");

        // Then
        await().atMost(PATIENCE).until(() -> browser.texts(".rows .id").contains("first"));
        browser.checkLog("/awaiting");

        // When
        rig.restart();
        write("second");

        // Then
        await().atMost(PATIENCE).until(() -> browser.texts(".rows .id").contains("second"));
        assertThat(browser.isMarked()).isTrue();
        browser.forgetLog();
    }

    private void write(String id) {
        Subject subject = new Subject(SubjectKind.RECORD, "university", "declaration", id);
        rig.write(
                Tables.DISPOSITION,
                SubjectKey.of(subject),
                Disposition.newBuilder()
                        .setSubject(subject)
                        .setStatus(Status.DEFERRED)
                        .setAttempt(1)
                        .setEnteredAt(rig.now())
                        .setFirstOccurredAt(rig.now())
                        .setLastOccurredAt(rig.now())
                        .build());
    }

    /** The server is not asked here; it would answer at a speed of its own. */
    @Test
    void shouldRestTenTimesAsLongAsARefreshTook() {
        // Given
        browser.look(false, WIDE);
        rig.catchUp();
        browser.open("/awaiting");
        browser.run("""
                const real = performance.now.bind(performance);
                window.ahead = 0;
                window.refreshes = 0;
                performance.now = () => real() + window.ahead;
                htmx.ajax = () => {
                    window.refreshes++;
                    window.ahead += 5000;
                    return Promise.resolve();
                };""");

        // When
        browser.run(RETURN);

        // Then
        await().atMost(PATIENCE).until(() -> browser.number("refreshes") == 1);
        browser.run("window.ahead += 10000;" + RETURN);
        browser.run(RETURN);
        assertThat(browser.number("refreshes")).isEqualTo(1);
        browser.run("window.ahead += 45000;" + RETURN);
        await().atMost(PATIENCE).until(() -> browser.number("refreshes") == 2);
    }

    @Test
    void shouldSignInAndOut() {
        // Given
        access.set(authorization -> {
            if (!authorization.equals(Optional.of("Bearer sesame"))) {
                throw new AccessDeniedException(AccessDeniedException.Reason.UNKNOWN, "No such token is configured");
            }
            return new Caller("clerk", Set.of(Role.READER), Optional.empty());
        });
        browser.look(false, WIDE);
        browser.open("/orphans?source=billing");

        // When
        browser.one("#token").sendKeys("sesame", Keys.ENTER);

        // Then
        await().atMost(PATIENCE).until(() -> browser.texts("footer form span").contains("Signed in as clerk"));
        assertThat(browser.path()).isEqualTo("/orphans?source=billing");

        // When
        browser.one("footer form button").click();

        // Then
        await().atMost(PATIENCE).until(() -> browser.path().equals("/sign-in"));
        browser.open("/orphans");
        assertThat(browser.texts("#token")).hasSize(1);
    }

    @Test
    void shouldFilterAndPageAndKeepAnAddressToShare() {
        // Given
        PagesRows.write(rig);
        browser.look(false, WIDE);
        browser.open("/awaiting");
        browser.mark();

        // When
        browser.one("#f-source").sendKeys("university", Keys.ENTER);

        // Then
        await().atMost(PATIENCE).until(() -> browser.path().equals("/awaiting?source=university&order=OLDEST"));
        await().atMost(PATIENCE)
                .until(() ->
                        browser.texts(".rows td.main .where").stream().allMatch(text -> text.contains("university")));
        assertThat(browser.isMarked()).isTrue();

        // When
        browser.one("#next").click();

        // Then
        await().atMost(PATIENCE).until(() -> browser.path().contains("cursor="));
        assertThat(browser.texts(".rows tbody tr")).isNotEmpty();
        browser.checkLog("/awaiting");
    }

    @Test
    void shouldBeUsableWithKeysOnly() {
        // Given
        PagesRows.write(rig);
        browser.look(false, WIDE);
        browser.open("/awaiting");

        // When
        browser.tab();
        assertThat(browser.focused()).isEqualTo("skip");
        browser.press(Keys.ENTER);

        // Then
        await().atMost(PATIENCE).until(() -> browser.focused().equals("main"));

        // When
        browser.press("/");
        assertThat(browser.focused()).isEqualTo("search");
        browser.press(PagesRows.LONG_LIFE, Keys.ENTER);

        // Then
        await().atMost(PATIENCE).until(() -> browser.path().equals("/subjects/" + PagesRows.LONG_LIFE));

        // When
        browser.press("?");

        // Then
        await().atMost(PATIENCE).until(() -> browser.one("#keys").isDisplayed());
        browser.press(Keys.ESCAPE);
        await().atMost(PATIENCE).until(() -> !browser.one("#keys").isDisplayed());

        // When
        browser.press("g");
        browser.press("r");

        // Then
        await().atMost(PATIENCE).until(() -> browser.path().equals("/orphans"));
        browser.press("j");
        assertThat(browser.focused()).isEqualTo("subject");
        browser.checkLog("keys");
    }

    @Test
    void shouldCancelAllThatAListShows() {
        // Given
        PagesRows.write(rig);
        browser.look(false, WIDE);
        browser.open("/awaiting?source=billing");

        // When
        browser.one(".acts details:nth-of-type(2) summary").click();
        browser.one("#a-cancel-reason").sendKeys("the run was given up", Keys.ENTER);

        // Then
        await().atMost(PATIENCE).until(() -> browser.path().startsWith("/acts/"));
        browser.check("a counted act");
        assertThat(rig.recorder().events()).isEmpty();

        // When
        browser.one(".confirm .primary").click();

        // Then
        await().atMost(PATIENCE)
                .until(() -> browser.texts(".callout").stream().anyMatch(text -> text.startsWith("It is done.")));
        assertThat(rig.recorder().events())
                .isNotEmpty()
                .allMatch(event -> event.getSubject().getSource().equals("billing"));
        browser.check("an act that is done");
    }

    @Test
    void shouldTryPoliciesAndShowWhatTheyChange() {
        // Given
        browser.look(false, WIDE);
        CountDownLatch gate = rig.site().hold();
        browser.open("/policies");
        browser.check("a form to try policies");

        // When
        browser.one("#policies").clear();
        browser.one("#policies").sendKeys("university 2h\nbilling in two hours");
        browser.one(".trial .primary").click();

        // Then
        await().atMost(PATIENCE).until(() -> browser.texts("#e-policies p").size() == 1);
        assertThat(browser.texts("#e-policies p").get(0)).startsWith("'billing in two hours' is no policy");
        browser.check("refused policies");

        // When
        browser.one("#policies").clear();
        browser.one("#policies").sendKeys("university 2h\nbilling 6h");
        browser.one(".trial .primary").click();

        // Then
        await().atMost(PATIENCE).until(() -> browser.path().startsWith("/policies/tests/"));
        await().atMost(PATIENCE).until(() -> browser.texts(".live.on").contains("live"));
        browser.check("a trial that runs");
        browser.mark();

        // When
        gate.countDown();

        // Then
        await().atMost(PATIENCE)
                .until(
                        () -> browser.texts(".callout")
                                .contains(
                                        "Of the warnings, 1 would have been added, 1 removed, 2 emitted earlier, and 1 later."));
        assertThat(browser.isMarked()).isTrue();
        browser.check("a trial that is done");
        browser.look(true, PHONE);
        browser.check("a trial that is done, on a phone");
    }
}
