package io.foundling.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.model.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trials of policies over HTTP. */
class PolicyTestsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TEST = "/api/v1/policies/test";
    private static final String TIGHTER = "university 2h\nbilling 4h";
    private static final Map<String, Caller> CALLERS = Map.of(
            "Bearer reader", new Caller("token:reader", Set.of(Role.READER), Optional.empty()),
            "Bearer auditor", new Caller("token:auditor", Set.of(Role.AUDITOR), Optional.empty()),
            "Bearer intake", new Caller("token:intake", Set.of(Role.INTAKE), Optional.empty()),
            "Bearer operator", new Caller("token:operator", Set.of(Role.OPERATOR), Optional.empty()),
            "Bearer other", new Caller("token:other", Set.of(Role.OPERATOR), Optional.empty()),
            "Bearer billing", new Caller("token:billing", Set.of(Role.OPERATOR), Optional.of(Set.of("billing"))));

    @TempDir
    private Path directory;

    private ApiRig rig;

    @BeforeEach
    void start() {
        rig = new ApiRig(
                TestDatabase.SQLITE,
                directory,
                authorization -> authorization
                        .map(CALLERS::get)
                        .orElseThrow(() -> new AccessDeniedException(
                                AccessDeniedException.Reason.UNKNOWN, "Credentials are missing or wrong")));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldTryPoliciesAndAnswerAsTheSchemaSays() {
        // When
        HttpResponse<String> begun = post(TEST + "?since=12h", TIGHTER, "operator");

        // Then
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        assertThat(schemas().faults("post", TEST, "application/json", begun.body()))
                .isEmpty();
        String one = TEST + "/" + json(begun).get("id").textValue();
        await().atMost(PATIENCE)
                .until(() -> json(get(one, "operator")).path("state").asText().equals("DONE"));
        HttpResponse<String> done = get(one, "operator");
        assertThat(schemas().faults("get", TEST + "/{id}", "application/json", done.body()))
                .isEmpty();
        JsonNode result = json(done).get("result");
        assertThat(result.get("warnings")).hasSize(3);
        assertThat(result.get("stages").get(1).get("added").intValue()).isEqualTo(1);
        assertThat(result.get("policies").textValue()).startsWith("changed ");
        assertThat(json(get(one + "?limit=1", "operator")).get("result").get("warnings"))
                .hasSize(1);
        HttpResponse<String> csv = get(one, "operator", "Accept", "text/csv");
        assertThat(csv.body().lines()).hasSize(4).first().asString().startsWith("change,subject,");
        HttpResponse<String> all = get(TEST, "operator");
        assertThat(schemas().faults("get", TEST, "application/json", all.body()))
                .isEmpty();
        assertThat(json(all).get("rows")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"reader, 403", "auditor, 403", "intake, 403", "nobody, 401", "operator, 200"})
    void shouldTryPoliciesForOperatorsOnly(String caller, int status) {
        assertThat(post(TEST, TIGHTER, caller).statusCode()).isEqualTo(status);
        assertThat(get(TEST, caller).statusCode()).isEqualTo(status);
        assertThat(get("/api/v1/policies", caller).statusCode()).isEqualTo(status);
    }

    @Test
    void shouldHideOtherSourcesAndTrialsOfOthers() {
        // When
        HttpResponse<String> begun = post(TEST + "?since=12h", "billing 2h", "billing");

        // Then
        String one = TEST + "/" + json(begun).get("id").textValue();
        await().atMost(PATIENCE)
                .until(() -> json(get(one, "billing")).path("state").asText().equals("DONE"));
        assertThat(get(one, "billing").body()).contains("/billing/").doesNotContain("university");
        assertThat(get("/api/v1/policies", "billing").body()).isEqualTo("billing 4h");
        assertThat(get(one, "other").statusCode()).isEqualTo(404);
        assertThat(json(get(TEST, "other")).get("rows")).isEmpty();
        assertThat(post(one + "/stop", "{}", "other").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseASecondTrialAndStopTheFirst() {
        // Given
        CountDownLatch gate = rig.site().hold();
        String id = json(post(TEST, TIGHTER, "operator")).get("id").textValue();

        // When
        HttpResponse<String> second = post(TEST, TIGHTER, "other");

        // Then
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(schemas().problemFaults(second.body())).isEmpty();
        assertThat(get(TEST + "/" + id, "operator", "Accept", "text/csv").statusCode())
                .isEqualTo(409);

        // When
        HttpResponse<String> stopped = post(TEST + "/" + id + "/stop", "{}", "operator");

        // Then
        assertThat(stopped.statusCode()).as(stopped.body()).isEqualTo(200);
        gate.countDown();
        await().atMost(PATIENCE)
                .until(() -> json(get(TEST + "/" + id, "operator"))
                        .path("state")
                        .asText()
                        .equals("STOPPED"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?since=soon | university 2h | since is 'soon', must be now, a moment",
                "?until=2099-01-01T00:00:00Z | university 2h | until is 2099-01-01T00:00:00Z, must not be later than now",
                "?since=1h&until=2h | university 2h | must not be later than until",
                "?other=1 | university 2h | other",
                "'' | billing in two hours | 'billing in two hours' is no policy, expected one such as university 4h"
            })
    void shouldSayWhatIsWrong(String query, String yaml, String sentence) {
        // When
        HttpResponse<String> refused = post(TEST + query, yaml, "operator");

        // Then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).get("detail").textValue()).contains(sentence);
        assertThat(schemas().problemFaults(refused.body())).isEmpty();
    }

    @Test
    void shouldTakeNothingThatAFormOfAnotherSiteCanSend() {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded"}) {
            assertThat(rig.web()
                            .post(TEST, TIGHTER, "Authorization", "Bearer operator", "Content-Type", type)
                            .statusCode())
                    .isEqualTo(415);
        }
        assertThat(post(TEST, "x".repeat((128 << 10) + 1), "operator").statusCode())
                .isEqualTo(413);
    }

    private AnswerSchemas schemas() {
        return new AnswerSchemas(rig.api().document());
    }

    private HttpResponse<String> get(String target, String caller, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = "Bearer " + caller;
        return rig.web().get(target, all);
    }

    private HttpResponse<String> post(String target, String body, String caller) {
        String type = target.endsWith("/stop") ? "application/json" : "application/yaml";
        return rig.web().post(target, body, "Authorization", "Bearer " + caller, "Content-Type", type);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return new JsonMapper().readTree(response.body());
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(response.body(), malformed);
        }
    }
}
