package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.warning;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.OrphanWarning;
import io.foundling.console.access.Access;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.Operation;
import io.foundling.schemas.SubjectKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/v1/";

    @TempDir
    private Path directory;

    /** Also with every parameter that may be missing. */
    @ParameterizedTest
    @EnumSource
    void shouldAnswerEveryOperationAsTheDocumentSays(TestDatabase kind) {
        try (ApiRig rig = rig(kind)) {
            AnswerSchemas schemas = new AnswerSchemas(rig.api().document());
            for (Operation operation : rig.asking()) {
                for (String mediaType : schemas.mediaTypes(operation.path())) {
                    for (String target :
                            List.of(OperationTargets.of(operation, false), OperationTargets.of(operation, true))) {
                        // When
                        HttpResponse<String> response = rig.web()
                                .get(
                                        mediaType.equals("application/json")
                                                ? target
                                                : OperationTargets.withoutLimit(target),
                                        "Accept",
                                        mediaType);

                        // Then
                        assertThat(response.statusCode())
                                .as(target + "\n" + response.body())
                                .isEqualTo(200);
                        answers(mediaType, response.body())
                                .forEach(answer -> assertThat(schemas.faults(operation.path(), mediaType, answer))
                                        .as(target + "\n" + answer)
                                        .isEmpty());
                    }
                }
            }
        }
    }

    /** The keys of its rows, apart from those of the filter. */
    @ParameterizedTest
    @EnumSource
    void shouldListWhatIsAskedFor(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind)) {
            String foreign = SubjectKey.of(ApiRows.FOREIGN);
            Map<String, List<String>> expected = new LinkedHashMap<>();
            expected.put("awaiting", List.of(ApiRows.BATCH, foreign, key("1"), ApiRows.SCOPE));
            expected.put("awaiting?source=billing", List.of(foreign));
            expected.put("awaiting?status=OPEN", List.of(ApiRows.BATCH));
            expected.put("awaiting?parent=" + ApiRows.BATCH, List.of(key("1")));
            expected.put("awaiting?minAge=1m", List.of());
            expected.put("awaiting?stage=declaration&order=deadline", List.of(ApiRows.BATCH, key("1")));
            expected.put("awaiting?owner=finance", List.of(foreign));
            expected.put("awaiting?owner=registry", List.of());
            expected.put("awaiting?label=room:17&order=deadline", List.of(foreign));
            expected.put("awaiting?label=room=17&owner=finance", List.of(foreign));
            expected.put("awaiting?label=owner:registry&owner=finance", List.of());
            expected.put("orphans?owner=finance", List.of());
            expected.put("orphans", List.of(key("1")));
            expected.put("orphans?since=2026-11-30T12:01:00Z", List.of(key("1")));
            expected.put("orphans?since=2026-11-30T12:01:00.001Z", List.of());
            expected.put("orphans?reason=PARENT_CLOSED", List.of());
            expected.put("parents", List.of(ApiRows.BATCH));
            expected.put("parents?kind=SCOPE", List.of(ApiRows.SCOPE));
            expected.put("parents/" + ApiRows.BATCH + "/members", List.of(key("1"), key("2")));
            expected.put("parents/" + ApiRows.BATCH + "/members?status=COMPLETED", List.of(key("2")));
            expected.put("parents/" + ApiRows.BATCH + "/missing", List.of(key("1")));
            expected.put("subjects/" + key("1") + "/trail", List.of(key("1"), key("1")));
            expected.put("events", List.of(foreign, key("1"), key("1")));
            expected.put("events?fact=deferred", List.of(key("1")));
            expected.put("events?since=2026-11-30T12:00:01Z&until=2026-11-30T12:00:02Z", List.of(key("1")));
            expected.put("violations?subject=" + key("1"), List.of(key("1")));
            expected.put("violations?type=CONFLICTING_OUTCOME", List.of());
            expected.put("dead-letters", List.of(key("3")));
            expected.put("settlements?unsettled=true", List.of(ApiRows.BATCH + "/1"));
            expected.put("alerts?type=ORPHANED", List.of("orphaned/university"));
            expected.put("alerts?status=RESOLVED", List.of());
            expected.put("reconciliations?status=FAILED", List.of(ApiRows.SCOPE + "/TABLE/2026-11-30"));
            expected.put("scopes", List.of(ApiRows.SCOPE));
            expected.put("scopes?classification=never-ran", List.of(ApiRows.SCOPE));
            expected.put("scopes?classification=FRESH", List.of());
            expected.put("scopes?olderThan=3d", List.of(ApiRows.SCOPE));
            expected.put("scopes?olderThan=3d&classification=NEVER_RAN", List.of());
            expected.put("clocks", List.of("0_0/", "0_0/billing", "0_0/university"));
            for (Map.Entry<String, List<String>> list : expected.entrySet()) {
                assertThat(keys(json(rig, list.getKey()))).as(list.getKey()).isEqualTo(list.getValue());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowTheLabelsThatPoliciesGive(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind)) {
            // When
            JsonNode owned = json(rig, "awaiting?source=billing").get("rows").get(0);
            JsonNode orphan = json(rig, "orphans").get("rows").get(0);

            // Then
            assertThat(owned.get("owner").textValue()).isEqualTo("finance");
            assertThat(owned.get("labels").toString()).isEqualTo("{\"owner\":\"finance\",\"room\":\"17\"}");
            assertThat(orphan.get("owner").isNull()).isTrue();
            assertThat(orphan.get("labels")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayHowSourcesAndTopicsAre(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind)) {
            // When
            JsonNode sources = json(rig, "sources").get("rows");
            JsonNode topics = json(rig, "topics").get("rows");

            // Then
            assertThat(sources).hasSize(2);
            assertThat(sources.get(0).toString())
                    .isEqualTo(
                            "{\"source\":\"billing\",\"clock\":\"2026-11-30T12:00:00Z\",\"delayMs\":90000,\"held\":3,"
                                    + "\"eventsPerMinute\":1.5,\"silent\":true,\"silentSince\":\"2026-11-30T12:00:00Z\"}");
            assertThat(sources.get(1).get("silent").asBoolean()).isFalse();
            assertThat(topics).hasSize(ApiRig.TOPICS.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountAndSayWhichScopesHaveARun(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind)) {
            assertThat(json(rig, "counts").get("awaiting").toString())
                    .contains("{\"source\":\"billing\",\"stage\":\"invoice\",\"status\":\"DEFERRED\",\"count\":1,");
            assertThat(json(rig, "counts?source=billing").get("awaiting")).hasSize(1);
            assertThat(json(rig, "counts/history").get("rows")).hasSizeGreaterThan(50);
            assertThat(json(rig, "scopes/active?key=" + ApiRows.SCOPE)
                            .get("rows")
                            .toString())
                    .isEqualTo("[{\"key\":\"" + ApiRows.SCOPE
                            + "\",\"active\":false,\"attempt\":null,\"status\":null,\"since\":null}]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldScrapeTheReasonsOfStaleScopes(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind)) {
            // When
            HttpResponse<String> scrape = rig.web()
                    .get(
                            API + "health/stale",
                            "Accept",
                            "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.2");

            // Then
            assertThat(scrape.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain;"));
            assertThat(scrape.body().lines().filter(line -> !line.startsWith("#")))
                    .containsExactly(
                            "foundling_stale_scopes{source=\"university\",stage=\"table\",reason=\"NEVER_RAN\"} 1",
                            "foundling_stale_scopes{source=\"university\",stage=\"table\",reason=\"STUCK\"} 0",
                            "foundling_stale_scopes{source=\"university\",stage=\"table\",reason=\"LAST_FAILED\"} 0",
                            "foundling_stale_scopes{source=\"university\",stage=\"table\",reason=\"TOO_OLD\"} 0",
                            "foundling_stale_scopes_as_of_seconds "
                                    + Instant.parse(scrape.headers()
                                                    .firstValue("Foundling-As-Of")
                                                    .orElseThrow())
                                            .getEpochSecond());
            checkByPrometheus(scrape.body());
        }
    }

    /** An empty answer would end alerts. */
    @ParameterizedTest
    @EnumSource
    void shouldNotBeScrapedBeforeTheTopicsHaveBeenRead(TestDatabase kind) {
        try (ApiRig rig = new ApiRig(kind, directory, Access.local())) {
            // When
            HttpResponse<String> scrape = rig.web().get(API + "health/stale", "Accept", "text/plain");

            // Then
            assertThat(scrape.statusCode()).isEqualTo(503);
            assertThat(scrape.headers().firstValue("Retry-After")).contains("5");
            assertThat(scrape.body()).contains("The console is still catching up");
            assertThat(rig.web()
                            .get(API + "health/stale", "Accept", "application/json")
                            .body())
                    .startsWith("{\"asOf\":null,");
        }
    }

    /** With Debian's package prometheus; without it, only elsewhere than in the build of the project. */
    private static void checkByPrometheus(String metrics) throws Exception {
        Path promtool = Path.of("/usr/bin/promtool");
        if (Files.isExecutable(promtool) || "true".equals(System.getenv("CI"))) {
            Process check = new ProcessBuilder(promtool.toString(), "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
            check.getOutputStream().write(metrics.getBytes(StandardCharsets.UTF_8));
            check.getOutputStream().close();
            String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(check.waitFor()).as(said).isZero();
        }
    }

    /** Everything up to the last record of its topic is there. */
    @ParameterizedTest
    @EnumSource
    void shouldSayAsOfWhenAnAnswerIs(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind)) {
            // When
            HttpResponse<String> events = rig.web().get(API + "events");
            HttpResponse<String> orphans = rig.web().get(API + "orphans", "Accept", "text/csv");

            // Then
            assertThat(JSON.readTree(events.body()).get("asOf").asText())
                    .isEqualTo(NOON.plusSeconds(3).toString());
            assertThat(events.headers().firstValue("Foundling-As-Of"))
                    .contains(NOON.plusSeconds(3).toString());
            assertThat(events.headers().firstValue("Foundling-Complete-Since")).isPresent();
            assertThat(orphans.headers().firstValue("Foundling-As-Of"))
                    .contains(NOON.plusSeconds(1).toString());
            assertThat(orphans.headers().firstValue("Foundling-Complete-Since")).isEmpty();
        }
    }

    /** Wrong texts for every parameter of every operation, and one that none has. */
    @ParameterizedTest
    @EnumSource
    void shouldRefuseWrongInputOnEveryParameter(TestDatabase kind) {
        try (ApiRig rig = rig(kind)) {
            AnswerSchemas schemas = new AnswerSchemas(rig.api().document());
            for (Operation operation : rig.asking()) {
                for (String target : OperationTargets.wrong(operation)) {
                    // When
                    HttpResponse<String> response = rig.web().get(target);

                    // Then
                    assertThat(response.statusCode())
                            .as(target + "\n" + response.body())
                            .isEqualTo(400);
                    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
                    assertThat(schemas.problemFaults(response.body()))
                            .as(target)
                            .isEmpty();
                    assertThat(response.body())
                            .contains("\"errors\":[{\"parameter\":")
                            .doesNotContain("Exception");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseTheCursorOfAnotherListAndALimitOfAnExport(TestDatabase kind) {
        try (ApiRig rig = rig(kind)) {
            assertThat(rig.web().get(API + "awaiting?cursor=1,2,3").body())
                    .contains("must be one that the same list has returned");
            assertThat(rig.web()
                            .get(API + "awaiting?limit=5", "Accept", "text/csv")
                            .body())
                    .contains("limit is for pages as application/json, must be missing for text/csv");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayThatNothingIsKnownOfASubject(TestDatabase kind) {
        try (ApiRig rig = rig(kind)) {
            for (String path :
                    List.of("subjects/%s", "subjects/%s/trail", "subjects/%s/explanation", "parents/%s/members")) {
                HttpResponse<String> response = rig.web().get(API + path.formatted(key("nobody")));
                assertThat(response.statusCode()).as(path).isEqualTo(404);
                assertThat(response.body()).contains("Nothing is known of the subject " + key("nobody"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldPageThroughAListThatChangesMeanwhile(TestDatabase kind) throws Exception {
        try (ApiRig rig = new ApiRig(kind, directory, Access.local())) {
            // Given
            IntStream.range(0, 25).forEach(i -> rig.write(Tables.ORPHAN, key("%02d".formatted(i)), orphan(i)));
            List<String> listed = new ArrayList<>();

            // When
            String next = API + "orphans?limit=7&source=university";
            while (next != null) {
                HttpResponse<String> response = rig.web().get(next);
                JsonNode page = JSON.readTree(response.body());
                listed.addAll(keys(page));
                next = page.get("nextLink").isNull()
                        ? null
                        : page.get("nextLink").asText();
                assertThat(response.headers().firstValue("Link").orElse(null))
                        .isEqualTo(next == null ? null : "<" + next + ">; rel=\"next\"");
                rig.write(
                        Tables.ORPHAN,
                        key("early" + listed.size()),
                        warning("early" + listed.size(), NOON.minusSeconds(9)));
            }

            // Then
            assertThat(listed)
                    .isEqualTo(IntStream.range(0, 25)
                            .mapToObj(i -> key("%02d".formatted(i)))
                            .toList());
        }
    }

    private ApiRig rig(TestDatabase kind) {
        ApiRig rig = new ApiRig(kind, directory, Access.local());
        ApiRows.write(rig);
        return rig;
    }

    private static OrphanWarning orphan(int number) {
        return warning("%02d".formatted(number), NOON.plusSeconds(number / 4));
    }

    private static JsonNode json(ApiRig rig, String path) throws Exception {
        HttpResponse<String> response = rig.web().get(API + path);
        assertThat(response.statusCode()).as(path + "\n" + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static List<String> keys(JsonNode page) {
        List<String> keys = new ArrayList<>();
        page.get("rows").forEach(row -> keys.add(row.get("key").asText()));
        return keys;
    }

    private static List<String> answers(String mediaType, String body) {
        return switch (mediaType) {
            case "application/json" -> List.of(body);
            case "application/x-ndjson" -> body.lines().toList();
            default -> List.of();
        };
    }
}
