package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.client.LossReason;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.table.Tables;
import io.foundling.schemas.SubjectKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Acts on all that a filter lists. */
class BulkActsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Caller> CALLERS = Map.of(
            "Bearer operator", new Caller("token:operator", Set.of(Role.OPERATOR), Optional.empty()),
            "Bearer colleague", new Caller("token:colleague", Set.of(Role.OPERATOR), Optional.empty()),
            "Bearer narrowed", new Caller("token:operator", Set.of(Role.OPERATOR), Optional.of(Set.of("university"))),
            "Bearer billing", new Caller("token:billing", Set.of(Role.OPERATOR), Optional.of(Set.of("billing"))));
    private static final String ACTS = "/api/v1/acts";
    private static final String ID = "7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10";
    private static final String CANCEL = "{\"act\":\"cancel\",\"reason\":\"sold\",\"id\":\"" + ID
            + "\",\"filter\":{\"list\":\"awaiting\",\"source\":\"university\"}}";
    private static final String CONFIRM = "{\"confirm\":\"" + ID + "\"}";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldCancelAllThatWereCounted(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind, 20)) {
            // When
            JsonNode counted = json(post(rig, CANCEL));

            // Then
            assertThat(counted.get("state").asText()).isEqualTo("PROPOSED");
            assertThat(counted.get("counted").asInt()).isEqualTo(20);
            assertThat(counted.get("left").asInt()).isEqualTo(20);
            assertThat(counted.get("sample")).hasSize(10);
            assertThat(rig.recorder().events()).isEmpty();

            // When
            HttpResponse<String> confirmed = post(rig, CONFIRM);

            // Then
            assertThat(new AnswerSchemas(rig.api().document())
                            .faults("post", "/api/v1/acts", "application/json", confirmed.body()))
                    .isEmpty();
            JsonNode end = awaitEnd(rig);
            assertThat(end.get("state").asText()).isEqualTo("DONE");
            assertThat(end.get("done").asInt()).isEqualTo(20);
            assertThat(end.get("left").asInt()).isZero();
            assertThat(rig.recorder().events()).hasSize(20).allSatisfy(event -> {
                assertThat(event.getBody()).isEqualTo(new Cancelled("sold", "token:operator"));
                assertThat(event.getMetadata()).containsEntry("foundling.actor", "token:operator");
            });
            assertThat(rig.recorder().events().stream()
                            .map(event -> SubjectKey.of(event.getSubject()))
                            .distinct())
                    .hasSize(20);

            // When
            post(rig, CONFIRM);

            // Then
            assertThat(awaitEnd(rig)).isEqualTo(end);
            assertThat(json(get(rig, ACTS)).get("rows")).containsExactly(end);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseACountThatHasGrownByMoreThanATenth(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind, 20)) {
            // Given
            post(rig, CANCEL);
            write(rig, 20, 2);

            // When
            HttpResponse<String> grownByATenth = post(rig, CONFIRM);

            // Then
            assertThat(grownByATenth.statusCode()).isEqualTo(200);
            assertThat(awaitEnd(rig).get("done").asInt()).isEqualTo(22);

            // Given
            String other = CANCEL.replace(ID, ID.replace('7', '8'));
            post(rig, other);
            write(rig, 30, 3);

            // When
            HttpResponse<String> grown = post(rig, CONFIRM.replace(ID, ID.replace('7', '8')));

            // Then
            assertThat(grown.statusCode()).isEqualTo(409);
            assertThat(grown.body())
                    .contains("The filter lists 25 subjects now, and listed 22 when they were counted; count again");
            assertThat(rig.recorder().events()).hasSize(22);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSkipWhatHasMovedOn(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind, 4)) {
            rig.write(Tables.ORPHAN, key("1"), warning("1", NOON.minusSeconds(60)));
            rig.write(Tables.ORPHAN, key("2"), warning("2", NOON.minusSeconds(60)));
            rig.write(Tables.DISPOSITION, key("2"), disposition("2", Status.COMPLETED));
            post(rig, CANCEL.replace("awaiting", "orphans"));
            post(rig, CONFIRM);
            assertThat(awaitEnd(rig).get("done").asInt()).isEqualTo(1);
            assertThat(awaitEnd(rig).get("skipped").asInt()).isEqualTo(1);
        }
    }

    /** A broker that is away makes the act wait, and what was refused is sent again with the same ids. */
    @ParameterizedTest
    @EnumSource
    void shouldGoOnOnceTheBrokerIsBack(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind, 20)) {
            for (int i = 0; i < 5; i++) {
                rig.recorder().loseNext(LossReason.REFUSED);
            }
            post(rig, CANCEL);
            post(rig, CONFIRM);
            assertThat(awaitEnd(rig).get("done").asInt()).isEqualTo(20);
            List<AuditEvent> events = rig.recorder().events();
            assertThat(events).hasSize(20);
            assertThat(events)
                    .extracting(AuditEvent::getEventId)
                    .containsAll(rig.recorder().lost().stream()
                            .map(AuditEvent::getEventId)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountWhatIsRefusedForGood(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind, 3)) {
            rig.recorder().loseNext(LossReason.TOO_LARGE);
            post(rig, CANCEL);
            post(rig, CONFIRM);
            JsonNode end = awaitEnd(rig);
            assertThat(end.get("failed").asInt()).isEqualTo(1);
            assertThat(end.get("done").asInt()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLimitAnActToSomeSubjects(TestDatabase kind) {
        try (ApiRig rig = rig(kind, ApiRig.MOST + 1)) {
            HttpResponse<String> response = post(rig, CANCEL);
            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(response.body()).contains("more than 30 subjects", "console.maxActs");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldStop(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind, 3)) {
            post(rig, CANCEL);
            JsonNode stopped = json(post(rig, ACTS + "/" + ID + "/stop", "{}", "operator"));
            assertThat(stopped.get("state").asText()).isEqualTo("STOPPED");
            post(rig, CONFIRM);
            assertThat(rig.recorder().events()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepActsToTheirCallersAndSources(TestDatabase kind) throws Exception {
        try (ApiRig rig = rig(kind, 3)) {
            assertThat(json(post(rig, ACTS, CANCEL, "billing")).get("counted").asInt())
                    .isZero();
            String other = ID.replace('7', '8');
            post(rig, ACTS, CANCEL.replace(ID, other), "operator");
            assertThat(post(rig, ACTS, CONFIRM.replace(ID, other), "colleague").statusCode())
                    .isEqualTo(404);
            assertThat(post(rig, ACTS + "/" + other + "/stop", "{}", "colleague")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(post(rig, ACTS, CANCEL.replace(ID, other), "colleague").statusCode())
                    .isEqualTo(409);
        }
    }

    /** Somebody who repeats an act with its id must not be shown another one as his own. */
    @Test
    void shouldKeepAnIdToOneAct() {
        try (ApiRig rig = rig(TestDatabase.SQLITE, 3)) {
            post(rig, CANCEL);
            for (String other : List.of(
                    CANCEL.replace("sold", "lost"),
                    CANCEL.replace("university", "billing"),
                    CANCEL.replace("awaiting", "orphans"),
                    CANCEL.replace("university\"", "university\",\"status\":\"PENDING\""),
                    CANCEL.replace("university\"", "university\",\"parent\":\"" + key("9") + "\""),
                    CANCEL.replace("cancel\"", "extend\",\"until\":\"6h\""))) {
                assertThat(post(rig, other).statusCode()).as(other).isEqualTo(409);
                assertThat(post(rig, other).body()).contains("Another act has the id " + ID + " already");
            }
            assertThat(post(rig, CANCEL.replace("university\"", "university\",\"minAge\":\"1m\""))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** A repeat that says how long from now has a later time, and is the same act. */
    @Test
    void shouldTakeALaterTimeForTheSameAct() throws Exception {
        try (ApiRig rig = rig(TestDatabase.SQLITE, 3)) {
            String extend = CANCEL.replace("cancel\"", "extend\",\"until\":\"6h\"");
            post(rig, extend);
            assertThat(json(post(rig, extend.replace("6h", "7h")))
                            .get("counted")
                            .asInt())
                    .isEqualTo(3);
        }
    }

    @Test
    void shouldNotConfirmForOtherSourcesThanWereCounted() {
        try (ApiRig rig = rig(TestDatabase.SQLITE, 3)) {
            post(rig, CANCEL);
            HttpResponse<String> refused = post(rig, ACTS, CONFIRM, "narrowed");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body())
                    .contains("limited to other sources than when the subjects were counted; count again");
            assertThat(rig.recorder().events()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseWhatIsNoFilter(TestDatabase kind) {
        try (ApiRig rig = rig(kind, 1)) {
            assertThat(post(rig, CANCEL.replace(",\"source\":\"university\"", ""))
                            .body())
                    .contains("filter must name a source, a stage or a parent");
            assertThat(post(rig, CANCEL.replace("\"source\"", "\"sauce\"")).body())
                    .contains("the field 'filter.sauce' is unknown here", "source");
            assertThat(post(rig, CANCEL.replace("cancel", "expect")).body()).contains("expect is for one subject");
            assertThat(post(rig, CANCEL.replace("cancel", "erase")).statusCode())
                    .isEqualTo(403);
            assertThat(post(rig, CONFIRM).body())
                    .contains("This console knows no act of yours with the id " + ID, "acts end with the process");
            assertThat(post(rig, "{\"confirm\":\"" + ID + "\",\"act\":\"cancel\"}")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    private static HttpResponse<String> post(ApiRig rig, String body) {
        return post(rig, ACTS, body, "operator");
    }

    private static HttpResponse<String> post(ApiRig rig, String target, String body, String caller) {
        return rig.web().post(target, body, "Content-Type", "application/json", "Authorization", "Bearer " + caller);
    }

    private static HttpResponse<String> get(ApiRig rig, String target) {
        return rig.web().get(target, "Authorization", "Bearer operator");
    }

    private static JsonNode json(HttpResponse<String> response) throws JsonProcessingException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private static JsonNode awaitEnd(ApiRig rig) throws JsonProcessingException {
        await("end")
                .atMost(PATIENCE)
                .until(() -> !json(get(rig, ACTS + "/" + ID)).get("endedAt").isNull());
        return json(get(rig, ACTS + "/" + ID));
    }

    private ApiRig rig(TestDatabase kind, int subjects) {
        ApiRig rig = new ApiRig(
                kind,
                directory,
                authorization -> authorization.map(CALLERS::get).orElseThrow());
        write(rig, 0, subjects);
        return rig;
    }

    private static void write(ApiRig rig, int from, int subjects) {
        Map<String, Disposition> rows = new HashMap<>();
        for (int i = from; i < from + subjects; i++) {
            String id = Integer.toString(i);
            rows.put(
                    key(id),
                    Disposition.newBuilder(disposition(id, Status.DEFERRED))
                            .setEnteredAt(NOON.minusSeconds(3_600))
                            .build());
        }
        rig.write(Tables.DISPOSITION, rows);
    }
}
