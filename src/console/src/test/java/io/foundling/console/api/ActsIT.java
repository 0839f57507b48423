package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.event;
import static io.foundling.console.model.ModelRecords.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.Annotated;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Disposition;
import io.foundling.audit.Erased;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.audit.Opened;
import io.foundling.audit.Status;
import io.foundling.client.LossReason;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.table.Tables;
import io.foundling.schemas.SubjectKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Acts on one subject. */
class ActsIT {

    private static final Map<String, Caller> CALLERS = Map.of(
            "Bearer reader", new Caller("token:reader", Set.of(Role.READER), Optional.empty()),
            "Bearer operator", new Caller("token:operator", Set.of(Role.OPERATOR), Optional.empty()),
            "Bearer auditor", new Caller("token:auditor", Set.of(Role.AUDITOR), Optional.empty()),
            "Bearer both", new Caller("token:both", Set.of(Role.OPERATOR, Role.AUDITOR), Optional.empty()),
            "Bearer intake", new Caller("token:intake", Set.of(Role.INTAKE), Optional.empty()),
            "Bearer billing", new Caller("token:billing", Set.of(Role.OPERATOR), Optional.of(Set.of("billing"))));
    private static final String AWAITING = "/api/v1/subjects/" + key("1") + "/acts";
    private static final String ENDED = "/api/v1/subjects/" + key("2") + "/acts";
    private static final String UNKNOWN = "/api/v1/subjects/" + key("7") + "/acts";
    private static final String FOREIGN = "/api/v1/subjects/" + SubjectKey.of(ApiRows.FOREIGN) + "/acts";
    private static final String ID = "7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10";
    private static final String CANCEL = "{\"act\":\"cancel\",\"reason\":\"sold\",\"id\":\"" + ID + "\"}";

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
                        .orElseThrow(() -> new AccessDeniedException(Reason.UNKNOWN, "unknown")));
        ApiRows.write(rig);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldExtend() throws Exception {
        // When
        HttpResponse<String> response =
                post(AWAITING, "{\"act\":\"extend\",\"reason\":\"the bank is late\",\"until\":\"6h\"}", "operator");

        // Then
        JsonNode json = new ObjectMapper().readTree(response.body());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(new AnswerSchemas(rig.api().document())
                        .faults("post", "/api/v1/subjects/{key}/acts", "application/json", response.body()))
                .isEmpty();
        AuditEvent recorded = rig.recorder().last();
        assertThat(recorded.getBody()).isEqualTo(new Extended(NOON.plusSeconds(6 * 3_600), null));
        assertThat(recorded.getMetadata())
                .isEqualTo(Map.of("foundling.actor", "token:operator", "foundling.reason", "the bank is late"));
        assertThat(recorded.getAttempt()).isNull();
        assertThat(recorded.getParent()).isNull();
        assertThat(recorded.getProducer().getService()).isEqualTo("foundling-console");
        assertThat(json.get("eventId").asText()).isEqualTo(recorded.getEventId().toString());
        assertThat(json.get("accepted").asBoolean()).isTrue();
    }

    @Test
    void shouldCancel() {
        assertThat(post(AWAITING, CANCEL, "operator").statusCode()).isEqualTo(200);
        assertThat(rig.recorder().last().getBody()).isEqualTo(new Cancelled("sold", "token:operator"));
    }

    @Test
    void shouldAnnotateWhatHasEnded() {
        String body = "{\"act\":\"annotate\",\"reason\":\"looked at\",\"metadata\":{\"ticket\":\"OPS-12\"}}";
        assertThat(post(ENDED, body, "operator").statusCode()).isEqualTo(200);
        assertThat(rig.recorder().last().getBody()).isEqualTo(new Annotated());
        assertThat(rig.recorder().last().getMetadata())
                .isEqualTo(Map.of(
                        "ticket", "OPS-12", "foundling.actor", "token:operator", "foundling.reason", "looked at"));
    }

    @Test
    void shouldEraseForOperatorsWhoAreAuditors() {
        String body = "{\"act\":\"erase\",\"reason\":\"asked to\"}";
        assertThat(post(ENDED, body, "both").statusCode()).isEqualTo(200);
        assertThat(rig.recorder().last().getBody()).isEqualTo(new Erased("asked to", "token:both"));
        assertThat(rig.recorder().last().getMetadata()).isEmpty();
        assertThat(post(ENDED, body, "operator").statusCode()).isEqualTo(403);
    }

    @Test
    void shouldEraseWhatOnlyTheTrailKnows() {
        String body = "{\"act\":\"erase\",\"reason\":\"asked to\"}";
        rig.write(Tables.EVENT, key("8"), event("8", new Opened()));
        assertThat(post("/api/v1/subjects/" + key("8") + "/acts", body, "both").statusCode())
                .isEqualTo(200);
        assertThat(post(UNKNOWN, body, "both").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldExpectWhatIsUnknownOrHasEnded() {
        String body = "{\"act\":\"expect\",\"reason\":\"promised\",\"by\":\"2026-12-01T00:00:00Z\"}";
        for (String target : new String[] {UNKNOWN, ENDED}) {
            assertThat(post(target, body, "operator").statusCode()).isEqualTo(200);
            assertThat(rig.recorder().last().getBody())
                    .isEqualTo(new Expected(Instant.parse("2026-12-01T00:00:00Z"), null, "promised"));
        }
        assertThat(post(AWAITING, body, "operator").statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"extend\",\"until\":\"6h", "cancel"})
    void shouldRefuseWhatMakesNoSense(String act) {
        String body = "{\"reason\":\"x\",\"act\":\"" + act + "\"}";
        assertThat(post(ENDED, body, "operator").statusCode()).isEqualTo(409);
        assertThat(post(ENDED, body, "operator").body()).contains(key("2") + " is COMPLETED; only what awaits can be ");
        assertThat(post(UNKNOWN, body, "operator").statusCode()).isEqualTo(404);
        assertThat(rig.recorder().events()).isEmpty();
    }

    /** The clock of a source may be ahead of ours: an extension before the fact would have no effect (rule T10). */
    @Test
    void shouldNotActBeforeWhatIsKnown() {
        Instant ahead = NOON.plusSeconds(90);
        rig.write(
                Tables.DISPOSITION,
                key("1"),
                Disposition.newBuilder(disposition("1", Status.PENDING))
                        .setLastOccurredAt(ahead)
                        .build());
        post(AWAITING, CANCEL, "operator");
        assertThat(rig.recorder().last().getOccurredAt()).isEqualTo(ahead);
    }

    @Test
    void shouldNotFollowATimeThatSomebodyMadeUp() {
        rig.write(
                Tables.DISPOSITION,
                key("1"),
                Disposition.newBuilder(disposition("1", Status.PENDING))
                        .setLastOccurredAt(NOON.plusSeconds(3_600))
                        .build());
        post(AWAITING, CANCEL, "operator");
        assertThat(rig.recorder().last().getOccurredAt()).isEqualTo(NOON);
    }

    @Test
    void shouldRecordTheSameEventForTheSameId() {
        post(AWAITING, CANCEL, "operator");
        post(AWAITING, CANCEL, "operator");
        post(AWAITING, CANCEL.replace(ID, ID.replace('7', '8')), "operator");
        assertThat(rig.recorder().events()).extracting(AuditEvent::getEventId).hasSize(3);
        assertThat(Set.copyOf(rig.recorder().events().stream()
                        .map(AuditEvent::getEventId)
                        .toList()))
                .hasSize(2);
    }

    /** The ledger keeps the first of two facts with one id, so a repeat does not extend further (rule L4). */
    @ParameterizedTest
    @CsvSource({"extend, until, 1", "expect, by, 7"})
    void shouldRecordTheSameEventForTheSameIdAtALaterTime(String act, String field, String subject) {
        // Given
        String target = "/api/v1/subjects/" + key(subject) + "/acts";
        String body = "{\"act\":\"" + act + "\",\"reason\":\"late\",\"id\":\"" + ID + "\",\"" + field + "\":\"6h\"}";

        // When
        post(target, body, "operator");
        post(target, body.replace("6h", "7h"), "operator");

        // Then
        assertThat(rig.recorder().events()).hasSize(2);
        assertThat(rig.recorder().events().stream().map(AuditEvent::getEventId).distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "reader, 403",
        "auditor, 403",
        "intake, 403",
        "billing, 403",
        "nobody, 401",
        "operator, 200",
        "both, 200"
    })
    void shouldTakeActsOfOperatorsOfTheSource(String caller, int status) {
        assertThat(post(AWAITING, CANCEL, caller).statusCode()).isEqualTo(status);
        assertThat(rig.recorder().events()).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void shouldTakeActsOnTheOwnSource() {
        assertThat(post(FOREIGN, CANCEL, "billing").statusCode()).isEqualTo(200);
    }

    /** Forms of other sites cannot send JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"})
    void shouldTakeJsonOnly(String type) {
        HttpResponse<String> response =
                rig.web().post(AWAITING, CANCEL, "Content-Type", type, "Authorization", "Bearer operator");
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(rig.recorder().events()).isEmpty();
    }

    @Test
    void shouldRefuseOtherSites() {
        HttpResponse<String> response = rig.web()
                .post(
                        AWAITING,
                        CANCEL,
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer operator",
                        "Sec-Fetch-Site",
                        "cross-site");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(rig.recorder().events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|The body is not an object of JSON",
                "{|The body is not JSON",
                "{} {}|The body is not JSON",
                "{'act':'cancel','act':'erase','reason':'x'}|The body is not JSON",
                "{'act':'cancel'}|reason is missing",
                "{'act':'cancel','reason':' '}|reason is blank",
                "{'act':'cancel','reason':5}|reason is '5', must be one line of text",
                "{'act':'cancel','reason':'a\\u000ab'}|must be one line of text",
                "{'act':'cancle','reason':'x'}|act is 'cancle', must be one of extend, cancel, annotate, erase, expect",
                "{'act':'extend','reason':'x'}|until is missing",
                "{'act':'extend','reason':'x','until':'2026-11-30T12:00:00Z'}|until is '2026-11-30T12:00:00Z', must be a moment to come",
                "{'act':'extend','reason':'x','until':'7300d'}|until is '7300d', must be a moment to come",
                "{'act':'cancel','reason':'x','until':'6h'}|the field 'until' is unknown here",
                "{'act':'cancel','reason':'x','id':'1'}|id is '1', must be a UUID",
                "{'act':'annotate','reason':'x'}|metadata has 0 entries",
                "{'act':'annotate','reason':'x','metadata':{'a':1}}|metadata must be an object whose values are texts",
                "{'act':'annotate','reason':'x','metadata':{'foundling.actor':'me'}}|begins with foundling."
            })
    void shouldRefuseWrongBodies(String body, String sentence) {
        HttpResponse<String> response = post(AWAITING, body.replace('\'', '"'), "operator");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains(sentence);
        assertThat(rig.recorder().events()).isEmpty();
    }

    @Test
    void shouldRefuseHugeReasons() {
        String reason = "x".repeat(1_025);
        assertThat(post(AWAITING, CANCEL.replace("sold", reason), "operator").body())
                .contains("reason has 1025 bytes, must have at most 1024");
        assertThat(post(AWAITING, CANCEL.replace("sold", "x".repeat(70_000)), "operator")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldSayThatTheBrokerIsAwayAndThatARepeatIsHarmless() {
        // Given
        rig.recorder().loseNext(LossReason.REFUSED);

        // When
        HttpResponse<String> response = post(AWAITING, CANCEL, "operator");

        // Then
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(response.body()).contains("The broker did not acknowledge the act", ID);
        assertThat(post(AWAITING, CANCEL, "operator").statusCode()).isEqualTo(200);
        assertThat(rig.recorder().last().getEventId())
                .isEqualTo(rig.recorder().lost().get(0).getEventId());
    }

    @Test
    void shouldShowActorAndReasonToReaders() {
        rig.write(
                Tables.EVENT,
                key("1"),
                AuditEvent.newBuilder(event("1", new Annotated()))
                        .setMetadata(Map.of("foundling.actor", "clerk", "foundling.reason", "late", "ssn", "sesame"))
                        .build());
        String trail = "/api/v1/subjects/" + key("1") + "/trail";
        assertThat(rig.web().get(trail, "Authorization", "Bearer reader").body())
                .contains("\"foundling.actor\":\"clerk\"", "\"foundling.reason\":\"late\"")
                .doesNotContain("sesame");
    }

    private HttpResponse<String> post(String target, String body, String caller) {
        return rig.web().post(target, body, "Content-Type", "application/json", "Authorization", "Bearer " + caller);
    }
}
