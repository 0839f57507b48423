package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Attempt;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Disposition;
import io.foundling.audit.Entry;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.access.Access;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.model.table.Tables;
import io.foundling.schemas.SubjectKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String HOSTILE = "<script>alert('x')</script>\"'&";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/overview",
                "/awaiting",
                "/orphans",
                "/batches",
                "/settlements",
                "/scopes",
                "/reconciliations",
                "/violations",
                "/dead-letters",
                "/alerts",
                "/policies"
            })
    void shouldShowEachPageWithAndWithoutRows(String page) {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            HttpResponse<String> empty = rig.get(page);
            PagesRows.write(rig);

            // When
            HttpResponse<String> full = rig.get(page);

            // Then
            assertThat(empty.statusCode()).isEqualTo(200);
            assertThat(full.statusCode()).isEqualTo(200);
            assertThat(full.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(full.body()).contains("<tr>", "aria-current=\"page\"").doesNotContain("class=\"nothing\"");
        }
    }

    @Test
    void shouldShowWhoOwnsWhatAndFilterByIt() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            PagesRows.write(rig);

            for (String page : List.of("/orphans", "/awaiting")) {
                // When
                String owned = rig.get(page + "?owner=registry").body();

                // Then
                assertThat(owned)
                        .as(page)
                        .contains("university / declaration", "data-label=\"Owner\">registry<")
                        .contains("name=\"owner\" value=\"registry\"")
                        .doesNotContain("· billing", "university / matriculation");
            }
            assertThat(rig.get("/orphans?label=finance").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void shouldLeadFromTheRootToTheOverview() {
        try (PagesRig rig = rig(Access.local())) {
            assertThat(rig.get("/").headers().firstValue("Location")).hasValue("/overview");
        }
    }

    @Test
    void shouldPageThroughAListAndKeepItsFilters() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            PagesRows.write(rig);
            String first = rig.get("/awaiting?source=university&stage=&status=&minAge=1h")
                    .body();

            // When
            String next = rig.get(first.replaceAll("(?s).*id=\"next\" rel=\"next\" href=\"([^\"]+)\".*", "$1")
                            .replace("&amp;", "&"))
                    .body();

            // Then
            assertThat(next).contains("name=\"source\" value=\"university\"", "value=\"1h\"", "First page");
            assertThat(next.split("class=\"subject\"")).hasSizeLessThan(first.split("class=\"subject\"").length);
            assertThat(next).contains("/awaiting.csv?source=university&amp;minAge=1h");
        }
    }

    @Test
    void shouldShowWhatIsWrongBesideItsField() {
        try (PagesRig rig = rig(Access.local())) {
            // When
            HttpResponse<String> wrong = rig.get("/awaiting?minAge=soon");

            // Then
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body())
                    .contains("value=\"soon\"", "aria-describedby=\"e-minAge\"", "must be a duration")
                    .doesNotContain("<table");
        }
    }

    @Test
    void shouldAnswerAWholeListAsAFile() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            PagesRows.write(rig);

            // When
            HttpResponse<String> csv = rig.get("/awaiting.csv?source=library");

            // Then
            assertThat(csv.headers().firstValue("Content-Disposition"))
                    .hasValueSatisfying(value -> assertThat(value).contains("awaiting.csv"));
            assertThat(csv.body().lines().skip(1)).isNotEmpty().allMatch(line -> line.contains("library"));
        }
    }

    @Test
    void shouldShowTheLifeOfASubject() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            PagesRows.write(rig);

            // When
            String page = rig.get("/subjects/" + PagesRows.LONG_LIFE).body();

            // Then
            assertThat(page)
                    .contains("<svg class=\"timeline\"", "Attempt 2", "Deadline", "Now", "class=\"rule\"")
                    .contains("REG-2026-88-1029", "trail.csv", "enrolment-7d9f-x2");
            assertThat(rig.get("/subjects/" + PagesRows.LONG_LIFE + "/trail.ndjson")
                            .body()
                            .lines())
                    .hasSize(6);
            assertThat(rig.get("/subjects/" + PagesRows.LONG_LIFE + "/explanation.txt")
                            .body())
                    .contains("PENDING");
        }
    }

    @Test
    void shouldNameWhoIsMissingFromABatchThatHasNotClosed() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            PagesRows.write(rig);

            // When
            String page = rig.get("/batches/" + PagesRows.BATCH).body();

            // Then
            assertThat(page).contains("48200117", "/missing.csv", "1,200").doesNotContain("Nobody is missing");
        }
    }

    @Test
    void shouldFindASubjectByItsKeyAndSayWhatAKeyIs() {
        try (PagesRig rig = rig(Access.local())) {
            assertThat(rig.get("/subjects?key=record%2Fa%2Fb%2F1").headers().firstValue("Location"))
                    .hasValue("/subjects/record/a/b/1");
            HttpResponse<String> wrong = rig.get("/subjects?key=%3Cb%3E4711");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).contains("record/university/declaration/4711", "&lt;b&gt;4711");
            assertThat(rig.get("/subjects/record/a/b/1").statusCode()).isEqualTo(404);
            assertThat(rig.get("/subjects?key=RECORD%2Fa%2Fb%2Fx%3Fy").headers().firstValue("Location"))
                    .hasValue("/subjects/record/a/b/x%3Fy");
        }
    }

    @Test
    void shouldLeadToAllSettlementsOfABatchThatHasMany() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            PagesRows.write(rig);
            String link = "href=\"/settlements?parent=batch%2Funiversity%2Fdeclaration%2F2026-11-30\"";
            rig.write(Tables.SETTLEMENT, PagesRows.settlements(PagesRows.BATCH, 100));
            String all = rig.get("/batches/" + PagesRows.BATCH).body();

            // When
            rig.write(Tables.SETTLEMENT, PagesRows.settlements(PagesRows.BATCH, 101));
            String part = rig.get("/batches/" + PagesRows.BATCH).body();

            // Then
            assertThat(all).doesNotContain(link);
            assertThat(part).contains(link);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1,behind now", "1,ahead of now"})
    void shouldSayOnWhichSideOfNowTheAuditClockIs(int hours, String side) {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            rig.write(
                    Tables.CLOCK,
                    "0_0/",
                    ClockReport.newBuilder()
                            .setTask("0_0")
                            .setSource("")
                            .setClock(NOW.plus(Duration.ofHours(hours)))
                            .setDelay(0)
                            .setHeld(0)
                            .setRate(0)
                            .setReportedAt(NOW)
                            .build());

            // When
            String page = rig.get("/overview").body();

            // Then
            assertThat(page).contains("1 h", side);
        }
    }

    @Test
    void shouldSayWhenToTryAgainWhileTheDatabaseIsAway() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            rig.loseDatabase();

            for (String page : List.of("/awaiting", "/live", "/live")) {
                // When
                HttpResponse<String> answer = rig.get(page);

                // Then
                assertThat(answer.statusCode()).as(page).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).as(page).hasValue("5");
                assertThat(answer.body()).contains("The database of the read model does not answer");
            }
        }
    }

    @Test
    void shouldEscapeEverythingThatEventsSay() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            Subject subject = new Subject(SubjectKind.RECORD, HOSTILE, HOSTILE, HOSTILE);
            String key = SubjectKey.of(subject);
            rig.write(Tables.DISPOSITION, key, hostile(subject));
            rig.append(
                    Tables.EVENT,
                    key,
                    List.of(PagesRows.event(subject, 1, NOW, new io.foundling.audit.Deferred(null, HOSTILE))),
                    List.of(NOW));

            for (String page :
                    List.of("/awaiting", "/overview", "/subjects/" + key, "/awaiting?source=%22%3E%3Cscript%3E")) {
                // When
                HttpResponse<String> answer = rig.get(page);

                // Then
                assertThat(answer.statusCode()).as(page).isEqualTo(200);
                assertThat(answer.body()).as(page).doesNotContain("<script>alert", "\"><script>");
            }
            assertThat(rig.get("/awaiting").body()).contains("&lt;script&gt;alert");
        }
    }

    private static Disposition hostile(Subject subject) {
        return Disposition.newBuilder()
                .setSubject(subject)
                .setStatus(Status.DEFERRED)
                .setAttempt(1)
                .setEnteredAt(NOW)
                .setFirstOccurredAt(NOW)
                .setLastOccurredAt(NOW)
                .setWaitingOn(HOSTILE)
                .setDetail(HOSTILE)
                .setMetadata(Map.of("tenant", HOSTILE))
                .setHistory(List.of(
                        new Attempt(1, Status.DEFERRED, NOW, null, null, List.of(new Entry(Status.DEFERRED, NOW)))))
                .build();
    }

    @Test
    void shouldHideMetadataFromReadersAndShowItToAuditors() {
        try (PagesRig rig = rig(authorization -> caller(
                authorization.orElse("").equals("Bearer auditor") ? Role.AUDITOR : Role.READER, Optional.empty()))) {
            // Given
            PagesRows.write(rig);

            // When
            String reader = rig.get("/subjects/" + PagesRows.LONG_LIFE).body();
            String letters = rig.get("/dead-letters").body();
            String auditor = rig.get("/subjects/" + PagesRows.LONG_LIFE, "Authorization", "Bearer auditor")
                    .body();

            // Then
            assertThat(reader).contains("student", "north").doesNotContain("Ada Byron");
            assertThat(auditor).contains("Ada Byron");
            assertThat(letters).contains(">hidden<").doesNotContain("schema 417");
            assertThat(rig.get("/dead-letters", "Authorization", "Bearer auditor")
                            .body())
                    .contains("schema 417");
        }
    }

    @Test
    void shouldShowOnlyTheSourcesOfTheCaller() {
        try (PagesRig rig = rig(authorization -> caller(Role.READER, Optional.of(Set.of("billing"))))) {
            // Given
            PagesRows.write(rig);

            // When
            List<String> pages = List.of(
                    "/overview", "/awaiting", "/orphans", "/batches", "/scopes", "/violations", "/alerts", "/policies");

            // Then
            for (String page : pages) {
                assertThat(rig.get(page).body())
                        .as(page)
                        .doesNotContain(
                                "record · university", "record · library", ">university<", ">library<", "warehouse");
            }
            assertThat(rig.get("/subjects/" + PagesRows.LONG_LIFE).statusCode()).isEqualTo(404);
            assertThat(rig.get("/dead-letters").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void shouldShowAnExpectationOnlyToThoseWhoMaySeeBothItsSources() {
        try (PagesRig rig = rig(authorization -> caller(
                Role.READER,
                Optional.of(Set.of(
                        authorization.orElseThrow().replace("Bearer ", "").split(",")))))) {
            String name = "invoice-after-matriculation";
            assertThat(rig.get("/policies", "Authorization", "Bearer university,billing")
                            .body())
                    .contains(name);
            for (String source : List.of("university", "billing")) {
                assertThat(rig.get("/policies", "Authorization", "Bearer " + source)
                                .body())
                        .as(source)
                        .doesNotContain(name);
            }
        }
    }

    private static Caller caller(Role role, Optional<Set<String>> sources) {
        return new Caller("someone", role == Role.AUDITOR ? Set.of(Role.READER, Role.AUDITOR) : Set.of(role), sources);
    }

    @Test
    void shouldServeFilesUnderNamesThatChangeWithTheirContent() {
        try (PagesRig rig = rig(Access.local())) {
            // Given
            String page = rig.get("/overview").body();
            String style = page.replaceAll("(?s).*<link rel=\"stylesheet\" href=\"([^\"]+)\".*", "$1");

            // When
            HttpResponse<String> file = rig.get(style);

            // Then
            assertThat(style).matches("/assets/console\\.[0-9a-f]{12}\\.css");
            assertThat(file.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
            assertThat(page)
                    .doesNotContain("http://", "https://", "style=\"", "onclick")
                    .contains(" defer></script>");
        }
    }

    private PagesRig rig(Access access) {
        return new PagesRig(directory, access, CLOCK);
    }
}
